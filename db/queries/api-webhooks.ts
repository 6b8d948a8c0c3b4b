import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import type { Owner } from "#db/queries/api-orders.ts";
import { type Cut, cut, type Wanted, windowOf } from "#db/queries/api-page.ts";
import type { Endpoint } from "#db/queries/endpoints.ts";
import { openMessage } from "#db/queries/kept-message.ts";
import { orders } from "#db/schema/orders.ts";
import { webhookEndpoints } from "#db/schema/webhook-endpoints.ts";
import { type DeliveryState, deliveries, deliveryTries, type KeptMessage } from "#db/schema/webhooks.ts";

export type Delivery = typeof deliveries.$inferSelect;
export type DeliveryTry = typeof deliveryTries.$inferSelect;

/** Endpoints this owner set up: an order's notify_url is the order's own and is not among them. */
function ownEndpoints({ merchantId, live }: Owner): SQL | undefined {
  return and(eq(webhookEndpoints.merchantId, merchantId), eq(webhookEndpoints.live, live), isNull(webhookEndpoints.deletedAt));
}

export async function listOwnEndpoints(tx: Tx, owner: Owner, wanted: Wanted): Promise<Cut<Endpoint>> {
  const { where, orderBy } = windowOf(webhookEndpoints.createdAt, webhookEndpoints.id, wanted);
  const rows = await tx
    .select()
    .from(webhookEndpoints)
    .where(and(ownEndpoints(owner), where))
    .orderBy(...orderBy)
    .limit(wanted.limit + 1);
  return cut(rows, wanted, placeOf);
}

export async function readOwnEndpoint(tx: Tx, owner: Owner, id: string): Promise<Endpoint | null> {
  const [row] = await tx
    .select()
    .from(webhookEndpoints)
    .where(and(ownEndpoints(owner), eq(webhookEndpoints.id, id)));
  return row ?? null;
}

/** An endpoint of this owner's, deleted ones too. */
export async function everOwnEndpoint(tx: Tx, { merchantId, live }: Owner, id: string): Promise<Endpoint | null> {
  const own = and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.merchantId, merchantId), eq(webhookEndpoints.live, live));
  const [row] = await tx.select().from(webhookEndpoints).where(own);
  return row ?? null;
}

/** A delivery's mode is its endpoint's, or its order's where the endpoint is an order's notify_url. */
function ownDeliveries({ merchantId, live }: Owner): SQL | undefined {
  return and(eq(deliveries.merchantId, merchantId), sql`coalesce(${webhookEndpoints.live}, ${orders.live}) = ${live}`);
}

function fromDeliveries(tx: Tx) {
  return tx
    .select({ delivery: deliveries, url: webhookEndpoints.url })
    .from(deliveries)
    .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, deliveries.endpointId))
    .leftJoin(orders, eq(orders.id, deliveries.orderId));
}

export interface DeliveryRow {
  delivery: Delivery;
  url: string;
}

export async function listOwnDeliveries(
  tx: Tx,
  owner: Owner,
  filter: { endpoint?: string | undefined; order?: string | undefined; state?: DeliveryState | undefined },
  wanted: Wanted,
): Promise<Cut<DeliveryRow>> {
  const { where, orderBy } = windowOf(deliveries.createdAt, deliveries.id, wanted);
  const rows = await fromDeliveries(tx)
    .where(
      and(
        ownDeliveries(owner),
        filter.endpoint ? eq(deliveries.endpointId, filter.endpoint) : undefined,
        filter.order ? eq(deliveries.orderId, filter.order) : undefined,
        filter.state ? eq(deliveries.state, filter.state) : undefined,
        where,
      ),
    )
    .orderBy(...orderBy)
    .limit(wanted.limit + 1);
  return cut(rows, wanted, (row) => placeOf(row.delivery));
}

export interface DeliveryWithLog extends DeliveryRow {
  /** What was sent, where the format signs once. */
  message: KeptMessage | null;
  log: DeliveryTry[];
}

/** One delivery with every try that was made, the first one first. */
export async function readOwnDelivery(tx: Tx, owner: Owner, id: string): Promise<DeliveryWithLog | null> {
  const [row] = await fromDeliveries(tx).where(and(ownDeliveries(owner), eq(deliveries.id, id)));
  if (!row) return null;
  const log = await tx.select().from(deliveryTries).where(eq(deliveryTries.deliveryId, id)).orderBy(asc(deliveryTries.number));
  return { ...row, message: openMessage(id, row.delivery.message), log };
}

function placeOf({ createdAt, id }: { createdAt: Date; id: string }): { at: Date; id: string } {
  return { at: createdAt, id };
}
