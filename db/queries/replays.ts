import { and, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { prepared, type Tx } from "#db/client.ts";
import { webhookEndpoints } from "#db/schema/webhook-endpoints.ts";
import { type ReplayFilter, webhookReplays } from "#db/schema/webhook-replays.ts";
import { deliveries } from "#db/schema/webhooks.ts";

export type Replay = typeof webhookReplays.$inferSelect;

/** Replays that are not finished and nobody is at, claimed for a minute. */
export async function claimReplays(tx: Tx, limit: number): Promise<string[]> {
  const rows = await prepared<{ id: string }>(
    tx,
    "claim_replays",
    `update webhook_replays set lease_until = now() + interval '60 seconds' where id in (
       select id from webhook_replays where finished_at is null and (lease_until is null or lease_until < now())
       order by created_at limit $1 for update skip locked) returning id`,
    [limit],
  );
  return rows.map((row) => row.id);
}

/** What a replay sends again: of endpoints that are there and active; never a test. */
function chosen(merchantId: string, filter: ReplayFilter): SQL | undefined {
  return and(
    eq(deliveries.merchantId, merchantId),
    sql`${deliveries.createdAt} >= ${filter.from}::timestamptz and ${deliveries.createdAt} < ${filter.to}::timestamptz`,
    sql`${deliveries.type} <> 'webhook.test'`,
    filter.endpointId === null ? undefined : eq(deliveries.endpointId, filter.endpointId),
    filter.types === null ? undefined : inArray(deliveries.type, filter.types),
    filter.states === null ? undefined : inArray(deliveries.state, filter.states as ("pending" | "acknowledged" | "dead")[]),
    sql`exists (select 1 from ${webhookEndpoints} e where e.id = ${deliveries.endpointId} and e.active
      and (${filter.live}::boolean is null or e.live = ${filter.live}::boolean or e.kind = 'order' and exists (
        select 1 from orders o where o.id = ${deliveries.orderId} and o.live = ${filter.live}::boolean)))`,
  );
}

/** How many a replay would send again, counted up to `most` + 1. */
export async function countReplayable(tx: Tx, merchantId: string, filter: ReplayFilter, most: number): Promise<number> {
  const some = tx
    .select({ one: sql`1`.as("one") })
    .from(deliveries)
    .where(chosen(merchantId, filter))
    .limit(most + 1)
    .as("some");
  const [row] = await tx.select({ count: sql<number>`count(*)::int` }).from(some);
  return row?.count ?? 0;
}

export async function insertReplay(tx: Tx, replay: typeof webhookReplays.$inferInsert): Promise<void> {
  await tx.insert(webhookReplays).values(replay);
}

/** One replay of a merchant's. */
export async function replayOf(tx: Tx, merchantId: string, id: string): Promise<Replay | null> {
  const [row] = await tx
    .select()
    .from(webhookReplays)
    .where(and(eq(webhookReplays.id, id), eq(webhookReplays.merchantId, merchantId)));
  return row ?? null;
}

/** Locks a replay that is not finished; null when there is none, or another is at it. */
export async function lockReplay(tx: Tx, id: string): Promise<Replay | null> {
  const [row] = await tx
    .select()
    .from(webhookReplays)
    .where(and(eq(webhookReplays.id, id), sql`${webhookReplays.finishedAt} is null`))
    .for("update", { skipLocked: true });
  return row ?? null;
}

/** A merchant's replays, newest first. */
export async function listReplays(tx: Tx, merchantId: string, limit: number): Promise<Replay[]> {
  return tx
    .select()
    .from(webhookReplays)
    .where(eq(webhookReplays.merchantId, merchantId))
    .orderBy(desc(webhookReplays.createdAt), desc(webhookReplays.id))
    .limit(limit);
}

/**
 * Makes the next `limit` of a replay due again, oldest first, in lines of their own; gives the streams, and the cursor behind
 * the last one (null: there are no more).
 */
export async function replayPiece(
  tx: Tx,
  { merchantId, filter, cursor }: Replay,
  limit: number,
): Promise<{ streams: { endpointId: string; stream: string }[]; count: number; cursor: string | null }> {
  const [at, id] = cursor === null ? [] : [new Date(Number(cursor.split(".")[0])), cursor.slice(cursor.indexOf(".") + 1)];
  const rows = await tx
    .select({ id: deliveries.id, createdAt: deliveries.createdAt })
    .from(deliveries)
    .where(
      and(
        chosen(merchantId, filter),
        at ? sql`(${deliveries.createdAt}, ${deliveries.id}) > (${at.toISOString()}::timestamptz, ${id})` : undefined,
      ),
    )
    .orderBy(deliveries.createdAt, deliveries.id)
    .limit(limit);
  const last = rows.at(-1);
  if (!last) return { streams: [], count: 0, cursor: null };
  const streams = await sendAgain(
    tx,
    rows.map((row) => row.id),
  );
  return { streams, count: rows.length, cursor: rows.length < limit ? null : `${last.createdAt.getTime()}.${last.id}` };
}

/** Makes deliveries due again now, on a schedule that begins anew: same id, same bytes. One that is pending is due at once. */
export async function sendAgain(tx: Tx, ids: readonly string[]): Promise<{ endpointId: string; stream: string }[]> {
  return prepared(
    tx,
    "send_again",
    `with due as (
       update deliveries set again = again or state <> 'pending', tries_before = case when state = 'pending' then tries_before else tries end,
         state = 'pending', next_try_at = now(), lease_until = now() + interval '15 seconds'
       where id = any($1) returning endpoint_id, stream
     ) select distinct endpoint_id as "endpointId", stream from due`,
    [ids],
  );
}

/** Writes down how far a replay is. */
export async function saveReplay(
  tx: Tx,
  id: string,
  { done, cursor, finished }: { done: number; cursor: string | null; finished: boolean },
): Promise<void> {
  await tx
    .update(webhookReplays)
    .set({ done, cursor, ...(finished && { finishedAt: sql`now()` }) })
    .where(eq(webhookReplays.id, id));
}

/** A delivery of this merchant with what decides whether it may be sent again; another's is not found. */
export async function deliveryOf(
  tx: Tx,
  merchantId: string,
  id: string,
): Promise<{ id: string; live: boolean | null; endpointActive: boolean } | null> {
  const rows = await prepared<{ id: string; live: boolean | null; endpointActive: boolean }>(
    tx,
    "delivery_of",
    `select d.id, coalesce(e.live, o.live) as live, e.active as "endpointActive" from deliveries d
     join webhook_endpoints e on e.id = d.endpoint_id left join orders o on o.id = d.order_id
     where d.id = $1 and d.merchant_id = $2`,
    [id, merchantId],
  );
  return rows[0] ?? null;
}

/** What came of a test: its one try; null while there is none. */
export async function onlyTry(
  tx: Tx,
  deliveryId: string,
): Promise<{ acknowledged: boolean; status: number | null; error: string | null; body: string; durationMs: number } | null> {
  const rows = await prepared<{ acknowledged: boolean; status: number | null; error: string | null; body: string; durationMs: number }>(
    tx,
    "only_try",
    `select d.state = 'acknowledged' as acknowledged, t.status, t.error, t.response_body as body, t.duration_ms as "durationMs"
     from delivery_tries t join deliveries d on d.id = t.delivery_id where t.delivery_id = $1 order by t.number limit 1`,
    [deliveryId],
  );
  return rows[0] ?? null;
}

/** A delivery about nothing. It is claimed by whoever writes it: the ticker leaves it alone for the time of its only try. */
export async function insertTestDelivery(
  tx: Tx,
  delivery: { id: string; merchantId: string; endpointId: string; type: string; body: string },
): Promise<void> {
  await tx.insert(deliveries).values({ ...delivery, sequence: 1, leaseUntil: sql`now() + interval '60 seconds'` });
}
