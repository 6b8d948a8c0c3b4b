import { type Database, db, inTransaction, type Tx } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import {
  type InvitationRow,
  insertInvitation,
  invitationByHash,
  listInvitations,
  readInvitation,
  renewInvitation,
  withdrawInvitation,
} from "#db/queries/invitations.ts";
import { lockTeam, memberByEmail } from "#db/queries/team.ts";
import { sha256Hex } from "#lib/crypto/digest.ts";
import type { AuditActor } from "#lib/domain/audit.ts";
import { isToken, newId, newToken } from "#lib/domain/ids.ts";
import type { MerchantRole } from "#lib/domain/permission.ts";
import { INVITATIONS_MAX, type InvitationStanding, invitationStanding, isEmail, rolesGivenBy, type TeamActor } from "#lib/domain/team.ts";

/** Who invites, into which merchant. */
export interface Inviter {
  merchantId: string;
  by: { id: string; platformAdmin: boolean };
  actor: AuditActor;
}

export type InviteProblem = "email_invalid" | "forbidden" | "already_member" | "already_invited" | "too_many";

/** What was made: `token` is told here and never again. */
export type Invited = { ok: true; id: string; token: string; email: string } | { ok: false; problem: InviteProblem };

/**
 * Asks somebody into a merchant's team: a link that works once, for INVITATION_DAYS. Says nothing about whether the e-mail has an
 * account of another merchant.
 */
export function invite(input: Inviter & { email: string; role: MerchantRole }, database: Database = db()): Promise<Invited> {
  const email = input.email.trim();
  return inTransaction(database, async (tx): Promise<Invited> => {
    if (!isEmail(email)) return { ok: false, problem: "email_invalid" };
    if (!(await mayGive(tx, input, input.role))) return { ok: false, problem: "forbidden" };
    if (await memberByEmail(tx, input.merchantId, email)) return { ok: false, problem: "already_member" };
    if ((await listInvitations(tx, input.merchantId)).length >= INVITATIONS_MAX) return { ok: false, problem: "too_many" };
    const made = await writeInvitation(tx, { ...input, email });
    if (!made) return { ok: false, problem: "already_invited" };
    await auditInvitation(tx, { ...input, id: made.id }, "team.invite", input.role);
    return { ok: true, ...made, email };
  });
}

/** Writes an invitation without asking whether it may be, for a merchant's first owner too; null when there is an open one. Its audit is the caller's. */
export async function writeInvitation(
  tx: Tx,
  { merchantId, email, role, by }: Pick<Inviter, "merchantId"> & { by: { id: string }; email: string; role: MerchantRole },
): Promise<{ id: string; token: string } | null> {
  const id = newId("invitation");
  const token = newToken();
  const made = await insertInvitation(tx, { id, merchantId, email, role, tokenHash: tokenHash(token), invitedBy: by.id });
  return made ? { id, token } : null;
}

export type RenewOutcome =
  | { ok: true; id: string; token: string; email: string; role: MerchantRole }
  | { ok: false; problem: "gone" | "forbidden" };

/** Makes a new link for an invitation that is open or has expired; the old link stops working. Who does it vouches for it from now on. */
export function renew(input: Inviter & { id: string }, database: Database = db()): Promise<RenewOutcome> {
  return inTransaction(database, async (tx): Promise<RenewOutcome> => {
    const found = await ended(tx, input);
    if (!found.ok) return found;
    const token = newToken();
    await renewInvitation(tx, input.id, tokenHash(token), input.by.id);
    await auditInvitation(tx, input, "team.resend", found.row.role);
    return { ok: true, id: input.id, token, email: found.row.email, role: found.row.role };
  });
}

/** Takes an invitation back: its link says so from now on. */
export function withdraw(
  input: Inviter & { id: string },
  database: Database = db(),
): Promise<{ ok: true } | { ok: false; problem: "gone" | "forbidden" }> {
  return inTransaction(database, async (tx) => {
    const found = await ended(tx, input);
    if (!found.ok) return found;
    await withdrawInvitation(tx, input.id);
    await auditInvitation(tx, input, "team.withdraw", found.row.role);
    return { ok: true };
  });
}

/** What a link leads to; null when no invitation has it. */
export async function invitationOf(tx: Tx, token: string): Promise<{ row: InvitationRow; standing: InvitationStanding } | null> {
  const row = isToken(token) ? await invitationByHash(tx, tokenHash(token)) : null;
  return row && { row, standing: invitationStanding(row, row.now) };
}

/** What is kept of a link's token. */
export function tokenHash(token: string): string {
  return sha256Hex(`invitation ${token}`);
}

// The team's lock first: whoever accepts this invitation at the same time is waited for.
async function ended(
  tx: Tx,
  input: Inviter & { id: string },
): Promise<{ ok: true; row: InvitationRow } | { ok: false; problem: "gone" | "forbidden" }> {
  const allowed = await givenRoles(tx, input);
  const row = await readInvitation(tx, input.merchantId, input.id);
  if (!row || row.acceptedAt || row.withdrawnAt) return { ok: false, problem: "gone" };
  return allowed.includes(row.role) ? { ok: true, row } : { ok: false, problem: "forbidden" };
}

async function mayGive(tx: Tx, input: Inviter, role: MerchantRole): Promise<boolean> {
  return (await givenRoles(tx, input)).includes(role);
}

async function givenRoles(tx: Tx, { merchantId, by }: Inviter): Promise<readonly MerchantRole[]> {
  const team = await lockTeam(tx, merchantId);
  if (!team) return [];
  const actor: TeamActor = { ...by, role: team.roles.get(by.id) ?? null };
  return rolesGivenBy(actor);
}

/** Writes what was done about an invitation into the audit. */
export async function auditInvitation(
  tx: Tx,
  { actor, merchantId, id }: { actor: AuditActor; merchantId: string; id: string },
  action: "team.invite" | "team.resend" | "team.withdraw" | "team.join",
  role: MerchantRole,
): Promise<void> {
  await appendAudit(tx, { actor, merchantId, action, target: { kind: "invitation", id }, detail: { role } });
}
