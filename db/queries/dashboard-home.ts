import { and, desc, eq, sql } from "drizzle-orm";
import { prepared, type Tx } from "#db/client.ts";
import { WAITING } from "#db/queries/waiting-notifications.ts";
import { orders } from "#db/schema/orders.ts";
import type { OrderState } from "#lib/domain/order.ts";

/** An order whose money needs a person. */
export interface Attention {
  id: string;
  reference: string;
  title: string;
  state: OrderState;
  live: boolean;
  currency: string;
  amount: bigint;
  createdAt: Date;
}

/** A count of more than this says only that there are more. */
export const COUNT_MAX = 999;
/** Work is backlog when it has been due for so long: workers take what is due within seconds. */
const OVERDUE_SECONDS = 180;

/** The kinds of what may need a person: what is counted, and since when each has been so. It stays until somebody, or the thing itself, ends it. */
const COUNTS = {
  review: { since: "created_at", from: `from orders where merchant_id = $1 and needs_review` },
  unclear: { since: "created_at", from: `from attempts where merchant_id = $1 and state = 'unknown' and next_sweep_at is not null` },
  waitingRefunds: { since: "created_at", from: `from refund_requests where merchant_id = $1 and state = 'requested'` },
  openRefunds: {
    since: "created_at",
    from: `from refunds where merchant_id = $1 and state in ('reserved','sent','unknown') and next_try_at is not null`,
  },
  orphans: { since: "received_at", from: `from notifications where merchant_id = $1 and verdict = 'orphan' and ${WAITING}` },
  mismatches: { since: "received_at", from: `from notifications where merchant_id = $1 and verdict = 'mismatch' and ${WAITING}` },
  // What a deleted endpoint was owed cannot be sent any more.
  deadDeliveries: {
    since: "created_at",
    from: `from deliveries d where merchant_id = $1 and state = 'dead' and type <> 'webhook.test'
      and exists (select from webhook_endpoints e where e.id = d.endpoint_id and e.deleted_at is null)`,
  },
  stoppedEndpoints: {
    since: "disabled_at",
    from: `from webhook_endpoints where merchant_id = $1 and not active and deleted_at is null and disabled_reason <> 'person'`,
  },
  // Its row goes when a payment works again, or a person opens it.
  pausedChannels: {
    since: "last_failed_at",
    from: `from channel_health h join gateway_accounts g on g.id = h.account_id
      where g.merchant_id = $1 and g.active and h.down_until is not null`,
  },
  lateQuestions: {
    since: "next_sweep_at",
    from: `from attempts where next_sweep_at < now() - make_interval(secs => ${OVERDUE_SECONDS}) and merchant_id = $1`,
  },
  lateDeliveries: {
    since: "next_try_at",
    from: `from webhook_endpoints e cross join lateral (select next_try_at from deliveries d where d.endpoint_id = e.id and d.state = 'pending'
      and d.next_try_at < now() - make_interval(secs => ${OVERDUE_SECONDS}) order by next_try_at limit ${COUNT_MAX + 1}) d
      where e.merchant_id = $1 and e.active and e.deleted_at is null`,
  },
} as const;

export type MatterKind = keyof typeof COUNTS;
/** `oldest`: since when the one that waits longest has; null when there is none. */
export type Matters = Record<MatterKind, { count: number; oldest: Date | null }>;

const READ_COUNTS = `select ${Object.entries(COUNTS)
  .map(
    ([kind, { since, from }]) => `(select json_build_object('count', count(*), 'oldest', min(since))
      from (select ${since} as since ${from} order by 1 limit ${COUNT_MAX + 1}) c) as "${kind}"`,
  )
  .join(",\n")}`;

/** How much of a merchant's needs a person, each counted to COUNT_MAX + 1 at most, oldest first, by an index that holds little else. */
export async function countMatters(tx: Tx, merchantId: string): Promise<Matters> {
  type Row = Record<MatterKind, { count: number; oldest: string | null }>;
  const [row] = await prepared<Row>(tx, "home_matters", READ_COUNTS, [merchantId]);
  if (!row) throw new Error("home: no counts");
  const read = ({ count, oldest }: Row[MatterKind]) => ({ count, oldest: oldest === null ? null : new Date(oldest) });
  return Object.fromEntries(Object.entries(row).map(([kind, one]) => [kind, read(one)])) as Matters;
}

/** The newest orders whose money needs a person. */
export async function ordersToReview(tx: Tx, merchantId: string, most: number): Promise<Attention[]> {
  return tx
    .select({
      id: orders.id,
      reference: orders.reference,
      title: orders.title,
      state: orders.state,
      live: orders.live,
      currency: orders.currency,
      amount: orders.amount,
      createdAt: orders.createdAt,
    })
    .from(orders)
    .where(and(eq(orders.merchantId, merchantId), sql`${orders.needsReview}`))
    .orderBy(desc(orders.createdAt))
    .limit(most);
}

/** The modes a merchant has gateway accounts in: whose figures there can be. */
export async function modesOf(tx: Tx, merchantId: string): Promise<{ live: boolean; test: boolean }> {
  const text = `select coalesce(bool_or(live), false) as live, coalesce(bool_or(not live), false) as test
    from gateway_accounts where merchant_id = $1`;
  const [row] = await prepared<{ live: boolean; test: boolean }>(tx, "home_modes", text, [merchantId]);
  return row ?? { live: false, test: false };
}
