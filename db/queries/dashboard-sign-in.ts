import { and, eq, gt, inArray, isNull, lte, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { signInFailures, users } from "#db/schema/users.ts";

/** A user as sign-in needs them; disabled users are as good as unknown. */
export async function findUserByEmail(tx: Tx, email: string): Promise<{ id: string; passwordHash: string } | null> {
  const [row] = await tx
    .select({ id: users.id, passwordHash: users.passwordHash })
    .from(users)
    .where(and(sql`lower(${users.email}) = lower(${email})`, isNull(users.disabledAt)));
  return row ?? null;
}

/**
 * Takes one try for every key, or none when any key has used up its limit in the window. The try counts as failed until
 * `forgetTry`. Advisory locks per key make it exact: a hundred parallel guesses are counted one after the other. Call it
 * in a transaction of its own.
 */
export async function takeTry(tx: Tx, keys: readonly { key: string; limit: number }[], windowSeconds: number): Promise<Date | null> {
  const names = keys.map(({ key }) => key).sort();
  for (const name of names) await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
  const since = sql`now() - make_interval(secs => ${windowSeconds})`;
  await tx.delete(signInFailures).where(and(inArray(signInFailures.key, names), lte(signInFailures.at, since)));
  const counts = await tx
    .select({ key: signInFailures.key, count: sql<number>`count(*)::int` })
    .from(signInFailures)
    .where(and(inArray(signInFailures.key, names), gt(signInFailures.at, since)))
    .groupBy(signInFailures.key);
  const used = new Map(counts.map(({ key, count }) => [key, count]));
  if (keys.some(({ key, limit }) => (used.get(key) ?? 0) >= limit)) return null;
  const rows = await tx
    .insert(signInFailures)
    .values(names.map((key) => ({ key })))
    .returning({ at: signInFailures.at });
  return rows[0]?.at ?? null;
}

/** A try that turned out right: the person's failures are forgotten, the address keeps its earlier ones. */
export async function forgetTry(tx: Tx, keys: { person: string; address: string }, at: Date): Promise<void> {
  await tx.delete(signInFailures).where(eq(signInFailures.key, keys.person));
  await tx.delete(signInFailures).where(and(eq(signInFailures.key, keys.address), eq(signInFailures.at, at)));
}
