import { and, desc, eq, getTableColumns, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { compatHops, compatKeys } from "#db/schema/compat-keys.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";

export type CompatKey = typeof compatKeys.$inferSelect;

/** The key that signs in with this number; null when unknown, revoked, or its merchant is not active. */
export async function keyByCaller(tx: Tx, gateway: string, callerNo: string): Promise<CompatKey | null> {
  return usableKey(tx, and(eq(compatKeys.gateway, gateway), eq(compatKeys.callerNo, callerNo)));
}

/** The key of a merchant number, for calls that come with nothing else. */
export async function keyByMerchantNo(tx: Tx, gateway: string, merchantNo: string): Promise<CompatKey | null> {
  return usableKey(tx, and(eq(compatKeys.gateway, gateway), eq(compatKeys.merchantNo, merchantNo)));
}

/** The newest key a merchant has at a gateway: signs what an ordinary order's endpoint is told in that gateway's form. */
export async function signingKey(tx: Tx, merchantId: string, gateway: string, live: boolean): Promise<CompatKey | null> {
  const mine = and(eq(compatKeys.merchantId, merchantId), eq(compatKeys.gateway, gateway), eq(compatKeys.live, live));
  const [row] = await tx
    .select()
    .from(compatKeys)
    .where(and(mine, isNull(compatKeys.revokedAt)))
    .orderBy(desc(compatKeys.createdAt), desc(compatKeys.id))
    .limit(1);
  return row ?? null;
}

async function usableKey(tx: Tx, where: SQL | undefined): Promise<CompatKey | null> {
  const [row] = await tx
    .select(getTableColumns(compatKeys))
    .from(compatKeys)
    .innerJoin(merchants, and(eq(merchants.id, compatKeys.merchantId), eq(merchants.active, true)))
    .where(and(where, isNull(compatKeys.revokedAt)));
  return row ?? null;
}

/** Notes that a key was used, at most once a minute. */
export async function touchKey(tx: Tx, id: string): Promise<void> {
  await tx
    .update(compatKeys)
    .set({ lastUsedAt: sql`now()` })
    .where(
      and(
        eq(compatKeys.id, id),
        or(isNull(compatKeys.lastUsedAt), sql`${compatKeys.lastUsedAt} < date_trunc('milliseconds', now()) - interval '1 minute'`),
      ),
    );
}

/** Writes a key; false when one of its numbers is taken. */
export async function insertKey(tx: Tx, key: typeof compatKeys.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(compatKeys).values(key).onConflictDoNothing().returning({ id: compatKeys.id });
  return rows.length === 1;
}

/** A merchant's own key, revoked ones too; null for another's. */
export async function ownKey(tx: Tx, merchantId: string, id: string): Promise<CompatKey | null> {
  const [row] = await tx
    .select()
    .from(compatKeys)
    .where(and(eq(compatKeys.id, id), eq(compatKeys.merchantId, merchantId)));
  return row ?? null;
}

export type ListedKey = CompatKey & { accountTitle: string | null };

/** A merchant's keys, those that work first, newest first; at most 100. */
export async function listCompatKeys(tx: Tx, merchantId: string): Promise<ListedKey[]> {
  return tx
    .select({ ...getTableColumns(compatKeys), accountTitle: gatewayAccounts.title })
    .from(compatKeys)
    .leftJoin(gatewayAccounts, eq(gatewayAccounts.id, compatKeys.accountId))
    .where(eq(compatKeys.merchantId, merchantId))
    .orderBy(sql`${compatKeys.revokedAt} is not null`, desc(compatKeys.createdAt), desc(compatKeys.id))
    .limit(100);
}

/** Changes a key that still works; false when it does not, or is another merchant's. */
export async function changeKey(tx: Tx, merchantId: string, id: string, patch: Partial<typeof compatKeys.$inferInsert>): Promise<boolean> {
  const rows = await tx
    .update(compatKeys)
    .set(patch)
    .where(and(eq(compatKeys.id, id), eq(compatKeys.merchantId, merchantId), isNull(compatKeys.revokedAt)))
    .returning({ id: compatKeys.id });
  return rows.length === 1;
}

/** Keeps where a shopper goes back to once their openid is known; older ones are cleared away. */
export async function insertHop(tx: Tx, hop: { token: string; accountId: string; backUrl: string; parameter: string }): Promise<void> {
  await tx.delete(compatHops).where(sql`${compatHops.expiresAt} < now()`);
  await tx.insert(compatHops).values({ ...hop, expiresAt: sql`now() + interval '10 minutes'` });
}

export async function hopByToken(tx: Tx, accountId: string, token: string): Promise<{ backUrl: string; parameter: string } | null> {
  const [row] = await tx
    .select({ backUrl: compatHops.backUrl, parameter: compatHops.parameter })
    .from(compatHops)
    .where(and(eq(compatHops.token, token), eq(compatHops.accountId, accountId), gt(compatHops.expiresAt, sql`now()`)));
  return row ?? null;
}
