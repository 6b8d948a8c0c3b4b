/** The world as a gateway sees it, and the record of what went through it. */

/** Exact bytes of one exchange with secrets and personal data masked, for the order's timeline. */
export interface Exchange {
  operation: string;
  method: string;
  url: string;
  requestHeaders: Record<string, string>;
  requestBody: string;
  /** Null when no answer came. */
  status: number | null;
  responseBody: string;
  error: string | null;
  startedAt: Date;
  durationMs: number;
}

export interface OutgoingRequest {
  method: "GET" | "POST";
  url: string;
  headers: Record<string, string>;
  body: string | null;
  timeoutMs: number;
  /** A longer answer is not worth reading on: `none` with `reached: "maybe"`, or cut; the interpreter refuses it either way. */
  maxBytes: number;
}

/** The answer, or whether the request may have reached the gateway ("maybe" must be queried, "no" may be retried). */
export type OutgoingAnswer =
  | { kind: "answer"; status: number; headers: Record<string, string>; body: string }
  | { kind: "none"; reached: "no" | "maybe"; message: string };

/** The world as a gateway sees it: three functions, so tests pass three functions. */
export interface GatewayPort {
  fetch(request: OutgoingRequest): Promise<OutgoingAnswer>;
  now(): Date;
  record(exchange: Exchange): void;
}
