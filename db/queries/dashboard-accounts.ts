import { and, asc, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import type { Routing } from "#lib/domain/routing.ts";

export type AccountRow = typeof gatewayAccounts.$inferSelect;
/** An account without its sealed credentials: what a list shows. `insecure`: it may speak plain http (lib/payments/transport.ts). */
export type AccountListRow = Omit<AccountRow, "credentials" | "settings"> & { insecure: boolean };

/** A merchant's gateway accounts in the order they are tried. */
export async function listAccounts(tx: Tx, merchantId: string): Promise<AccountListRow[]> {
  return tx
    .select({
      id: gatewayAccounts.id,
      merchantId: gatewayAccounts.merchantId,
      gateway: gatewayAccounts.gateway,
      title: gatewayAccounts.title,
      baseUrl: gatewayAccounts.baseUrl,
      live: gatewayAccounts.live,
      active: gatewayAccounts.active,
      position: gatewayAccounts.position,
      weight: gatewayAccounts.weight,
      amountWindows: gatewayAccounts.amountWindows,
      insecure: sql<boolean>`coalesce(${gatewayAccounts.settings} -> 'insecureTransport' = 'true'::jsonb, false)`,
      createdAt: gatewayAccounts.createdAt,
    })
    .from(gatewayAccounts)
    .where(eq(gatewayAccounts.merchantId, merchantId))
    .orderBy(asc(gatewayAccounts.position), asc(gatewayAccounts.id))
    .limit(200);
}

/** One account of this merchant with its sealed credentials; null for a foreign and for an unknown id alike. */
export async function readAccount(tx: Tx, merchantId: string, accountId: string): Promise<AccountRow | null> {
  const [row] = await tx
    .select()
    .from(gatewayAccounts)
    .where(and(eq(gatewayAccounts.id, accountId), eq(gatewayAccounts.merchantId, merchantId)));
  return row ?? null;
}

export async function insertAccount(tx: Tx, row: typeof gatewayAccounts.$inferInsert): Promise<void> {
  await tx.insert(gatewayAccounts).values(row);
}

/** Changes an account of this merchant. Its gateway never changes: old payments are asked about through it. */
export async function updateAccount(
  tx: Tx,
  merchantId: string,
  accountId: string,
  change: Pick<AccountRow, "title" | "baseUrl" | "credentials" | "settings" | "live" | "active" | "position" | "weight" | "amountWindows">,
): Promise<void> {
  await tx
    .update(gatewayAccounts)
    .set(change)
    .where(and(eq(gatewayAccounts.id, accountId), eq(gatewayAccounts.merchantId, merchantId)));
}

/** How a merchant's accounts are ordered when several have a method. */
export async function readRouting(tx: Tx, merchantId: string): Promise<Routing> {
  const [row] = await tx.select({ routing: merchants.routing }).from(merchants).where(eq(merchants.id, merchantId));
  return row?.routing ?? "first";
}

export async function updateRouting(tx: Tx, merchantId: string, routing: Routing): Promise<void> {
  await tx.update(merchants).set({ routing }).where(eq(merchants.id, merchantId));
}
