import type { Database, Tx } from "#db/client.ts";
import { attemptsByOrder } from "#db/queries/attempts.ts";
import { acknowledgedAt, type KnownOrder, orderOfKey } from "#db/queries/compat.ts";
import type { CompatKey } from "#db/queries/compat-keys.ts";
import { paymentOf } from "#lib/compat/payment.ts";
import type { Payment } from "#lib/dialects/backend.ts";
import { env } from "#lib/env.ts";

/** By which number an order is looked for. */
export type By = { no: string } | { clientNo: string } | { orderId: string };

/** No number of ours or of a shop's is longer, and none has a NUL, which would break the query. */
const NUMBER = /^[^\0]{1,128}$/;

/** A key's order by any of its numbers, as a payment; null when there is none, or it is another key's. */
export async function knownPayment(database: Database, key: CompatKey, by: By): Promise<Payment | null> {
  const known = await knownOrder(database, key, by);
  return known && asPayment(database, key, known);
}

/** The same as rows. */
export async function knownOrder(tx: Tx, key: CompatKey, by: By): Promise<KnownOrder | null> {
  return NUMBER.test(Object.values(by)[0] ?? "") ? orderOfKey(tx, key, by) : null;
}

/** An order that is known, as a payment of that key. */
export async function asPayment(tx: Tx, key: CompatKey, known: KnownOrder): Promise<Payment> {
  const { order } = known;
  const [attempts, acknowledged] = await Promise.all([attemptsByOrder(tx, order.id), acknowledgedAt(tx, order)]);
  return paymentOf({
    ...known,
    attempts,
    merchantNo: key.merchantNo,
    origin: env().PUBLIC_URL,
    acknowledgedAt: acknowledged,
    now: new Date(),
  });
}
