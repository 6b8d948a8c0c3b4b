import type { Problem } from "#lib/domain/errors.ts";
import { problemFrom } from "#lib/problem-address.ts";

const TOLD = /&problem=([a-z_]{1,40})(?:&field=([a-zA-Z_]{1,30}))?$/;
/** What may stand in an address behind `?`. */
const QUERY = /^[!"$-~]*$/;
const LANGUAGE = /(?:^|&)lang=[^&]*/g;

/**
 * A problem of the action travels behind the shop's own query, which is signed and must stay as it is: parted here again,
 * only where it is one of ours.
 */
export function splitDeskQuery(text: string): { query: string; told: Problem | null } {
  const [behind = "", problem, field] = TOLD.exec(text) ?? [];
  const told = problemFrom({ problem, field });
  return told ? { query: text.slice(0, text.length - behind.length), told } : { query: text, told: null };
}

/** The address with a problem behind it; what is no query (a form somebody made up) is left out. */
export function deskAddress(query: string, problem: Problem): string {
  const kept = QUERY.test(query) ? query : "";
  return `/desk?${kept}&problem=${problem.code}${problem.field ? `&field=${problem.field}` : ""}#problem`;
}

/** The query without the language, which the switch at the foot of the page sets and nobody signs. */
export function withoutLanguage(query: string): string {
  return query.replaceAll(LANGUAGE, "").replace(/^&/, "");
}
