import { ATTENTION, type OrderFilter } from "#db/queries/dashboard-orders.ts";
import { type Cursor, readCursor } from "#db/queries/dashboard-page.ts";
import { METHODS, type Wallet, walletOf } from "#lib/domain/methods.ts";
import { ORDER_STATES } from "#lib/domain/order.ts";

/** The address of the list, as it came. */
export type Search = Record<string, string | string[] | undefined>;
export type FilterField = "number" | "state" | "wallet" | "needs" | "from" | "to" | "cursor";
/** What is wrong with one field of the address. */
export interface FilterProblem {
  field: FilterField;
  problem: "badNumber" | "badChoice" | "badDate" | "badOrder" | "badCursor";
  value: string;
}

export interface ParsedFilter {
  filter: Omit<OrderFilter, "timeZone">;
  cursor: Cursor | null;
  problems: FilterProblem[];
}

/** The wallets a filter offers, in the order of lib/domain/methods.ts. */
export const WALLETS: readonly Wallet[] = [...new Set(METHODS.map(walletOf))];
/** The longest number anybody has (webhook message ids and references stay under it). */
const NUMBER_MAX = 128;

/** Reads the list's address. Bad values are named, never guessed at; an empty value means no filter. */
export function parseFilter(search: Search): ParsedFilter {
  const problems: FilterProblem[] = [];
  const text = (field: string) => [search[field]].flat()[0]?.replaceAll("\0", "").trim() ?? "";
  const refuse = (field: FilterField, problem: FilterProblem["problem"]): null => {
    problems.push({ field, problem, value: text(field).slice(0, 40) });
    return null;
  };
  const day = (field: "from" | "to") => (text(field) === "" ? null : isDay(text(field)) ? text(field) : refuse(field, "badDate"));
  const number = text("number").length > NUMBER_MAX ? refuse("number", "badNumber") : text("number") || null;
  const state = text("state") === "" ? null : (ORDER_STATES.find((one) => one === text("state")) ?? refuse("state", "badChoice"));
  const wallet = text("wallet") === "" ? null : (WALLETS.find((one) => one === text("wallet")) ?? refuse("wallet", "badChoice"));
  const needs = text("needs") === "" ? null : (ATTENTION.find((one) => one === text("needs")) ?? refuse("needs", "badChoice"));
  const from = day("from");
  const to = day("to");
  if (from && to && to < from) refuse("to", "badOrder");
  const cursor = text("cursor") === "" ? null : (readCursor(text("cursor")) ?? refuse("cursor", "badCursor"));
  return { filter: { number, state, wallet, needs, from, to }, cursor, problems };
}

/** The list's address for a filter, optionally at a cursor; the merchant is named so that a colleague sees the same list. */
export function listAddress(merchantId: string, filter: Partial<ParsedFilter["filter"]>, cursor: string | null = null): string {
  const query = new URLSearchParams({ merchant: merchantId });
  for (const field of ["number", "state", "wallet", "needs", "from", "to"] as const) if (filter[field]) query.set(field, filter[field]);
  if (cursor) query.set("cursor", cursor);
  return `/dashboard/orders?${query}`;
}

/** True when anything narrows the list. */
export function isNarrowed(filter: ParsedFilter["filter"]): boolean {
  return Object.values(filter).some((value) => value !== null);
}

/** A day that exists, written YYYY-MM-DD, in years PostgreSQL and people both know. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match || Number(match[1]) < 2000) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
