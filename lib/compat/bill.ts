import type { Database } from "#db/client.ts";
import { type PaidOrder, paidBetween, refundedBetween } from "#db/queries/compat.ts";
import type { CompatKey } from "#db/queries/compat-keys.ts";
import { paymentOf } from "#lib/compat/payment.ts";
import { toRefund } from "#lib/compat/refund.ts";
import type { BillEntry, Payment } from "#lib/dialects/backend.ts";
import { env } from "#lib/env.ts";

/** A bill is as long as this at most, payments and refunds together. */
const ENTRIES_MAX = 100_000;

/**
 * A key's bill out of our own books, for the shop's numbers are ours alone: what was paid and what went back in [from, to), by
 * the time it did. Fees are those gateways take from the merchant, which no notice tells: they stand as 0.00.
 */
export async function billOfKey(database: Database, key: CompatKey, range: { from: Date; to: Date }): Promise<BillEntry[]> {
  const paid = await paidBetween(database, key, range, ENTRIES_MAX);
  const refunded = await refundedBetween(database, key, range, ENTRIES_MAX - paid.length);
  const now = new Date();
  return [
    ...paid.map((known) => ({ payment: told(key, known, now), refund: null })),
    ...refunded.map((known) => ({ payment: told(key, known, now), refund: toRefund(key, known, known.refund) })),
  ];
}

function told(key: CompatKey, known: PaidOrder, now: Date): Payment {
  const { order, entry, attempt } = known;
  return paymentOf({ order, entry, attempts: [attempt], merchantNo: key.merchantNo, origin: env().PUBLIC_URL, acknowledgedAt: null, now });
}
