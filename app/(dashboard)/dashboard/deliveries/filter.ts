import { addressOf, addressReader, type Search } from "#app/(dashboard)/address.ts";
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
export function readAddress(search: Search): {
  address: DeliveriesAddress;
  cursor: Cursor | null;
  bad: DeliveriesField[];
} {
  const { bad, read, days } = addressReader<DeliveriesField>(search);
  const address = {
    state: read("state", (text) => STATES.find((one) => one === text) ?? null),
    endpoint: read("endpoint", (text) => (/^whe_[0-9a-z]{1,40}$/.test(text) ? text : null)),
    type: read("type", (text) => TYPES.find((one) => one === text) ?? null),
    ...days(),
  };
  return { address, cursor: read("cursor", readCursor), bad };
}

/** The list's address for a filter, optionally at a cursor. */
export function deliveriesHref(address: Partial<DeliveriesAddress>, cursor: string | null = null): string {
  return addressOf("/dashboard/deliveries", { ...address, cursor });
}
