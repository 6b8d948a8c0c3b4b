import { isDay } from "#app/(dashboard)/dashboard/orders/filter.ts";
import { type Cursor, readCursor } from "#db/queries/dashboard-page.ts";
import type { RefundState } from "#lib/domain/refund.ts";
import type { RequestState } from "#lib/domain/refund-request.ts";

export const HERE = "/dashboard/refunds";

/** The screen's lists: of requests or of refunds, and in which states. */
export const TABS = {
  waiting: { of: "requests", states: ["requested"] },
  underway: { of: "refunds", states: ["reserved", "sent", "unknown"] },
  done: { of: "refunds", states: ["succeeded", "manual"] },
  failed: { of: "refunds", states: ["failed"] },
  declined: { of: "requests", states: ["declined", "withdrawn", "expired"] },
} as const satisfies Record<
  string,
  { of: "requests"; states: readonly RequestState[] } | { of: "refunds"; states: readonly RefundState[] }
>;
export type Tab = keyof typeof TABS;
export const TAB_NAMES = Object.keys(TABS) as Tab[];

/** Of what waits: everybody's, one's own, or what is for one to decide. */
export const WHOSE = ["all", "theirs", "mine"] as const;

export interface RefundsFilter {
  tab: Tab;
  whose: (typeof WHOSE)[number];
  from: string | null;
  to: string | null;
  by: string | null;
  cursor: Cursor | null;
}

export type Search = Record<string, string | string[] | undefined>;
export type FilterProblem = { field: "from" | "to" | "by"; problem: "bad_day" | "bad_days" | "bad_by"; value: string };

/** Reads the address; what cannot be used is named at its field and narrows nothing. `people`: who may be chosen. */
export function parseFilter(search: Search, people: ReadonlySet<string>): { filter: RefundsFilter; problems: FilterProblem[] } {
  const one = (name: string) => [search[name]].flat()[0]?.trim() ?? "";
  const problems: FilterProblem[] = [];
  const day = (field: "from" | "to") => {
    const value = one(field);
    if (value === "" || isDay(value)) return value || null;
    problems.push({ field, problem: "bad_day", value });
    return null;
  };
  const [from, to] = [day("from"), day("to")];
  if (from && to && to < from) problems.push({ field: "to", problem: "bad_days", value: to });
  const by = one("by");
  if (by !== "" && !people.has(by)) problems.push({ field: "by", problem: "bad_by", value: by });
  const filter: RefundsFilter = {
    tab: TAB_NAMES.find((tab) => tab === search.tab) ?? "waiting",
    whose: WHOSE.find((whose) => whose === search.whose) ?? "all",
    ...{ from, to, by: people.has(by) ? by : null, cursor: readCursor(one("cursor")) },
  };
  return { filter, problems };
}

/** The address of a list; what is as by itself is left out. */
export function refundsAddress(merchantId: string, filter: Partial<Omit<RefundsFilter, "cursor">>, cursor: string | null = null): string {
  const { tab = "waiting", whose = "all", from, to, by } = filter;
  const query = new URLSearchParams({
    merchant: merchantId,
    ...(tab !== "waiting" && { tab }),
    ...(tab === "waiting" && whose !== "all" && { whose }),
    ...(from && { from }),
    ...(to && { to }),
    ...(by && { by }),
    ...(cursor && { cursor }),
  });
  return `${HERE}?${query}`;
}
