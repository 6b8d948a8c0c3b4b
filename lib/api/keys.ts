import { createHash } from "node:crypto";
import { z } from "zod";
import { type Database, db, inTransaction } from "#db/client.ts";
import { insertKey, lockKey, updateKey, workingKeys } from "#db/queries/api-keys.ts";
import { type Also, nothingAlong } from "#db/queries/audit.ts";
import { forgetKeys } from "#lib/api/known-keys.ts";
import { SCOPES } from "#lib/api/scopes.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { newId, newToken } from "#lib/domain/ids.ts";

/** A merchant's keys that work at the same time. */
export const KEYS_MAX = 50;
/** How long an old key may go on beside the one that takes its place, in hours. */
export const OVERLAP_HOURS = [0, 1, 24, 72, 168] as const;

export const NEW_KEY = z.strictObject({
  merchantId: z.string(),
  live: z.boolean(),
  name: z.string().trim().min(1).max(60),
  scopes: z.array(z.enum(SCOPES)).min(1),
  /** A user's id. */
  createdBy: z.string(),
  expiresAt: z.date().nullable().default(null),
  ratePerMinute: z.number().int().positive().optional(),
});
export type NewKey = z.input<typeof NEW_KEY>;

/** SHA-256 of a key, hex: what is kept of it. */
export function keyHash(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Makes a key. Its `secret` is told here and never again. Problem: too_many_requests (a merchant has KEYS_MAX that work). */
export async function createKey(
  input: NewKey,
  database: Database = db(),
  also: Also = nothingAlong,
): Promise<Result<{ id: string; secret: string }>> {
  const { scopes, ...wanted } = NEW_KEY.parse(input);
  return inTransaction(database, async (tx) => {
    if ((await workingKeys(tx, wanted.merchantId)) >= KEYS_MAX) return fail("too_many_requests");
    const made = secretOf(wanted.live);
    const id = newId("apiKey");
    await insertKey(tx, { ...wanted, id, scopes: [...new Set(scopes)], ...made.kept });
    await also(tx, id);
    return { ok: true, value: { id, secret: made.secret } };
  });
}

/**
 * Makes a key that takes another's place, with its name, mode, scopes and lifetime: a key that was to end after 30 days does not
 * become one that never ends. The old one goes on for `overlapHours`, never longer than it would have. Problem: forbidden
 * (unknown, foreign, a key that does not work any more, or one that another has taken the place of already).
 */
export async function rollKey(
  input: { merchantId: string; keyId: string; overlapHours: (typeof OVERLAP_HOURS)[number]; actor: string },
  database: Database = db(),
  also: Also = nothingAlong,
): Promise<Result<{ id: string; secret: string }>> {
  const rolled = await inTransaction(database, async (tx): Promise<Result<{ id: string; secret: string }>> => {
    const old = await lockKey(tx, input.merchantId, input.keyId);
    if (!old || old.revokedAt || old.replacedBy || (old.expiresAt && old.expiresAt <= old.now)) return fail("forbidden");
    const made = secretOf(old.live);
    const id = newId("apiKey");
    const { merchantId, live, name, scopes, ratePerMinute } = old;
    const expiresAt = old.expiresAt && new Date(old.now.getTime() + old.expiresAt.getTime() - old.createdAt.getTime());
    await insertKey(tx, { id, merchantId, live, name, scopes, ratePerMinute, expiresAt, createdBy: input.actor, ...made.kept });
    const until = new Date(old.now.getTime() + input.overlapHours * 3_600_000);
    await updateKey(tx, old.id, { replacedBy: id, expiresAt: old.expiresAt && old.expiresAt < until ? old.expiresAt : until });
    await also(tx, old.id);
    return { ok: true, value: { id, secret: made.secret } };
  });
  forgetKeys();
  return rolled;
}

/** Ends a key at once in this process, and within two seconds in every other. Problem: forbidden (unknown or foreign). */
export async function revokeKey(
  input: { merchantId: string; keyId: string },
  database: Database = db(),
  also: Also = nothingAlong,
): Promise<Result<void>> {
  const revoked = await inTransaction(database, async (tx): Promise<Result<void>> => {
    const key = await lockKey(tx, input.merchantId, input.keyId);
    if (!key) return fail("forbidden");
    if (!key.revokedAt) await updateKey(tx, key.id, { revokedAt: key.now });
    await also(tx, key.id);
    return { ok: true, value: undefined };
  });
  forgetKeys();
  return revoked;
}

function secretOf(live: boolean): { secret: string; kept: { hash: string; lastFour: string } } {
  const secret = `sk_${live ? "live" : "test"}_${newToken()}`;
  return { secret, kept: { hash: keyHash(secret), lastFour: secret.slice(-4) } };
}
