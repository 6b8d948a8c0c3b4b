import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { memberships, type Role, sessions, users } from "#db/schema/users.ts";

/** Who is signed in, read anew on each request. `roles` by merchant id. */
export interface SignedIn {
  id: string;
  sessionId: string;
  email: string;
  name: string;
  platformAdmin: boolean;
  mustChangePassword: boolean;
  roles: Record<string, Role>;
}

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
      merchantId: memberships.merchantId,
      role: memberships.role,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(memberships, eq(memberships.userId, users.id))
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt), gt(sessions.expiresAt, sql`now()`), isNull(users.disabledAt)));
  const [first] = rows;
  if (!first) return null;
  const { merchantId: _merchantId, role: _role, ...person } = first;
  const roles: Record<string, Role> = {};
  for (const { merchantId, role } of rows) if (merchantId && role) roles[merchantId] = role;
  return { ...person, roles };
}

/** Starts a session of `hours` by the database's clock. */
export async function insertSession(
  tx: Tx,
  row: { id: string; userId: string; userAgent: string; ip: string; hours: number },
): Promise<void> {
  const { hours, ...values } = row;
  await tx.insert(sessions).values({ ...values, expiresAt: sql`now() + make_interval(hours => ${hours})` });
}

/** Ends one session. Ending it twice changes nothing. */
export async function revokeSession(tx: Tx, sessionId: string): Promise<void> {
  await tx
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)));
}

/** What a password change needs of a user. */
export async function readPasswordHash(tx: Tx, userId: string): Promise<string | null> {
  const [row] = await tx.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, userId));
  return row?.passwordHash ?? null;
}

/** Sets a new password and ends the user's other sessions: whoever knew the old one is out. */
export async function setPassword(tx: Tx, change: { userId: string; passwordHash: string; keepSessionId: string }): Promise<void> {
  await tx.update(users).set({ passwordHash: change.passwordHash, mustChangePassword: false }).where(eq(users.id, change.userId));
  await tx
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.userId, change.userId), isNull(sessions.revokedAt), sql`${sessions.id} <> ${change.keepSessionId}`));
}

/** Whether the person of a session proved themselves, by signing in or since, in the last `minutes`. */
export async function reauthenticatedLately(tx: Tx, sessionId: string, minutes: number): Promise<boolean> {
  const [row] = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        eq(sessions.id, sessionId),
        sql`coalesce(${sessions.reauthenticatedAt}, ${sessions.createdAt}) > now() - make_interval(mins => ${minutes})`,
      ),
    );
  return row !== undefined;
}

/** Writes down that the person of a session has just proved themselves. */
export async function markReauthenticated(tx: Tx, sessionId: string): Promise<void> {
  await tx.update(sessions).set({ reauthenticatedAt: sql`now()` }).where(eq(sessions.id, sessionId));
}
