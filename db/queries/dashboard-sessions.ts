import { and, desc, eq, gt, isNull, ne, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { merchants } from "#db/schema/merchants.ts";
import { signIns } from "#db/schema/sign-ins.ts";
import { signInSteps, userTotp } from "#db/schema/two-step.ts";
import { memberships, type Role, sessions, users } from "#db/schema/users.ts";
import { PROOF_MINUTES } from "#lib/domain/proof.ts";

/** Who is signed in, read anew on each request. `roles` by merchant id. */
export interface SignedIn {
  id: string;
  sessionId: string;
  email: string;
  name: string;
  platformAdmin: boolean;
  mustChangePassword: boolean;
  /** Two-step sign-in is on. */
  twoStep: boolean;
  /** A merchant of theirs that asks its members for two-step sign-in. */
  twoStepAskedBy: string | null;
  /** Asked for, and not on: nothing else before that. */
  mustEnrol: boolean;
  /** Proved within the last ten minutes, in this session, who they are. */
  proven: boolean;
  /** This session was not seen for a minute: `touchSession` is due. */
  unseen: boolean;
  roles: Record<string, Role>;
}

const WORKS = and(isNull(sessions.revokedAt), gt(sessions.expiresAt, sql`now()`));

/** The person of a session that is neither over nor revoked and whose user is not disabled, else null. One round trip. */
export async function readSession(tx: Tx, sessionId: string): Promise<SignedIn | null> {
  const rows = await tx
    .select({
      id: users.id,
      sessionId: sessions.id,
      email: users.email,
      name: users.name,
      platformAdmin: users.platformAdmin,
      mustChangePassword: users.mustChangePassword,
      twoStep: sql<boolean>`${userTotp.confirmedAt} is not null`,
      proven: sql<boolean>`coalesce(${sessions.reauthenticatedAt} > now() - make_interval(mins => ${PROOF_MINUTES}), false)`,
      unseen: sql<boolean>`coalesce(${sessions.lastSeenAt} < now() - interval '1 minute', true)`,
      merchantId: memberships.merchantId,
      role: memberships.role,
      askedBy: sql<string | null>`case when ${merchants.requireTotp} then ${merchants.name} end`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(userTotp, eq(userTotp.userId, users.id))
    .leftJoin(memberships, eq(memberships.userId, users.id))
    .leftJoin(merchants, eq(merchants.id, memberships.merchantId))
    .where(and(eq(sessions.id, sessionId), WORKS, isNull(users.disabledAt)));
  const [first] = rows;
  if (!first) return null;
  const { merchantId: _merchantId, role: _role, askedBy: _askedBy, ...person } = first;
  const roles: Record<string, Role> = {};
  for (const { merchantId, role } of rows) if (merchantId && role) roles[merchantId] = role;
  const twoStepAskedBy = rows.find(({ askedBy }) => askedBy !== null)?.askedBy ?? null;
  return { ...person, roles, twoStepAskedBy, mustEnrol: !person.twoStep && twoStepAskedBy !== null };
}

/** Starts a session of `hours` by the database's clock, for somebody who has just shown who they are. */
export async function insertSession(
  tx: Tx,
  row: { id: string; userId: string; userAgent: string; ip: string; hours: number },
): Promise<void> {
  const { hours, ...values } = row;
  await tx.insert(sessions).values({
    ...values,
    expiresAt: sql`now() + make_interval(hours => ${hours})`,
    reauthenticatedAt: sql`now()`,
    lastSeenAt: sql`now()`,
  });
}

/** Writes down that a session is used; at most once a minute, however many requests come at once. */
export async function touchSession(tx: Tx, sessionId: string): Promise<void> {
  await tx
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .where(and(eq(sessions.id, sessionId), sql`coalesce(${sessions.lastSeenAt} < now() - interval '1 minute', true)`));
}

/** Writes down that the person has just proved in this session who they are. */
export async function proveSession(tx: Tx, sessionId: string): Promise<void> {
  await tx.update(sessions).set({ reauthenticatedAt: sql`now()` }).where(eq(sessions.id, sessionId));
}

/** A session in place of another counts as proven since when the other did, no longer. */
export async function keepProof(tx: Tx, from: string, to: string): Promise<void> {
  const since = tx.select({ at: sessions.reauthenticatedAt }).from(sessions).where(eq(sessions.id, from));
  await tx
    .update(sessions)
    .set({ reauthenticatedAt: sql`(${since})` })
    .where(eq(sessions.id, to));
}

/** Ends one session. Ending it twice changes nothing. */
export async function revokeSession(tx: Tx, sessionId: string): Promise<void> {
  await tx
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)));
}

/** Ends one of a person's own sessions; false when they have no such one. */
export async function revokeOwnSession(tx: Tx, userId: string, sessionId: string): Promise<boolean> {
  const rows = await tx
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId), WORKS))
    .returning({ id: sessions.id });
  return rows.length > 0;
}

/**
 * Holds a person against sign-ins until the commit: one that is under way is waited for, and later ones wait and then look
 * again (`holdUnchanged`). Before `lockTotp`, in every transaction that takes both.
 */
export async function lockPerson(tx: Tx, userId: string): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("no key update");
}

/**
 * Ends all of a person's sessions, and sign-ins that wait for a code, but for one session when `except` names it. How many
 * working sessions it ended.
 */
export async function revokeSessionsOf(tx: Tx, userId: string, except?: string): Promise<number> {
  await lockPerson(tx, userId);
  await tx.delete(signInSteps).where(eq(signInSteps.userId, userId));
  const rows = await tx
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.userId, userId), WORKS, except === undefined ? undefined : ne(sessions.id, except)))
    .returning({ id: sessions.id });
  return rows.length;
}

/** What a password change needs of a user. */
export async function readPasswordHash(tx: Tx, userId: string): Promise<string | null> {
  const [row] = await tx.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, userId));
  return row?.passwordHash ?? null;
}

/** Sets a new password and ends the user's other sessions: whoever knew the old one is out. */
export async function setPassword(tx: Tx, change: { userId: string; passwordHash: string; keepSessionId: string }): Promise<void> {
  await tx.update(users).set({ passwordHash: change.passwordHash, mustChangePassword: false }).where(eq(users.id, change.userId));
  await revokeSessionsOf(tx, change.userId, change.keepSessionId);
}

/** A working session as its owner sees it. */
export interface OwnSession {
  id: string;
  userAgent: string;
  ip: string;
  createdAt: Date;
  lastSeenAt: Date;
}

/** Most sessions a person is shown, those used last first. */
const MOST_SESSIONS = 50;

export async function readOwnSessions(tx: Tx, userId: string): Promise<OwnSession[]> {
  const seen = sql<Date>`coalesce(${sessions.lastSeenAt}, ${sessions.createdAt})`.mapWith(sessions.createdAt);
  return tx
    .select({ id: sessions.id, userAgent: sessions.userAgent, ip: sessions.ip, createdAt: sessions.createdAt, lastSeenAt: seen })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), WORKS))
    .orderBy(desc(seen), desc(sessions.id))
    .limit(MOST_SESSIONS);
}

/** How a person's last sign-ins ended, newest first. */
export async function readSignIns(tx: Tx, userId: string, most: number) {
  const { id, outcome, ip, userAgent, at } = signIns;
  return tx.select({ id, outcome, ip, userAgent, at }).from(signIns).where(eq(signIns.userId, userId)).orderBy(desc(id)).limit(most);
}
