/** What an answer that is no success says (RFC 9457), as the API's documentation lists it under its `code`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string | null;
  code: string;
  /** The field or parameter it is about. */
  param: string | null;
  request_id: string | null;
  /** The order that was opened all the same, when starting to pay it was refused. */
  order?: string;
}

/** Everything this package throws on purpose. */
export class ShouyinError extends Error {
  override name = "ShouyinError";
}

/** No answer: the network failed. Whether the request arrived is unknown; a POST may be sent again under its `idempotencyKey`. */
export class ConnectionError extends ShouyinError {
  override name = "ConnectionError";
  readonly idempotencyKey: string | null;

  constructor(message: string, idempotencyKey: string | null, cause?: unknown) {
    super(message, { cause });
    this.idempotencyKey = idempotencyKey;
  }
}

/** No answer in time. As a ConnectionError: it may have arrived. */
export class TimeoutError extends ConnectionError {
  override name = "TimeoutError";
}

/** The API said no. Its kind is the class, its reason is `code`. */
export class ApiError extends ShouyinError {
  override name = "ApiError";
  readonly status: number;
  readonly code: string;
  readonly param: string | null;
  readonly requestId: string | null;
  /** Seconds the answer asks to wait; null when it does not say. */
  readonly retryAfterSeconds: number | null;
  readonly problem: Problem;

  constructor(problem: Problem, retryAfterSeconds: number | null) {
    super(`${problem.code}: ${problem.detail ?? problem.title}`);
    this.problem = problem;
    this.status = problem.status;
    this.code = problem.code;
    this.param = problem.param;
    this.requestId = problem.request_id;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The request is wrong as it stands: `param` names the field. */
export class InvalidRequestError extends ApiError {
  override name = "InvalidRequestError";
}
/** The key is missing, unknown, expired or revoked. */
export class AuthenticationError extends ApiError {
  override name = "AuthenticationError";
}
/** The key may not do this. */
export class PermissionError extends ApiError {
  override name = "PermissionError";
}
export class NotFoundError extends ApiError {
  override name = "NotFoundError";
}
/** Not as things stand now: the order is paid, the reference is taken, the same request is in flight. */
export class ConflictError extends ApiError {
  override name = "ConflictError";
}
export class RateLimitError extends ApiError {
  override name = "RateLimitError";
}
/** Ours or the gateway's fault. */
export class ServerError extends ApiError {
  override name = "ServerError";
}

const BY_STATUS: Readonly<Record<number, typeof ApiError>> = {
  400: InvalidRequestError,
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  405: InvalidRequestError,
  409: ConflictError,
  413: InvalidRequestError,
  415: InvalidRequestError,
  422: InvalidRequestError,
  429: RateLimitError,
};

/** The error of an answer that is no success. What is no problem document (a proxy's page) becomes code `unreadable`. */
export function errorOf(status: number, body: unknown, headers: { retryAfterSeconds: number | null; requestId: string | null }): ApiError {
  const given = (body && typeof body === "object" ? body : {}) as Partial<Problem>;
  const known = typeof given.code === "string";
  const problem: Problem = {
    ...given,
    type: given.type ?? "about:blank",
    title: given.title ?? `HTTP ${status}`,
    status,
    detail: given.detail ?? (known ? null : "The answer is no problem document."),
    code: known ? (given.code as string) : "unreadable",
    param: given.param ?? null,
    request_id: given.request_id ?? headers.requestId,
  };
  const Kind = BY_STATUS[status] ?? (status >= 500 ? ServerError : ApiError);
  return new Kind(problem, headers.retryAfterSeconds);
}
