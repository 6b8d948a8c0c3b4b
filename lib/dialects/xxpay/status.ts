import type { Payment, Payout } from "#lib/dialects/backend.ts";

/** Payment status: 0 created, 1 paying, 2 paid, 3 paid and processed, 5 failed (seeds/003 §2.2.4). */
export type PayStatus = "0" | "1" | "2" | "3" | "5";

/** Payout status, ANOTHER table: 0 created, 1 paying, 2 paid, 3 failed, 4 processed (seeds/003 §3.1.4, §3.2.4). */
export type TransStatus = "0" | "1" | "2" | "3" | "4";

/**
 * Paid becomes processed once the merchant acknowledged the notice. The channel was called with the create, so an unpaid
 * payment is 1; there is no word for one that expired or was closed: 5 is assumed.
 */
export function payStatus({ state, acknowledgedAt }: Pick<Payment, "state" | "acknowledgedAt">): PayStatus {
  if (state === "PAID") return acknowledgedAt === null ? "2" : "3";
  return state === "INIT" ? "1" : "5";
}

/** As queries and notices say it: 4 is not in their tables. */
export function transStatus({ state }: Pick<Payout, "state">): TransStatus {
  return TRANS[state];
}

/** As the create's reply says it: there 4 exists, and is assumed to follow the acknowledgement as 3 does for payments. */
export function newTransStatus(payout: Pick<Payout, "state" | "acknowledgedAt">): TransStatus {
  return payout.state === "PAID" && payout.acknowledgedAt !== null ? "4" : transStatus(payout);
}

/** `executeNotify` sends again only for these (protocols.md §3): paid and processed; of a payout, paid and failed. */
export const RENOTIFIED: ReadonlySet<string> = new Set(["2", "3"]);

const TRANS: Readonly<Record<Payout["state"], TransStatus>> = { CREATED: "0", PROCESSING: "1", PAID: "2", FAIL: "3" };
