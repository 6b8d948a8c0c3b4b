import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { type Cursor, cutPage, PAGE_ROWS, type Page, pageOf } from "#db/queries/dashboard-page.ts";
import { openMessage } from "#db/queries/kept-message.ts";
import { orders } from "#db/schema/orders.ts";
import { payouts } from "#db/schema/payouts.ts";
import { webhookEndpoints } from "#db/schema/webhook-endpoints.ts";
import { type DeliveryState, deliveries, deliveryTries, type KeptMessage } from "#db/schema/webhooks.ts";

export interface DeliveryListRow {
  id: string;
  endpointId: string;
  /** Null: a payout's or a test. */
  orderId: string | null;
  payoutId: string | null;
  /** The shop's number of the order, or our number of the payout. */
  reference: string | null;
  type: string;
  url: string;
  endpointActive: boolean;
  state: DeliveryState;
  tries: number;
  nextTryAt: Date;
  acknowledgedAt: Date | null;
  createdAt: Date;
  /** What the endpoint answered last: a status code, or why there was none. */
  lastStatus: number | null;
  lastError: string | null;
}

/** Which deliveries to list; absent means any. */
export interface DeliveryFilter {
  state?: DeliveryState | null | undefined;
  endpointId?: string | null | undefined;
  type?: string | null | undefined;
  /** Instants; from inclusive, to exclusive. */
  from?: Date | null | undefined;
  to?: Date | null | undefined;
}

const COLUMNS = {
  id: deliveries.id,
  endpointId: deliveries.endpointId,
  orderId: deliveries.orderId,
  payoutId: deliveries.payoutId,
  reference: sql<string | null>`coalesce(${orders.reference}, ${payouts.payoutNo})`,
  type: deliveries.type,
  url: webhookEndpoints.url,
  endpointActive: webhookEndpoints.active,
  state: deliveries.state,
  tries: deliveries.tries,
  nextTryAt: deliveries.nextTryAt,
  acknowledgedAt: deliveries.acknowledgedAt,
  createdAt: deliveries.createdAt,
  lastStatus: deliveryTries.status,
  lastError: deliveryTries.error,
};

/** A merchant's webhook messages, newest first, narrowed by a filter. */
export async function listDeliveries(
  tx: Tx,
  merchantId: string,
  filter: DeliveryFilter,
  cursor: Cursor | null,
): Promise<Page<DeliveryListRow>> {
  const page = pageOf(deliveries.createdAt, deliveries.id, cursor);
  const rows = await tx
    .select(COLUMNS)
    .from(deliveries)
    .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, deliveries.endpointId))
    .leftJoin(orders, and(eq(orders.id, deliveries.orderId), eq(orders.merchantId, merchantId)))
    .leftJoin(payouts, and(eq(payouts.id, deliveries.payoutId), eq(payouts.merchantId, merchantId)))
    .leftJoin(
      deliveryTries,
      and(
        eq(deliveryTries.deliveryId, deliveries.id),
        sql`${deliveryTries.number} = (select max(number) from delivery_tries latest where latest.delivery_id = ${deliveries.id})`,
      ),
    )
    .where(and(eq(deliveries.merchantId, merchantId), ...narrowed(filter), page.where))
    .orderBy(...page.orderBy)
    .limit(PAGE_ROWS + 1);
  return cutPage(rows, cursor, (row) => ({ at: row.createdAt, id: row.id }));
}

function narrowed({ state, endpointId, type, from, to }: DeliveryFilter): (SQL | undefined)[] {
  return [
    state ? eq(deliveries.state, state) : undefined,
    endpointId ? eq(deliveries.endpointId, endpointId) : undefined,
    type ? eq(deliveries.type, type) : undefined,
    from ? sql`${deliveries.createdAt} >= ${from.toISOString()}::timestamptz` : undefined,
    to ? sql`${deliveries.createdAt} < ${to.toISOString()}::timestamptz` : undefined,
  ];
}

export type TryRow = typeof deliveryTries.$inferSelect;
export type DeliveryDetail = Omit<typeof deliveries.$inferSelect, "message"> & {
  message: KeptMessage | null;
  url: string;
  endpointActive: boolean;
  endpointDeleted: boolean;
  reference: string | null;
  history: TryRow[];
};

/** The most tries shown of one delivery. */
const TRIES_MAX = 100;

/** One delivery of this merchant with each of its tries, newest first; another's is not found. */
export async function readDelivery(tx: Tx, merchantId: string, id: string): Promise<DeliveryDetail | null> {
  const [row] = await tx
    .select({
      delivery: deliveries,
      url: webhookEndpoints.url,
      endpointActive: webhookEndpoints.active,
      endpointDeleted: sql<boolean>`${webhookEndpoints.deletedAt} is not null`,
      reference: COLUMNS.reference,
    })
    .from(deliveries)
    .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, deliveries.endpointId))
    .leftJoin(orders, eq(orders.id, deliveries.orderId))
    .leftJoin(payouts, eq(payouts.id, deliveries.payoutId))
    .where(and(eq(deliveries.id, id), eq(deliveries.merchantId, merchantId)));
  if (!row) return null;
  const history = await tx
    .select()
    .from(deliveryTries)
    .where(eq(deliveryTries.deliveryId, id))
    .orderBy(sql`${deliveryTries.number} desc`)
    .limit(TRIES_MAX);
  const { delivery, ...rest } = row;
  return { ...delivery, ...rest, message: openMessage(id, delivery.message), history };
}

/** The deliveries of some events, by `<order or payout>.<sequence>`: whom each was told. */
export async function deliveriesOfStreams(tx: Tx, merchantId: string, streams: readonly string[]) {
  if (streams.length === 0) return [];
  return tx
    .select({ id: deliveries.id, stream: deliveries.stream, sequence: deliveries.sequence, state: deliveries.state })
    .from(deliveries)
    .where(and(eq(deliveries.merchantId, merchantId), inArray(deliveries.stream, [...streams])));
}
