/** Problems a person may read, in our words. Each has a sentence in every language under `problem.<code>`. */
export const PROBLEMS = [
  "order_not_found",
  "order_not_open",
  "order_expired",
  "method_unavailable",
  "openid_missing",
  "gateway_refused",
  "gateway_unreachable",
  "gateway_unclear",
  "gateway_busy",
  "amount_missing",
  "amount_format",
  "amount_places",
  "amount_range",
  "amount_zero",
  "amount_below",
  "amount_above",
  "currency_unsupported",
  "title_missing",
  "title_too_long",
  "url_invalid",
  "reference_invalid",
  "reference_taken",
  "lifetime_invalid",
  "link_inactive",
  "too_many_requests",
  "origin_mismatch",
  "forbidden",
  "refund_exceeds",
  "refund_unsupported",
  "refund_refused",
  "refund_pending",
  "reason_missing",
  "form_changed",
  "attempt_not_paid",
  "nothing_to_recheck",
  "user_cancelled",
  "declined",
  "superseded",
  "amount_mismatch",
  "disputed",
  "closed_paid",
  "bank_missing",
  "bank_invalid",
  "card_number_missing",
  "card_number_invalid",
  "payer_missing",
  "payer_bank_invalid",
  "payer_name_invalid",
  "payer_account_invalid",
  "auth_code_invalid",
  "auth_code_used",
  "scan_under_way",
  "scan_timed_out",
  "scan_unconfirmed",
  "refund_full_only",
  "account_not_found",
  "payout_unsupported",
  "recipient_number_invalid",
  "recipient_name_missing",
  "bank_unknown",
  "desk_query_invalid",
  "merchant_unknown",
  "desk_unsigned",
  "desk_signature_wrong",
  "desk_extra_invalid",
] as const;
export type ProblemCode = (typeof PROBLEMS)[number];

/** A problem with one field of what was sent in, or with the whole (`field` null). */
export interface Problem {
  code: ProblemCode;
  field: string | null;
  /** Numbers the sentence needs, already formatted (e.g. `{ min: "1.00" }`). */
  values?: Record<string, string>;
}

/** An expected outcome as a value. */
export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export function fail(code: ProblemCode, field: string | null = null, values?: Record<string, string>): { ok: false; problem: Problem } {
  return { ok: false, problem: values ? { code, field, values } : { code, field } };
}
