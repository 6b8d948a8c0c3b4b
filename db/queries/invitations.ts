import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { invitations } from "#db/schema/invitations.ts";
import { merchants } from "#db/schema/merchants.ts";
import { memberships, type Role, users } from "#db/schema/users.ts";
import { INVITATION_DAYS } from "#lib/domain/team.ts";

/** An invitation, with who vouches for it as they stand now and the database's clock. Its token is nowhere. */
export interface InvitationRow {
  id: string;
  merchantId: string;
  merchantName: string;
  timeZone: string;
  email: string;
  role: Role;
  expiresAt: Date;
  mailedAt: Date | null;
  acceptedAt: Date | null;
  withdrawnAt: Date | null;
  createdAt: Date;
  inviter: { id: string; name: string; role: Role | null; platformAdmin: boolean; disabled: boolean };
  now: Date;
}

function selected(tx: Tx) {
  return tx
    .select({
      id: invitations.id,
      merchantId: invitations.merchantId,
      merchantName: merchants.name,
      timeZone: merchants.timeZone,
      email: invitations.email,
      role: invitations.role,
      expiresAt: invitations.expiresAt,
      mailedAt: invitations.mailedAt,
      acceptedAt: invitations.acceptedAt,
      withdrawnAt: invitations.withdrawnAt,
      createdAt: invitations.createdAt,
      inviterId: users.id,
      inviterName: users.name,
      inviterRole: memberships.role,
      inviterPlatform: users.platformAdmin,
      inviterDisabled: sql<boolean>`${users.disabledAt} is not null`,
      now: sql<Date>`now()`.mapWith(invitations.createdAt),
    })
    .from(invitations)
    .innerJoin(merchants, eq(merchants.id, invitations.merchantId))
    .innerJoin(users, eq(users.id, invitations.invitedBy))
    .leftJoin(memberships, and(eq(memberships.userId, users.id), eq(memberships.merchantId, invitations.merchantId)));
}

type Flat = Awaited<ReturnType<ReturnType<typeof selected>["execute"]>>[number];

function rowOf({ inviterId, inviterName, inviterRole, inviterPlatform, inviterDisabled, ...row }: Flat): InvitationRow {
  const inviter = { id: inviterId, name: inviterName, role: inviterRole, platformAdmin: inviterPlatform, disabled: inviterDisabled };
  return { ...row, inviter };
}

/** The invitations of a merchant that were neither used nor withdrawn, newest first. */
export async function listInvitations(tx: Tx, merchantId: string): Promise<InvitationRow[]> {
  const rows = await selected(tx)
    .where(and(eq(invitations.merchantId, merchantId), isNull(invitations.acceptedAt), isNull(invitations.withdrawnAt)))
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(200);
  return rows.map(rowOf);
}

/** One invitation of this merchant; null for a foreign and for an unknown id alike. */
export async function readInvitation(tx: Tx, merchantId: string, id: string): Promise<InvitationRow | null> {
  const [row] = await selected(tx).where(and(eq(invitations.merchantId, merchantId), eq(invitations.id, id)));
  return row ? rowOf(row) : null;
}

/** The invitation whose link has this hash, or null. */
export async function invitationByHash(tx: Tx, tokenHash: string): Promise<InvitationRow | null> {
  const [row] = await selected(tx).where(eq(invitations.tokenHash, tokenHash));
  return row ? rowOf(row) : null;
}

const END = sql`now() + make_interval(days => ${INVITATION_DAYS})`;

/** Writes an invitation that works for INVITATION_DAYS; false when the e-mail has an open one in this merchant. */
export async function insertInvitation(
  tx: Tx,
  row: { id: string; merchantId: string; email: string; role: Role; tokenHash: string; invitedBy: string },
): Promise<boolean> {
  const made = await tx
    .insert(invitations)
    .values({ ...row, expiresAt: END })
    .onConflictDoNothing()
    .returning({ id: invitations.id });
  return made.length === 1;
}

/** Puts a new link in place of the old one, vouched for by somebody. */
export async function renewInvitation(tx: Tx, id: string, tokenHash: string, invitedBy: string): Promise<void> {
  await tx.update(invitations).set({ tokenHash, invitedBy, expiresAt: END, mailedAt: null }).where(eq(invitations.id, id));
}

export async function withdrawInvitation(tx: Tx, id: string): Promise<void> {
  await tx.update(invitations).set({ withdrawnAt: sql`now()` }).where(eq(invitations.id, id));
}

export async function acceptInvitation(tx: Tx, id: string, userId: string): Promise<void> {
  await tx.update(invitations).set({ acceptedAt: sql`now()`, acceptedBy: userId }).where(eq(invitations.id, id));
}

/** Notes that the present link was sent by e-mail. */
export async function noteMailed(tx: Tx, id: string, tokenHash: string): Promise<void> {
  await tx
    .update(invitations)
    .set({ mailedAt: sql`now()` })
    .where(and(eq(invitations.id, id), eq(invitations.tokenHash, tokenHash)));
}
