import { isDay } from "#app/(dashboard)/dashboard/orders/filter.ts";
import { type Cursor, readCursor } from "#db/queries/dashboard-page.ts";
import { TEST_TYPE, WEBHOOK_TYPES } from "#lib/webhooks/decisions.ts";

export const STATES = ["pending", "acknowledged", "dead"] as const;
export type State = (typeof STATES)[number];
export const TYPES: readonly string[] = [...WEBHOOK_TYPES, TEST_TYPE];

/** The filter as the address says it; days are YYYY-MM-DD in the merchant's zone. */
export interface DeliveriesAddress {
  state: State | null;
  endpoint: string | null;
  type: string | null;
  from: string | null;
  to: string | null;
}

export type DeliveriesField = keyof DeliveriesAddress | "cursor";

/** Reads the list's address. What cannot be used is named and left out. `endpoints` are the ids there are. */
export function readAddress(search: Record<string, string | string[] | undefined>): {
  address: DeliveriesAddress;
  cursor: Cursor | null;
  bad: DeliveriesField[];
} {
  const bad: DeliveriesField[] = [];
  const read = <T>(field: DeliveriesField, fits: (text: string) => T | null): T | null => {
    const text = [search[field]].flat()[0]?.trim() ?? "";
    if (text === "") return null;
    const value = fits(text);
    if (value === null) bad.push(field);
    return value;
  };
  const day = (text: string) => (isDay(text) ? text : null);
  const address = {
    state: read("state", (text) => STATES.find((one) => one === text) ?? null),
    endpoint: read("endpoint", (text) => (/^whe_[0-9a-z]{1,40}$/.test(text) ? text : null)),
    type: read("type", (text) => TYPES.find((one) => one === text) ?? null),
    from: read("from", day),
    to: read("to", day),
  };
  if (address.from && address.to && address.to < address.from) {
    bad.push("to");
    address.to = null;
  }
  return { address, cursor: read("cursor", readCursor), bad };
}

/** The list's address for a filter, optionally at a cursor. */
export function deliveriesHref(address: Partial<DeliveriesAddress>, cursor: string | null = null): string {
  const set = Object.entries({ ...address, cursor }).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return set.length === 0 ? "/dashboard/deliveries" : `/dashboard/deliveries?${new URLSearchParams(set)}`;
}
