import { and, eq, sql } from "drizzle-orm";
import type { PgInsertValue } from "drizzle-orm/pg-core";
import { prepared, type Tx } from "#db/client.ts";
import type { Order } from "#db/queries/locks.ts";
import { columnsOf, rowOf } from "#db/rows.ts";
import { orders } from "#db/schema/orders.ts";
import { webhookEndpoints } from "#db/schema/webhook-endpoints.ts";
import { newId } from "#lib/domain/ids.ts";

export async function orderByToken(tx: Tx, token: string): Promise<Order | null> {
  const [row] = await prepared(tx, "order_by_token", `select ${columnsOf(orders, "o")} from orders o where o.token = $1`, [token]);
  return row ? rowOf(orders, row) : null;
}

export async function orderById(tx: Tx, id: string): Promise<Order | null> {
  const [row] = await tx.select().from(orders).where(eq(orders.id, id));
  return row ?? null;
}

export async function orderByReference(tx: Tx, merchantId: string, live: boolean, reference: string): Promise<Order | null> {
  const [row] = await tx
    .select()
    .from(orders)
    .where(and(eq(orders.merchantId, merchantId), eq(orders.reference, reference), eq(orders.live, live)));
  return row ?? null;
}

/** Writes an order; null when the shop already has one under this reference (nothing is written then). */
export async function insertOrder(tx: Tx, order: PgInsertValue<typeof orders>): Promise<Order | null> {
  const [row] = await tx
    .insert(orders)
    .values(order)
    .onConflictDoNothing({ target: [orders.merchantId, orders.reference, orders.live] })
    .returning();
  return row ?? null;
}

/**
 * The endpoint of a shop's address in one format, made on first use. Found without writing: an upsert would hold the
 * endpoint's row until the order is committed, and every settlement of the shop that owes it a webhook would wait for it.
 */
export async function endpointFor(tx: Tx, merchantId: string, url: string, format = "standard"): Promise<string> {
  const known = await endpointId(tx, merchantId, url, format);
  if (known) return known;
  const [made] = await tx
    .insert(webhookEndpoints)
    .values({ id: newId("endpoint"), merchantId, url, format })
    .onConflictDoNothing({
      target: [webhookEndpoints.merchantId, webhookEndpoints.url, webhookEndpoints.format],
      where: sql`kind = 'order'`,
    })
    .returning({ id: webhookEndpoints.id });
  // Nothing written: another order made it a moment ago, and its commit was waited for.
  const id = made?.id ?? (await endpointId(tx, merchantId, url, format));
  if (!id) throw new Error("endpoint: neither written nor found");
  return id;
}

async function endpointId(tx: Tx, merchantId: string, url: string, format: string): Promise<string | null> {
  const text = "select id from webhook_endpoints where merchant_id = $1 and url = $2 and format = $3 and kind = 'order'";
  const [row] = await prepared<{ id: string }>(tx, "endpoint_id", text, [merchantId, url, format]);
  return row?.id ?? null;
}
