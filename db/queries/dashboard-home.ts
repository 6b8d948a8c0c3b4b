import { and, desc, eq, sql } from "drizzle-orm";
import { prepared, type Tx } from "#db/client.ts";
import { countWaitingRefunds } from "#db/queries/refund-requests.ts";
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

/** What may need a person, by how many there are. Of what only ends by itself or by a person, the last seven days. */
const COUNTS = {
  review: `from orders where merchant_id = $1 and needs_review`,
  unclear: `from attempts where merchant_id = $1 and state = 'unknown' and next_sweep_at is not null`,
  openRefunds: `from refunds where merchant_id = $1 and state in ('reserved','sent','unknown') and next_try_at is not null`,
  orphans: `from notifications n where n.merchant_id = $1 and n.verdict = 'orphan' and n.received_at > now() - interval '7 days'
    and not exists (select from notification_matches m where m.notification_id = n.id)`,
  mismatches: `from notifications n where n.merchant_id = $1 and n.verdict = 'mismatch' and n.received_at > now() - interval '7 days'
    and not exists (select from notification_matches m where m.notification_id = n.id)`,
  deadDeliveries: `from deliveries where merchant_id = $1 and state = 'dead' and created_at > now() - interval '7 days'
    and type <> 'webhook.test'`,
  stoppedEndpoints: `from webhook_endpoints where merchant_id = $1 and not active and deleted_at is null and disabled_reason <> 'person'`,
  pausedChannels: `from channel_health h join gateway_accounts g on g.id = h.account_id where g.merchant_id = $1 and g.active
    and h.down_until is not null and h.last_failed_at > now() - interval '1 hour'`,
  lateQuestions: `from attempts where next_sweep_at < now() - make_interval(secs => ${OVERDUE_SECONDS}) and merchant_id = $1`,
  lateDeliveries: `from webhook_endpoints e cross join lateral (select 1 from deliveries d where d.endpoint_id = e.id and d.state = 'pending'
    and d.next_try_at < now() - make_interval(secs => ${OVERDUE_SECONDS}) limit ${COUNT_MAX + 1}) d
    where e.merchant_id = $1 and e.active and e.deleted_at is null`,
} as const;
type Counts = Record<keyof typeof COUNTS, number>;
/** `waitingRefunds`: refunds somebody asked for and another has to approve. */
export type MatterCounts = Counts & { waitingRefunds: number };

const READ_COUNTS = `select ${Object.entries(COUNTS)
  .map(([name, from]) => `(select count(*)::int from (select 1 ${from} limit ${COUNT_MAX + 1}) c) as "${name}"`)
  .join(",\n")}`;

/** How much of a merchant's needs a person, each counted to COUNT_MAX + 1 at most, by an index that holds little else. */
export async function countMatters(tx: Tx, merchantId: string): Promise<MatterCounts> {
  const [[row], waitingRefunds] = await Promise.all([
    prepared<Counts>(tx, "home_counts", READ_COUNTS, [merchantId]),
    countWaitingRefunds(tx, merchantId),
  ]);
  if (!row) throw new Error("home: no counts");
  return { ...row, waitingRefunds };
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
