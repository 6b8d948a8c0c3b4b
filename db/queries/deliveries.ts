import { type Database, inTransaction, prepared, type Tx } from "#db/client.ts";
import { deliveryTries } from "#db/schema/webhooks.ts";

export interface DueDelivery {
  id: string;
  merchantId: string;
  url: string;
  /** Sealed. */
  webhookSecret: string;
  body: string;
  /** Before this one. */
  tries: number;
}

/**
 * Claims the lowest event of an order that an endpoint has not acknowledged, when it is due; later ones wait for it. The
 * claim moves its next try on: of two senders one gets it, and when that one dies it is due again, no try having counted.
 */
export async function claimLowestUndelivered(tx: Tx, endpointId: string, orderId: string): Promise<DueDelivery | null> {
  const rows = await prepared<DueDelivery>(
    tx,
    "claim_lowest_undelivered",
    `update deliveries d set next_try_at = now() + interval '30 seconds', lease_until = null
     from webhook_endpoints e, merchants m
     where d.id = (select id from deliveries where endpoint_id = $1 and order_id = $2 and state = 'pending' order by sequence limit 1)
       and d.state = 'pending' and d.next_try_at <= now()
       and e.id = d.endpoint_id and e.active and m.id = d.merchant_id
     returning d.id, d.merchant_id as "merchantId", e.url, m.webhook_secret as "webhookSecret", d.body, d.tries`,
    [endpointId, orderId],
  );
  return rows[0] ?? null;
}

/** Writes down a claimed try and what follows from it: acknowledged, due again in `waitSeconds`, or dead. */
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
      `update deliveries set state = $2, tries = $3::int, acknowledged_at = case when $2 = 'acknowledged' then now() end,
         next_try_at = now() + make_interval(secs => $4::float8)
       where id = $1 and state = 'pending'`,
      [delivery.id, state, delivery.tries + 1, waitSeconds ?? 0],
    );
  });
}
