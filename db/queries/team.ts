import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { merchants } from "#db/schema/merchants.ts";
import { userTotp } from "#db/schema/two-step.ts";
import { memberships, type Role, sessions, users } from "#db/schema/users.ts";

/** A member as the team's screens show them. */
export interface MemberRow {
  id: string;
  name: string;
  email: string;
  role: Role;
  platformAdmin: boolean;
  joinedAt: Date;
  /** At most a minute behind; null: never signed in. */
  lastSeenAt: Date | null;
  twoStep: boolean;
  disabled: boolean;
  /** Still has the one-time password they were given. */
  mustChangePassword: boolean;
  /** Browsers they are signed in with. */
  sessions: number;
}

/** More members than a team has. */
export const MEMBERS_MAX = 500;

const LIVE_SESSION = and(eq(sessions.userId, users.id), isNull(sessions.revokedAt), gt(sessions.expiresAt, sql`now()`));

function columns(tx: Tx) {
  return {
    id: users.id,
    name: users.name,
    email: users.email,
    role: memberships.role,
    platformAdmin: users.platformAdmin,
    joinedAt: memberships.createdAt,
    lastSeenAt: sql<Date | null>`(${tx
      .select({ at: sql`max(coalesce(${sessions.lastSeenAt}, ${sessions.createdAt}))` })
      .from(sessions)
      .where(eq(sessions.userId, users.id))})`.mapWith(sessions.createdAt),
    twoStep: sql<boolean>`exists (${tx
      .select({ one: sql`1` })
      .from(userTotp)
      .where(and(eq(userTotp.userId, users.id), sql`${userTotp.confirmedAt} is not null`))})`,
    disabled: sql<boolean>`${users.disabledAt} is not null`,
    mustChangePassword: users.mustChangePassword,
    sessions: sql<number>`(${tx.select({ count: sql`count(*)::int` }).from(sessions).where(LIVE_SESSION)})`,
  };
}

/** A merchant's members: owners first, then by name. */
export async function listMembers(tx: Tx, merchantId: string): Promise<MemberRow[]> {
  return tx
    .select(columns(tx))
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.merchantId, merchantId))
    .orderBy(sql`array_position(array['owner','admin','operator','viewer'], ${memberships.role})`, asc(users.name), asc(users.id))
    .limit(MEMBERS_MAX);
}

/** One member of this merchant; null for a stranger and for an unknown id alike. */
export async function readMember(tx: Tx, merchantId: string, userId: string): Promise<MemberRow | null> {
  const [row] = await tx
    .select(columns(tx))
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.merchantId, merchantId), eq(memberships.userId, userId)));
  return row ?? null;
}

/** Who counts in a decision about a team. */
export interface LockedTeam {
  /** Role by user id, of people who are not disabled. */
  roles: ReadonlyMap<string, Role>;
  /** Members in all, disabled ones too. */
  all: ReadonlyMap<string, Role>;
  owners: number;
}

/**
 * A merchant's team, held until the commit by the merchant's own row: two owners who lower each other at once leave one. Null for
 * an unknown merchant. The lock is weaker than what an order's foreign key needs, so no payment waits for it.
 */
export async function lockTeam(tx: Tx, merchantId: string): Promise<LockedTeam | null> {
  const held = await tx.select({ id: merchants.id }).from(merchants).where(eq(merchants.id, merchantId)).for("no key update");
  if (held.length === 0) return null;
  const rows = await tx
    .select({ id: users.id, role: memberships.role, disabled: sql<boolean>`${users.disabledAt} is not null` })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.merchantId, merchantId));
  const able = rows.filter((row) => !row.disabled);
  const byId = (list: typeof rows) => new Map(list.map(({ id, role }) => [id, role]));
  return { roles: byId(able), all: byId(rows), owners: able.filter(({ role }) => role === "owner").length };
}

export async function setRole(tx: Tx, merchantId: string, userId: string, role: Role): Promise<void> {
  await tx
    .update(memberships)
    .set({ role })
    .where(and(eq(memberships.merchantId, merchantId), eq(memberships.userId, userId)));
}

export async function insertMember(tx: Tx, merchantId: string, userId: string, role: Role): Promise<void> {
  await tx.insert(memberships).values({ merchantId, userId, role });
}

export async function deleteMember(tx: Tx, merchantId: string, userId: string): Promise<void> {
  await tx.delete(memberships).where(and(eq(memberships.merchantId, merchantId), eq(memberships.userId, userId)));
}

/** The member of a team with this e-mail, or null. */
export async function memberByEmail(tx: Tx, merchantId: string, email: string): Promise<string | null> {
  const [row] = await tx
    .select({ id: users.id })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.merchantId, merchantId), sql`lower(${users.email}) = lower(${email})`));
  return row?.id ?? null;
}

/** A new person; false when somebody has that e-mail already. */
export async function insertUser(tx: Tx, row: typeof users.$inferInsert): Promise<boolean> {
  const made = await tx.insert(users).values(row).onConflictDoNothing().returning({ id: users.id });
  return made.length === 1;
}
