import { and, eq, sql } from "drizzle-orm";
import type { PgInsertValue } from "drizzle-orm/pg-core";
import { prepared, type Tx } from "#db/client.ts";
import type { Order } from "#db/queries/locks.ts";
import { rowOf } from "#db/rows.ts";
import { orders } from "#db/schema/orders.ts";
import { webhookEndpoints } from "#db/schema/webhooks.ts";
import { newId } from "#lib/domain/ids.ts";

export async function orderByToken(tx: Tx, token: string): Promise<Order | null> {
  const [row] = await prepared(tx, "order_by_token", "select * from orders where token = $1", [token]);
  return row ? rowOf(orders, row) : null;
}

export async function orderById(tx: Tx, id: string): Promise<Order | null> {
  const [row] = await tx.select().from(orders).where(eq(orders.id, id));
  return row ?? null;
}

export async function orderByReference(tx: Tx, merchantId: string, reference: string): Promise<Order | null> {
  const [row] = await tx
    .select()
    .from(orders)
    .where(and(eq(orders.merchantId, merchantId), eq(orders.reference, reference)));
  return row ?? null;
}

/** Writes an order; null when the shop already has one under this reference (nothing is written then). */
export async function insertOrder(tx: Tx, order: PgInsertValue<typeof orders>): Promise<Order | null> {
  const [row] = await tx
    .insert(orders)
    .values(order)
    .onConflictDoNothing({ target: [orders.merchantId, orders.reference] })
    .returning();
  return row ?? null;
}

/** The endpoint of a shop's address, made on first use. */
export async function endpointFor(tx: Tx, merchantId: string, url: string): Promise<string> {
  const [row] = await tx
    .insert(webhookEndpoints)
    .values({ id: newId("endpoint"), merchantId, url })
    .onConflictDoUpdate({ target: [webhookEndpoints.merchantId, webhookEndpoints.url], set: { url: sql`excluded.url` } })
    .returning({ id: webhookEndpoints.id });
  if (!row) throw new Error("endpoint: not written");
  return row.id;
}
