import { and, asc, eq, getTableColumns } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import type { Routing } from "#lib/domain/routing.ts";

export type GatewayAccount = typeof gatewayAccounts.$inferSelect;

export async function accountById(tx: Tx, id: string): Promise<GatewayAccount | null> {
  const [row] = await tx.select().from(gatewayAccounts).where(eq(gatewayAccounts.id, id));
  return row ?? null;
}

/** An active merchant's active accounts as it ordered them, and how it wants them tried. Test and live money never mix. */
export async function activeAccounts(tx: Tx, merchantId: string, live: boolean): Promise<{ routing: Routing; accounts: GatewayAccount[] }> {
  const rows = await tx
    .select({ routing: merchants.routing, account: getTableColumns(gatewayAccounts) })
    .from(gatewayAccounts)
    .innerJoin(merchants, and(eq(merchants.id, gatewayAccounts.merchantId), eq(merchants.active, true)))
    .where(and(eq(gatewayAccounts.merchantId, merchantId), eq(gatewayAccounts.live, live), eq(gatewayAccounts.active, true)))
    .orderBy(asc(gatewayAccounts.position), asc(gatewayAccounts.id));
  return { routing: rows[0]?.routing ?? "first", accounts: rows.map((row) => row.account) };
}
