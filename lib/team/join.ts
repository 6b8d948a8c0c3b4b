import { type Database, db, inTransaction, type Tx } from "#db/client.ts";
import { insertSession } from "#db/queries/dashboard-sessions.ts";
import { acceptInvitation, type InvitationRow } from "#db/queries/invitations.ts";
import { insertMember, insertUser, lockTeam } from "#db/queries/team.ts";
import { storableText } from "#db/storable.ts";
import type { AuditActor } from "#lib/domain/audit.ts";
import { newId } from "#lib/domain/ids.ts";
import type { InvitationStanding } from "#lib/domain/team.ts";
import { hashPassword, type NewPasswordProblem, newPasswordProblem } from "#lib/password.ts";
import { SESSION_HOURS } from "#lib/sign-in.ts";
import { auditInvitation, invitationOf } from "#lib/team/invitations.ts";

/** Longest name of a person, in characters. */
export const NAME_MAX = 60;

/** Why a link does not let one in: it leads nowhere (`unknown`), or stands otherwise than open. */
export type LinkProblem = "unknown" | Exclude<InvitationStanding, "open">;

export type JoinProblem = LinkProblem | "other_email" | "already_member";

/**
 * Makes a signed-in person a member by an invitation's link. Only for whom it was made: the account's e-mail must be the
 * invitation's (`other_email`). A membership that is there is never changed by a link (`already_member`).
 */
export function joinTeam(
  input: { token: string; user: { id: string; email: string }; actor: AuditActor },
  database: Database = db(),
): Promise<{ ok: true; merchantId: string } | { ok: false; problem: JoinProblem }> {
  return inTransaction(database, async (tx) => {
    const found = await held(tx, input.token);
    if (!found.ok) return found;
    const { row, members } = found;
    if (row.email.toLowerCase() !== input.user.email.toLowerCase()) return { ok: false, problem: "other_email" };
    if (members.has(input.user.id)) return { ok: false, problem: "already_member" };
    await enter(tx, row, input.user.id, input.actor);
    return { ok: true, merchantId: row.merchantId };
  });
}

export interface SignUp {
  token: string;
  name: string;
  password: string;
  again: string;
  locale: string;
  ip: string;
  userAgent: string;
}

/** What stands in the way of signing up, at which field. `form`: nothing of what was typed is wrong. */
export type SignUpProblem =
  | { field: "form"; problem: LinkProblem | "not_possible" }
  | { field: "name"; problem: "missing" | "long" }
  | { field: "password"; problem: Exclude<NewPasswordProblem, "different"> }
  | { field: "again"; problem: "different" };

/**
 * Makes an account for whoever holds an invitation's link, puts it into the team and signs it in. Where the e-mail has an account
 * already nothing is changed, and all that is said is that this was not possible: they sign in first and open the link again.
 */
export async function signUp(
  input: SignUp,
  database: Database = db(),
): Promise<{ ok: true; sessionId: string; userId: string; merchantId: string } | ({ ok: false } & SignUpProblem)> {
  const open = await invitationOf(database, input.token);
  if (open?.standing !== "open") return { ok: false, field: "form", problem: open?.standing ?? "unknown" };
  const wrong = typedProblem(input);
  if (wrong) return { ok: false, ...wrong };
  const passwordHash = await hashPassword(input.password);
  return inTransaction(database, async (tx) => {
    const found = await held(tx, input.token);
    if (!found.ok) return { ok: false, field: "form", problem: found.problem };
    const { row } = found;
    const user = { id: newId("user"), name: cleanName(input.name), email: row.email };
    const made = await insertUser(tx, { ...user, passwordHash, locale: input.locale });
    if (!made) return { ok: false, field: "form", problem: "not_possible" };
    const { ip, userAgent } = input;
    const sessionId = newId("session");
    const session = { id: sessionId, userId: user.id, userAgent: userAgent.slice(0, 300), ip: ip.slice(0, 64), hours: SESSION_HOURS };
    await insertSession(tx, session);
    await enter(tx, row, user.id, { kind: "user", id: user.id, name: user.name, ip, userAgent });
    return { ok: true, sessionId, userId: user.id, merchantId: row.merchantId };
  });
}

function typedProblem({ name, password, again }: SignUp): Exclude<SignUpProblem, { field: "form" }> | null {
  const clean = cleanName(name);
  if (!clean) return { field: "name", problem: "missing" };
  if ([...clean].length > NAME_MAX) return { field: "name", problem: "long" };
  const problem = newPasswordProblem(password, again);
  if (!problem) return null;
  return problem === "different" ? { field: "again", problem } : { field: "password", problem };
}

function cleanName(name: string): string {
  return storableText(name.replace(/\p{Cc}+/gu, " ").trim());
}

// Under the team's lock, so that a link let in twice at once lets in once.
async function held(
  tx: Tx,
  token: string,
): Promise<{ ok: true; row: InvitationRow; members: ReadonlyMap<string, unknown> } | { ok: false; problem: LinkProblem }> {
  const known = await invitationOf(tx, token);
  const team = known && (await lockTeam(tx, known.row.merchantId));
  const found = team && (await invitationOf(tx, token));
  if (!found) return { ok: false, problem: "unknown" };
  return found.standing === "open" ? { ok: true, row: found.row, members: team.all } : { ok: false, problem: found.standing };
}

async function enter(tx: Tx, row: InvitationRow, userId: string, actor: AuditActor): Promise<void> {
  await insertMember(tx, row.merchantId, userId, row.role);
  await acceptInvitation(tx, row.id, userId);
  await auditInvitation(tx, { actor, merchantId: row.merchantId, id: row.id }, "team.join", row.role);
}
