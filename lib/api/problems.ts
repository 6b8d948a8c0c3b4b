import { PROBLEMS, type ProblemCode } from "#lib/domain/errors.ts";

/** Problems of the API itself. What a use case says no with keeps its own code (lib/domain/errors.ts). */
const OWN = {
  json_invalid: 400,
  json_name_repeated: 400,
  parameter_unknown: 400,
  parameter_invalid: 400,
  cursor_invalid: 400,
  version_unknown: 400,
  idempotency_key_invalid: 400,
  key_missing: 401,
  key_unknown: 401,
  key_expired: 401,
  key_revoked: 401,
  scope_missing: 403,
  test_key_required: 403,
  not_found: 404,
  path_unknown: 404,
  method_not_allowed: 405,
  idempotency_in_flight: 409,
  body_too_large: 413,
  content_type_unsupported: 415,
  idempotency_key_reused: 422,
  field_unknown: 422,
  field_missing: 422,
  field_invalid: 422,
  operation_not_supported: 422,
  sandbox_refused: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<string, number>;
export type OwnCode = keyof typeof OWN;
export const OWN_CODES = Object.keys(OWN) as OwnCode[];

/** The domain's problems that are not 422: what is in the way of something (409), not there (404), or the gateway's doing. */
const DOMAIN: Partial<Record<ProblemCode, number>> = {
  order_not_found: 404,
  link_not_found: 404,
  endpoint_not_found: 404,
  delivery_not_found: 404,
  order_not_open: 409,
  order_expired: 409,
  reference_taken: 409,
  link_inactive: 409,
  slug_taken: 409,
  stock_below_taken: 409,
  once_below_taken: 409,
  endpoint_limit: 409,
  endpoint_disabled: 409,
  secrets_limit: 409,
  replay_empty: 409,
  too_many_requests: 409,
  refund_exceeds: 409,
  refund_pending: 409,
  refund_waiting: 409,
  account_shut: 409,
  request_ended: 409,
  request_not_found: 404,
  request_own: 403,
  refund_needs_approval: 403,
  attempt_not_paid: 409,
  nothing_to_recheck: 409,
  auth_code_used: 409,
  scan_under_way: 409,
  form_changed: 409,
  gateway_busy: 503,
  channel_down: 503,
  gateway_unreachable: 502,
  gateway_unclear: 502,
};
const DOMAIN_STATUS = 422;

/** Every code an answer of the API can carry. */
export type ApiCode = OwnCode | ProblemCode;

/** Codes any operation may answer: those of the request's form, the key, the limits. */
export const COMMON_CODES = [
  "key_missing",
  "key_unknown",
  "key_expired",
  "key_revoked",
  "scope_missing",
  "version_unknown",
  "rate_limited",
  "internal",
  "unavailable",
] as const satisfies readonly OwnCode[];

export function isOwnCode(code: ApiCode): code is OwnCode {
  return Object.hasOwn(OWN, code);
}

export function isApiCode(code: string): code is ApiCode {
  return Object.hasOwn(OWN, code) || (PROBLEMS as readonly string[]).includes(code);
}

/**
 * What passes by itself, and when to ask again where the answer does not know better, seconds. Such an answer is never kept under an
 * Idempotency-Key: the same request may be made again under it. So is no other answer of 500 or more, which says nothing of when.
 */
const PASSING: Partial<Record<ApiCode, number>> = {
  channel_down: 30,
  gateway_busy: 5,
  gateway_unreachable: 5,
  scan_under_way: 2,
  idempotency_in_flight: 1,
  unavailable: 5,
};

/** Seconds after which a problem may have passed by itself; null: it stands until somebody changes something. */
export function passesIn(code: ApiCode): number | null {
  return PASSING[code] ?? null;
}

/** Whether an answer is the last word on its request, kept under its Idempotency-Key. */
export function isFinal(status: number, code: ApiCode | null): boolean {
  return status < 500 && (code === null || passesIn(code) === null);
}

/** The HTTP status a problem is answered with. */
export function statusOf(code: ApiCode): number {
  return isOwnCode(code) ? OWN[code] : (DOMAIN[code] ?? DOMAIN_STATUS);
}
