import type { Problem } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import type { Fault } from "#lib/dialects/hipopay/fault.ts";
import { type Json, toJson } from "#lib/dialects/hipopay/json.ts";
import { ERRORS, type ErrorCode, PROBLEM_ERRORS } from "#lib/dialects/hipopay-merchant/errors.ts";
import { wordsOf } from "#lib/dialects/hipopay-merchant/words.ts";

/** A value, or the reply that says why there is none. */
export type Step<T> = { ok: true; value: T } | { ok: false; reply: WireReply };

/** `{is_success: true, response}`: the document prints Python's True here and there; JSON's is sent. */
export function success(response: Json): WireReply {
  return reply(200, { is_success: true, response });
}

/** The refund endpoints' examples also carry `return_message` (seeds/001, Refund and Check Refund). */
export function refundAnswer(response: Json): WireReply {
  return reply(200, { is_success: true, response, return_message: "OK" });
}

/** `{is_success: false, error, error_message}`, with what exactly is wrong behind the document's words. */
export function refuse(error: ErrorCode, detail?: string): WireReply {
  const row: { message: string; status?: number } = ERRORS[error];
  const message = detail ? `${row.message}: ${detail}` : row.message;
  return reply(row.status ?? 200, { is_success: false, error, error_message: message });
}

/** An error saying what is wrong with the request: PARAM_ERROR unless the endpoint has a name for a fault of this field. */
export function badRequest(fault: Fault, named: Readonly<Record<string, ErrorCode>> = {}): WireReply {
  const name = fault.field === null || fault.complaint === "missing" ? undefined : named[fault.field];
  return refuse(name ?? "PARAM_ERROR", wordsOf(fault));
}

/** From a backend's problem to this gateway's error. */
export function problemReply(problem: Problem): WireReply {
  return refuse(PROBLEM_ERRORS[problem]);
}

function reply(status: number, body: Json): WireReply {
  return { status, headers: { "Content-Type": "application/json; charset=utf-8" }, body: toJson(body) };
}
