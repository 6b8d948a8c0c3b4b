import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import type { GatewayAccount } from "#db/queries/accounts.ts";
import type { Owner } from "#db/queries/api-orders.ts";
import { type Cut, cut, type Wanted, windowOf } from "#db/queries/api-page.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";

/** A page of this owner's gateway accounts, newest first. */
export async function listOwnAccounts(tx: Tx, { merchantId, live }: Owner, wanted: Wanted): Promise<Cut<GatewayAccount>> {
  const { where, orderBy } = windowOf(gatewayAccounts.createdAt, gatewayAccounts.id, wanted);
  const rows = await tx
    .select()
    .from(gatewayAccounts)
    .where(and(eq(gatewayAccounts.merchantId, merchantId), eq(gatewayAccounts.live, live), where))
    .orderBy(...orderBy)
    .limit(wanted.limit + 1);
  return cut(rows, wanted, ({ createdAt, id }) => ({ at: createdAt, id }));
}

export async function readOwnAccount(tx: Tx, { merchantId, live }: Owner, id: string): Promise<GatewayAccount | null> {
  const [row] = await tx
    .select()
    .from(gatewayAccounts)
    .where(and(eq(gatewayAccounts.id, id), eq(gatewayAccounts.merchantId, merchantId), eq(gatewayAccounts.live, live)));
  return row ?? null;
}
