import { type Database, inTransaction, prepared, type Tx } from "#db/client.ts";
import { deliveryTries } from "#db/schema/webhooks.ts";

export interface DueDelivery {
  id: string;
  merchantId: string;
  url: string;
  /** Sealed. */
  webhookSecret: string;
  body: string;
  tries: number;
  /** Never tried, or its next try is due. */
  due: boolean;
}

/** The lowest event of an order that an endpoint has not acknowledged; later ones wait for it. */
export async function lowestUndelivered(tx: Tx, endpointId: string, orderId: string): Promise<DueDelivery | null> {
  const rows = await prepared<DueDelivery>(
    tx,
    "lowest_undelivered",
    `select d.id, d.merchant_id as "merchantId", e.url, m.webhook_secret as "webhookSecret", d.body, d.tries,
       e.active and (d.tries = 0 or d.next_try_at <= now()) as due
     from deliveries d join webhook_endpoints e on e.id = d.endpoint_id join merchants m on m.id = d.merchant_id
     where d.endpoint_id = $1 and d.order_id = $2 and d.state = 'pending' order by d.sequence limit 1`,
    [endpointId, orderId],
  );
  return rows[0] ?? null;
}

/** Writes down a try and what follows from it: acknowledged, due again in `waitSeconds`, or dead. */
export async function saveTry(
  database: Database,
  delivery: DueDelivery,
  answer: { status: number | null; body: string; error: string | null; durationMs: number },
  acknowledged: boolean,
  waitSeconds: number | null,
): Promise<void> {
  await inTransaction(database, async (tx) => {
    await tx
      .insert(deliveryTries)
      .values({
        deliveryId: delivery.id,
        number: delivery.tries + 1,
        status: answer.status,
        responseBody: answer.body,
        error: answer.error,
        durationMs: answer.durationMs,
      })
      .onConflictDoNothing();
    const state = acknowledged ? "acknowledged" : waitSeconds === null ? "dead" : "pending";
    await prepared(
      tx,
      "save_try",
      `update deliveries set state = $2, tries = $3::int, lease_until = null, acknowledged_at = case when $2 = 'acknowledged' then now() end,
         next_try_at = now() + make_interval(secs => $4::float8)
       where id = $1 and state = 'pending'`,
      [delivery.id, state, delivery.tries + 1, waitSeconds ?? 0],
    );
  });
}
