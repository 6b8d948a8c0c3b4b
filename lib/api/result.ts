import type { ApiCode } from "#lib/api/problems.ts";
import type { Problem, ProblemCode, Result } from "#lib/domain/errors.ts";

/** What is wrong, before it has words. */
export interface ApiProblem {
  code: ApiCode;
  /** The field of the body, parameter or header it is about; null for the whole request. */
  param: string | null;
  /** Texts the sentence needs. */
  values?: Record<string, string>;
  /** A sentence of its own, where the code's is too general. */
  detail?: string;
  /** An order that was opened (or was there) all the same. */
  order?: string;
  headers?: Record<string, string>;
}

/** The end of an operation. `status` where it is not the operation's usual one. */
export type ApiResult<Value> = { ok: true; value: Value; status?: number } | { ok: false; problem: ApiProblem };

export function refuse(code: ApiCode, param: string | null = null, more: Partial<ApiProblem> = {}): { ok: false; problem: ApiProblem } {
  return { ok: false, problem: { code, param, ...more } };
}

/** Fields that forms call otherwise than the wire does; all others have one name. */
const WIRE_NAMES: Readonly<Record<string, string>> = {
  payer_bank: "payer.bank_code",
  payer_name: "payer.name",
  payer_account: "payer.account",
  overlap: "overlap_seconds",
};

/** What is not there is one answer on the wire, whatever it is. An account is named in bodies only, and stays a wrong field. */
const NOT_FOUND: Partial<Record<ProblemCode, string>> = {
  order_not_found: "order",
  link_not_found: "link",
  endpoint_not_found: "endpoint",
  delivery_not_found: "delivery",
};

/** The code a use case's problem has on the wire. */
export function wireCode(code: ProblemCode): ApiCode {
  return NOT_FOUND[code] === undefined ? code : "not_found";
}

/** A use case's no as the API's. */
export function refusalOf({ problem }: { problem: Problem }, more: Partial<ApiProblem> = {}): { ok: false; problem: ApiProblem } {
  const { code, field, values } = problem;
  const absent = NOT_FOUND[code];
  const param = absent ?? (field === null ? null : (WIRE_NAMES[field] ?? field));
  return { ok: false, problem: { code: wireCode(code), param, ...(values && { values }), ...more } };
}

/** Turns a use case's result into the operation's, giving the value its wire form. */
export async function answering<From, To>(result: Result<From>, write: (value: From) => To | Promise<To>): Promise<ApiResult<To>> {
  return result.ok ? { ok: true, value: await write(result.value) } : refusalOf(result);
}
