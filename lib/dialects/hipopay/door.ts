import type { Backend, Caller } from "#lib/dialects/backend.ts";
import type { WireRequest } from "#lib/dialects/dialect.ts";
import type { Fields } from "#lib/dialects/hipopay/parse.ts";
import { isSignedBy } from "#lib/dialects/hipopay/signature.ts";
import { timestampMs } from "#lib/dialects/hipopay/times.ts";

const FRESH_MS = 10 * 60 * 1000;

/** Header values by lower-case name: names are sent in any case (protocols.md §1). */
export type Headers = ReadonlyMap<string, string>;

export function headersOf(request: WireRequest): Headers {
  return new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** A request on its way in. `callerHeader` is the header with the caller's number, lower case: `agentno` or `merchantno`. */
export interface Visitor {
  headers: Headers;
  callerHeader: string;
  fields: Fields;
  receivedAt: Date;
  backend: Backend;
}

/**
 * The caller whose signature the request carries; else `stale` (no Timestamp within ten minutes) or `unsigned`. An
 * unknown caller and a wrong signature answer alike: who has an account is nobody's business.
 */
export async function signedCaller(visitor: Visitor): Promise<{ caller: Caller } | { caller: null; why: "stale" | "unsigned" }> {
  const { headers, fields, receivedAt, backend } = visitor;
  const timestamp = headers.get("timestamp") ?? "";
  const sentMs = timestampMs(timestamp);
  if (sentMs === null || Math.abs(receivedAt.getTime() - sentMs) > FRESH_MS) return { caller: null, why: "stale" };
  const callerNo = headers.get(visitor.callerHeader) ?? "";
  const signature = headers.get("signature") ?? "";
  if (callerNo === "" || signature === "") return { caller: null, why: "unsigned" };
  const caller = await backend.caller(callerNo);
  const genuine = caller?.callerPublicKey && isSignedBy(caller.callerPublicKey, fields, timestamp, signature);
  return caller && genuine ? { caller } : { caller: null, why: "unsigned" };
}

/** What a page's own script needs to call another origin; `callerHeader` is the document's spelling, e.g. `AgentNo`. */
export function corsHeaders(callerHeader: string): Readonly<Record<string, string>> {
  return {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST, OPTIONS",
    "Access-Control-Allow-Headers": `Version, Content-Type, ${callerHeader}, Signature, Timestamp`,
    "Access-Control-Max-Age": "86400",
  };
}

/** What broke and where, for the log. Never the message: a database's repeats the query's values, openids among them. */
export function placeOf(error: unknown): { error: string; at?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const at = error.stack?.split("\n").find((line) => line.trimStart().startsWith("at "));
  return at === undefined ? { error: error.name } : { error: error.name, at: at.trim() };
}
