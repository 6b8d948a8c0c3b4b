import { type Database, inTransaction } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { setPassword } from "#db/queries/dashboard-sessions.ts";
import type { AuditActor } from "#lib/domain/audit.ts";
import { hashPassword, PASSWORD_MAX, PASSWORD_MIN } from "#lib/password.ts";
import { type Prover, proveBy } from "#lib/reauth.ts";

export type PasswordProblem = "wrong" | "too_many" | "short" | "long" | "same" | "different" | "code" | "wrong_code";
export type PasswordField = "current" | "code" | "next" | "again";

/**
 * Changes a user's own password: at least 12 characters, not the old one, typed twice alike. Ends the user's other
 * sessions. Returns the problem and the field it is about, or null when done. The current password is asked for always; a
 * code too, where two-step sign-in is on and this session proved nothing lately. Wrong ones are counted by session: a
 * stolen one must not become a guessing machine, and nobody can lock a person's change from outside.
 */
export async function changePassword(
  database: Database,
  given: { user: Prover; actor: AuditActor; current: string; code: string; next: string; again: string },
): Promise<{ field: PasswordField; problem: PasswordProblem } | null> {
  const { user } = given;
  const asksCode = user.twoStep && !user.proven;
  if (asksCode && !given.code) return { field: "code", problem: "code" };
  const proof = await proveBy({ ...user, twoStep: asksCode }, { password: given.current, code: given.code }, database);
  if (proof === "confirm_too_many") return { field: "current", problem: "too_many" };
  if (proof !== "ok") return { field: "current", problem: asksCode ? "wrong_code" : "wrong" };
  if ([...given.next].length < PASSWORD_MIN) return { field: "next", problem: "short" };
  if (given.next.length > PASSWORD_MAX) return { field: "next", problem: "long" };
  if (given.next === given.current) return { field: "next", problem: "same" };
  if (given.next !== given.again) return { field: "again", problem: "different" };
  const passwordHash = await hashPassword(given.next);
  await inTransaction(database, async (tx) => {
    await setPassword(tx, { userId: user.id, passwordHash, keepSessionId: user.sessionId });
    await appendAudit(tx, {
      actor: given.actor,
      merchantId: null,
      action: "session.password",
      target: { kind: "user", id: user.id },
      detail: {},
    });
  });
  return null;
}
