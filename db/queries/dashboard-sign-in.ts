import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { type SignInOutcome, signIns } from "#db/schema/sign-ins.ts";
import { signInSteps, userTotp } from "#db/schema/two-step.ts";
import { signInFailures, users } from "#db/schema/users.ts";
import { type Failures, type TryRule, waitSeconds } from "#lib/domain/tries.ts";

/** A user as sign-in needs them; disabled users are as good as unknown. */
export interface SigningIn {
  id: string;
  email: string;
  name: string;
  passwordHash: string;
  /** Whether a code is asked for after the password. */
  twoStep: boolean;
}

const SIGNING_IN = {
  id: users.id,
  email: users.email,
  name: users.name,
  passwordHash: users.passwordHash,
  twoStep: sql<boolean>`${userTotp.confirmedAt} is not null`,
};

export async function findUserByEmail(tx: Tx, email: string): Promise<SigningIn | null> {
  const [row] = await tx
    .select(SIGNING_IN)
    .from(users)
    .leftJoin(userTotp, eq(userTotp.userId, users.id))
    .where(and(sql`lower(${users.email}) = lower(${email})`, isNull(users.disabledAt)));
  return row ?? null;
}

/**
 * Whether a person still is as they were read: same password, second step as it was, not disabled; and holds that until the commit.
 * Checking a password takes long, and who hammers at sign-in with the old one must not come in after it was changed, nor past a
 * second step that was just switched on.
 */
export async function holdUnchanged(tx: Tx, user: SigningIn): Promise<boolean> {
  const [now] = await tx
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(users.id, user.id), isNull(users.disabledAt)))
    .for("share");
  if (now?.passwordHash !== user.passwordHash) return false;
  // A statement of its own: what was committed while the first one waited is seen.
  const [totp] = await tx.select({ confirmedAt: userTotp.confirmedAt }).from(userTotp).where(eq(userTotp.userId, user.id));
  return (totp?.confirmedAt != null) === user.twoStep;
}

/** A try that was counted, or how long the next one has to wait. */
export type Try = { at: Date } | { waitSeconds: number };

/**
 * Takes one try under every rule, or none when any of them says to wait. The try counts as failed until it is forgotten.
 * Advisory locks per key make it exact: a hundred parallel guesses are counted one after the other. Call it in a
 * transaction of its own.
 */
export async function takeTry(tx: Tx, rules: readonly TryRule[]): Promise<Try> {
  const sorted = [...rules].sort((a, b) => (a.key < b.key ? -1 : 1));
  const keys = sorted.map(({ key }) => key);
  for (const key of keys) await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
  const table = sql`unnest(${sql.param(keys)}::text[], ${sql.param(sorted.map((rule) => rule.windowSeconds))}::int[]) as rule(key, seconds)`;
  const gone = sql`clock_timestamp() - make_interval(secs => rule.seconds)`;
  await tx.execute(sql`delete from ${signInFailures} f using ${table} where f.key = rule.key and f.at <= ${gone}`);
  const { rows } = await tx.execute<{ key: string; count: number; oldest: number; newest: number }>(sql`
    select f.key, count(*)::int as count, extract(epoch from clock_timestamp() - min(f.at))::float8 as oldest,
      extract(epoch from clock_timestamp() - max(f.at))::float8 as newest
    from ${signInFailures} f join ${table} on f.key = rule.key group by f.key`);
  const found = new Map(rows.map((row) => [row.key, failuresOf(row)]));
  const wait = Math.max(0, ...sorted.map((rule) => waitSeconds(rule, found.get(rule.key) ?? NONE)));
  if (wait > 0) return { waitSeconds: wait };
  // One instant for all keys, by which this very try is found again.
  const counted = await tx.execute<{ at: Date | string }>(sql`
    with clock as materialized (select date_trunc('milliseconds', clock_timestamp()) as at)
    insert into ${signInFailures} (key, at) select key, clock.at from unnest(${sql.param(keys)}::text[]) as key, clock returning at`);
  return { at: new Date(counted.rows[0]?.at ?? 0) };
}

