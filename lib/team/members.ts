import { type Database, db, inTransaction, type Tx } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { revokeSessionsOf } from "#db/queries/dashboard-sessions.ts";
import { deleteMember, type LockedTeam, lockTeam, setRole } from "#db/queries/team.ts";
import type { AuditActor } from "#lib/domain/audit.ts";
import type { MerchantRole } from "#lib/domain/permission.ts";
import { changeProblem, maySignOut, removeProblem, type TeamActor, type TeamProblem } from "#lib/domain/team.ts";

/** Something to be done to one member of a merchant's team, and who does it. */
export interface MemberInput {
  merchantId: string;
  userId: string;
  by: { id: string; platformAdmin: boolean };
  actor: AuditActor;
}

/** `gone`: not, or no longer, a member. */
export type MemberOutcome = { ok: true } | { ok: false; problem: TeamProblem | "gone" };

interface Deciding {
  team: LockedTeam;
  by: TeamActor;
  member: { id: string; role: MerchantRole };
}

/**
 * Gives a member another role. Decided under the team's lock by the roles as they are then, so that two owners who lower each
 * other at once leave an owner. Counts from the person's next request on.
 */
export function changeRole(input: MemberInput & { role: MerchantRole }, database: Database = db()): Promise<MemberOutcome> {
  return decide(database, input, async (tx, { team, by, member }) => {
    const problem = changeProblem(by, member, input.role, ownersBut(team, member));
    if (problem) return { ok: false, problem };
    if (input.role === member.role) return { ok: true };
    await setRole(tx, input.merchantId, member.id, input.role);
    await audit(tx, input, "team.role", { from: member.role, to: input.role });
    return { ok: true };
  });
}

/** Takes a member out of the team. Their account and their other merchants stay; invitations they vouched for work no more. */
export function removeMember(input: MemberInput, database: Database = db()): Promise<MemberOutcome> {
  return decide(database, input, async (tx, { team, by, member }) => {
    const problem = removeProblem(by, member, ownersBut(team, member));
    if (problem) return { ok: false, problem };
    await deleteMember(tx, input.merchantId, member.id);
    await audit(tx, input, "team.remove", { role: member.role });
    return { ok: true };
  });
}

/** Signs a member out everywhere; `exceptSession` is the actor's own when they are the member. */
export function signOutMember(input: MemberInput & { exceptSession: string }, database: Database = db()): Promise<MemberOutcome> {
  return decide(database, input, async (tx, { by, member }) => {
    if (!maySignOut(by, member)) return { ok: false, problem: "forbidden" };
    await revokeSessionsOf(tx, member.id, input.exceptSession);
    await audit(tx, input, "team.sign_out", {});
    return { ok: true };
  });
}

function decide(
  database: Database,
  { merchantId, userId, by }: MemberInput,
  work: (tx: Tx, deciding: Deciding) => Promise<MemberOutcome>,
): Promise<MemberOutcome> {
  return inTransaction(database, async (tx) => {
    const team = await lockTeam(tx, merchantId);
    const role = team?.all.get(userId);
    if (!team || !role) return { ok: false, problem: "gone" };
    return work(tx, { team, by: { ...by, role: team.roles.get(by.id) ?? null }, member: { id: userId, role } });
  });
}

// A disabled owner looks after nothing, so taking them away takes no owner away.
function ownersBut(team: LockedTeam, member: { id: string }): number {
  return team.roles.has(member.id) ? team.owners : team.owners + 1;
}

async function audit(
  tx: Tx,
  { actor, merchantId, userId }: MemberInput,
  action: "team.role" | "team.remove" | "team.sign_out",
  detail: Record<string, string>,
): Promise<void> {
  await appendAudit(tx, { actor, merchantId, action, target: { kind: "user", id: userId }, detail });
}
