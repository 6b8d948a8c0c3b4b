import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { prepared, type Tx } from "#db/client.ts";
import { apiKeys } from "#db/schema/api-keys.ts";
import { users } from "#db/schema/users.ts";

export type ApiKey = typeof apiKeys.$inferSelect;

/** What a request's key is judged by. */
export interface KnownKey {
  id: string;
  merchantId: string;
  live: boolean;
  scopes: string[];
  ratePerMinute: number;
  revoked: boolean;
  expired: boolean;
  merchantActive: boolean;
}

/** The key with this hash, judged by the database's clock; null when there is none. */
export async function keyByHash(tx: Tx, hash: string): Promise<KnownKey | null> {
  const text = `select k.id, k.merchant_id as "merchantId", k.live, k.scopes, k.rate_per_minute as "ratePerMinute",
      k.revoked_at is not null as revoked, coalesce(k.expires_at <= now(), false) as expired, m.active as "merchantActive"
    from api_keys k join merchants m on m.id = k.merchant_id where k.hash = $1`;
  const [row] = await prepared<KnownKey & Record<string, unknown>>(tx, "api_key_by_hash", text, [hash]);
  return row ?? null;
}

/** Notes that a key was used, at most once a minute. */
export async function touchKey(tx: Tx, id: string): Promise<void> {
  const text =
    "update api_keys set last_used_at = now() where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')";
  await prepared(tx, "api_key_used", text, [id]);
}

export async function insertKey(tx: Tx, key: typeof apiKeys.$inferInsert): Promise<void> {
  await tx.insert(apiKeys).values(key);
}

/** Keys of a merchant that were neither revoked nor have expired: what a new one counts against. */
export async function workingKeys(tx: Tx, merchantId: string): Promise<number> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.merchantId, merchantId),
        isNull(apiKeys.revokedAt),
        sql`(${apiKeys.expiresAt} is null or ${apiKeys.expiresAt} > now())`,
      ),
    );
  return row?.count ?? 0;
}

/** What a key is called; null when there is none. */
export async function keyName(tx: Tx, id: string): Promise<string | null> {
  const [row] = await tx.select({ name: apiKeys.name }).from(apiKeys).where(eq(apiKeys.id, id));
  return row?.name ?? null;
}

/** A merchant's key, under a lock; null for a foreign and for an unknown id alike. */
export async function lockKey(tx: Tx, merchantId: string, id: string): Promise<(ApiKey & { now: Date }) | null> {
  const [row] = await tx
    .select({ key: apiKeys, now: sql<Date>`now()`.mapWith(apiKeys.createdAt) })
    .from(apiKeys)
    .where(and(eq(apiKeys.merchantId, merchantId), eq(apiKeys.id, id)))
    .for("update");
  return row ? { ...row.key, now: row.now } : null;
}

export async function updateKey(tx: Tx, id: string, patch: Partial<typeof apiKeys.$inferInsert>): Promise<void> {
  await tx.update(apiKeys).set(patch).where(eq(apiKeys.id, id));
}

/** A merchant's keys, newest first, with the name of who made each. */
export async function listKeys(tx: Tx, merchantId: string): Promise<(ApiKey & { creator: string | null; working: boolean })[]> {
  const working = sql<boolean>`${apiKeys.revokedAt} is null and (${apiKeys.expiresAt} is null or ${apiKeys.expiresAt} > now())`;
  const rows = await tx
    .select({ key: apiKeys, creator: users.name, working })
    .from(apiKeys)
    .leftJoin(users, eq(users.id, apiKeys.createdBy))
    .where(eq(apiKeys.merchantId, merchantId))
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
    .limit(200);
  return rows.map((row) => ({ ...row.key, creator: row.creator, working: row.working }));
}