const NONE: Failures = { count: 0, oldestAgeSeconds: 0, newestAgeSeconds: 0 };

function failuresOf(row: { count: number; oldest: number; newest: number }): Failures {
  return { count: row.count, oldestAgeSeconds: row.oldest, newestAgeSeconds: row.newest };
}

/** A try that turned out right is forgotten; under `whole` keys all failures are. */
export async function forgetTry(tx: Tx, rules: readonly TryRule[], whole: readonly string[], at: Date): Promise<void> {
  const keys = rules.map(({ key }) => key);
  if (whole.length > 0) await tx.delete(signInFailures).where(inArray(signInFailures.key, [...whole]));
  await tx.delete(signInFailures).where(and(inArray(signInFailures.key, keys), eq(signInFailures.at, at)));
}

/** Begins the second step of a sign-in; what earlier ones of this person have run out is cleared away. */
export async function insertSignInStep(tx: Tx, row: { id: string; userId: string; minutes: number }): Promise<void> {
  const { minutes, ...values } = row;
  await tx.delete(signInSteps).where(and(eq(signInSteps.userId, row.userId), sql`${signInSteps.expiresAt} <= now()`));
  await tx.insert(signInSteps).values({ ...values, expiresAt: sql`now() + make_interval(mins => ${minutes})` });
}

/** Whose second step this is, while it lasts and they may still sign in. */
export async function readSignInStep(tx: Tx, id: string): Promise<SigningIn | null> {
  const [row] = await tx
    .select(SIGNING_IN)
    .from(signInSteps)
    .innerJoin(users, eq(users.id, signInSteps.userId))
    .leftJoin(userTotp, eq(userTotp.userId, users.id))
    .where(and(eq(signInSteps.id, id), sql`${signInSteps.expiresAt} > now()`, isNull(users.disabledAt)));
  return row ?? null;
}

/** Holds a second step until the transaction ends, so that it is finished by one at a time; false when it has been, or ran out. */
export async function holdSignInStep(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx
    .select({ id: signInSteps.id })
    .from(signInSteps)
    .where(and(eq(signInSteps.id, id), sql`${signInSteps.expiresAt} > now()`))
    .for("update");
  return rows.length > 0;
}

/** Uses a second step up that is held. */
export async function endSignInStep(tx: Tx, id: string): Promise<void> {
  await tx.delete(signInSteps).where(eq(signInSteps.id, id));
}

/** Longest window of any rule on tries (lib/tries.ts: codes of a day), with an hour to spare. */
const OLDEST_TRY_HOURS = 25;

/** Deletes failed tries no rule looks at any more, and second steps that ran out; at most `most` of each. How many went. */
export async function purgeSignInRows(tx: Tx, most: number): Promise<number> {
  const { rows } = await tx.execute<{ gone: number }>(sql`
    with f as (delete from ${signInFailures} where ctid in (
        select ctid from ${signInFailures} where at < now() - make_interval(hours => ${OLDEST_TRY_HOURS}) limit ${most}) returning 1),
      s as (delete from ${signInSteps} where ctid in (
        select ctid from ${signInSteps} where expires_at < now() limit ${most}) returning 1)
    select ((select count(*) from f) + (select count(*) from s))::int as gone`);
  return rows[0]?.gone ?? 0;
}

/** How many sign-ins of a person are kept, of those that came in and of those that did not. */
const KEPT_SIGN_INS = 50;

/** Writes down how a person's sign-in ended, and forgets what is too old: a guesser cannot push out what came in before. */
export async function insertSignIn(tx: Tx, row: { userId: string; outcome: SignInOutcome; ip: string; userAgent: string }): Promise<void> {
  await tx.insert(signIns).values({ ...row, ip: row.ip.slice(0, 64), userAgent: row.userAgent.slice(0, 300) });
  const failed = sql`outcome like 'wrong%'`;
  await tx.execute(sql`
    delete from ${signIns} where user_id = ${row.userId} and id in (
      select id from ${signIns} where user_id = ${row.userId} and (${failed}) = ${row.outcome.startsWith("wrong")}
      order by id desc offset ${KEPT_SIGN_INS})`);
}
