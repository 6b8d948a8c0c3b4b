import { type ApiCode, passesIn, statusOf } from "#lib/api/problems.ts";
import type { ApiProblem } from "#lib/api/result.ts";
import { problemDetail, problemTitle } from "#lib/api/words.ts";
import { env } from "#lib/env.ts";

/** An answer before its headers; what is kept of one under an Idempotency-Key. */
export interface Reply {
  status: number;
  /** Content-Type; null without a body. */
  type: string | null;
  body: string;
  code: ApiCode | null;
  param: string | null;
  headers: Record<string, string>;
}

export function answerOf(status: number, value: unknown): Reply {
  return { status, type: "application/json", body: JSON.stringify(value), code: null, param: null, headers: {} };
}

/** Where a problem is explained. */
export function problemUrl(code: string): string {
  return `${env().PUBLIC_URL}/docs/api#problem-${code}`;
}

/**
 * RFC 9457: `type` is the address of the problem's section in the documentation. What passes by itself says when to ask again
 * (`values.seconds`, where the use case knows).
 */
export function problemAnswer(problem: ApiProblem, requestId: string): Reply {
  const { code, param, values, detail, order, headers = {} } = problem;
  const status = statusOf(code);
  const seconds = passesIn(code);
  const again: Record<string, string> = seconds === null ? {} : { "Retry-After": values?.seconds ?? String(seconds) };
  const body = {
    type: problemUrl(code),
    title: problemTitle(code),
    status,
    detail: detail ?? problemDetail(code, values),
    code,
    param,
    request_id: requestId,
    ...(order !== undefined && { order }),
  };
  return { status, type: "application/problem+json", body: JSON.stringify(body), code, param, headers: { ...again, ...headers } };
}
