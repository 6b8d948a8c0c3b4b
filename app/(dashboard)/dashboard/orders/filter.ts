import type { Sort } from "#db/queries/dashboard-orders.ts";
import { type Cursor, readCursor } from "#db/queries/dashboard-page.ts";
import { ATTENTION, MODES, type OrderFilter } from "#db/queries/orders-filter.ts";
import { amountRangeText, readAmountRange } from "#lib/domain/amount-range.ts";
import { CURRENCIES } from "#lib/domain/currency.ts";
import { METHODS, type Wallet, walletOf } from "#lib/domain/methods.ts";
import { ORDER_STATES } from "#lib/domain/order.ts";
import { COLUMNS, type Column, DEFAULT_COLUMNS } from "#lib/domain/order-columns.ts";

/** The address of the list, as it came. */
export type Search = Record<string, string | string[] | undefined>;
/** The address's fields that narrow the list, in the order they are shown. */
export const FIELDS = [
  "number",
  "state",
  "needs",
  "mode",
  "amount",
  "currency",
  "wallet",
  "method",
  "gateway",
  "account",
  "from",
  "to",
  "zone",
] as const;
type Narrowing = (typeof FIELDS)[number];
export type FilterField = Narrowing | "sort" | "columns" | "cursor";
/** What is wrong with one field of the address. */
export interface FilterProblem {
  field: FilterField;
  problem: "badNumber" | "badChoice" | "badDate" | "badOrder" | "badCursor" | "badAmount";
  value: string;
}

/** How a list is looked at: `zone` is the days' (the merchant's own, or the gateways', whose bills are cut at midnight in China). */
export interface ListView {
  filter: Omit<OrderFilter, "timeZone">;
  zone: "gateway" | null;
  sort: Sort;
  columns: readonly Column[];
}

export interface ParsedFilter extends ListView {
  cursor: Cursor | null;
  problems: FilterProblem[];
}

/** What an address may name of this merchant's own. */
export interface Known {
  accounts: readonly { id: string; gateway: string }[];
}

export const SORTS = ["newest", "oldest"] as const satisfies readonly Sort[];
/** The zone of the gateways' days: every document counts in UTC+8. */
export const GATEWAY_ZONE = "Asia/Shanghai";
/** The wallets a filter offers, in the order of lib/domain/methods.ts. */
export const WALLETS: readonly Wallet[] = [...new Set(METHODS.map(walletOf))];
/** The longest number anybody has (webhook message ids and references stay under it). */
const NUMBER_MAX = 128;

/** Reads the list's address. Bad values are named, never guessed at; an empty value means no filter. */
export function parseFilter(search: Search, known: Known): ParsedFilter {
  const problems: FilterProblem[] = [];
  const text = (field: string) => [search[field]].flat()[0]?.replaceAll("\0", "").trim() ?? "";
  const refuse = (field: FilterField, problem: FilterProblem["problem"]): null => {
    problems.push({ field, problem, value: text(field).slice(0, 40) });
    return null;
  };
  const read = <T>(field: FilterField, problem: FilterProblem["problem"], reader: (given: string) => T | null | undefined): T | null =>
    text(field) === "" ? null : (reader(text(field)) ?? refuse(field, problem));
  const among = <T extends string>(field: FilterField, choices: readonly T[]): T | null =>
    read(field, "badChoice", (given) => choices.find((one) => one === given));
  const day = (field: "from" | "to") => read(field, "badDate", (given) => (isDay(given) ? given : null));
  const filter = {
    number: read("number", "badNumber", (given) => (given.length > NUMBER_MAX ? null : given)),
    state: among("state", ORDER_STATES),
    needs: among("needs", ATTENTION),
    mode: among("mode", MODES),
    amount: read("amount", "badAmount", readAmountRange),
    currency: among("currency", CURRENCIES),
    wallet: among("wallet", WALLETS),
    method: among("method", METHODS),
    gateway: among("gateway", [...new Set(known.accounts.map(({ gateway }) => gateway))]),
    account: among(
      "account",
      known.accounts.map(({ id }) => id),
    ),
    from: day("from"),
    to: day("to"),
  };
  const zone = among("zone", ["gateway"]);
  if (filter.from && filter.to && filter.to < filter.from) refuse("to", "badOrder");
  const sort = among("sort", SORTS) ?? "newest";
  const cursor = read("cursor", "badCursor", readCursor);
  return { filter, zone, sort, columns: columnsOf(search.columns), cursor, problems };
}

// A plain form names the field once for each column; an address of ours joins them. What is no column is left out.
function columnsOf(given: string | string[] | undefined): readonly Column[] {
  if (given === undefined) return DEFAULT_COLUMNS;
  const names = new Set([given].flat().flatMap((one) => one.split(",")));
  return COLUMNS.filter((column) => names.has(column));
}

/** A view as the fields of an address; what is as it would be anyway has none. */
export function fieldsOf(view: Partial<ListView>): Record<string, string> {
  const { filter, zone, sort, columns } = view;
  const fields: Record<string, string> = {};
  for (const field of FIELDS) {
    const value = field === "zone" ? zone : field === "amount" ? filter?.amount && amountRangeText(filter.amount) : filter?.[field];
    if (value) fields[field] = value;
  }
  if (sort === "oldest") fields.sort = sort;
  if (columns && columns.join() !== DEFAULT_COLUMNS.join()) fields.columns = columns.join();
  return fields;
}

/** The list's address for a view, optionally with more fields; the merchant is named so that a colleague sees the same list. */
export function listAddress(merchantId: string, view: Partial<ListView>, more: Record<string, string> = {}): string {
  return `/dashboard/orders?${new URLSearchParams({ merchant: merchantId, ...fieldsOf(view), ...more })}`;
}

/** The same view without one of the things that narrow it. */
export function without(view: ListView, field: Narrowing): ListView {
  if (field === "zone") return { ...view, zone: null };
  return { ...view, filter: { ...view.filter, [field]: null } };
}

/** The fields that narrow this view. */
export function narrowedBy({ filter, zone }: Pick<ListView, "filter" | "zone">): Narrowing[] {
  return FIELDS.filter((field) => (field === "zone" ? zone !== null && (filter.from ?? filter.to) !== null : filter[field] !== null));
}

/** True when anything narrows the list. */
export function isNarrowed(view: Pick<ListView, "filter" | "zone">): boolean {
  return narrowedBy(view).length > 0;
}

/** True when the address says nothing of how to look at the list: then a person's own view may. */
export function isBare(search: Search): boolean {
  return Object.keys(search).every((field) => field === "merchant" || field === "said");
}

/** A day that exists, written YYYY-MM-DD, in years PostgreSQL and people both know. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match || Number(match[1]) < 2000) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
