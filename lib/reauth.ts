import { type Database, db, inTransaction } from "#db/client.ts";
import { proveSession, readPasswordHash } from "#db/queries/dashboard-sessions.ts";
import { forgetTry, takeTry } from "#db/queries/dashboard-sign-in.ts";
import { CONFIRM_FIELDS, type Confirmation } from "#lib/domain/proof.ts";
import { passwordMatches } from "#lib/password.ts";
import { sessionTries } from "#lib/tries.ts";
import { acceptCode } from "#lib/two-step.ts";

/** Whose proof is asked for; what lib/auth.ts knows of a signed-in person. */
export interface Prover {
  id: string;
  sessionId: string;
  /** Proved lately, in this session. */
  proven: boolean;
  twoStep: boolean;
}

/**
 * Whether the person at this session is the person: proved within ten minutes, or by what ConfirmPerson's fields of this
 * form carry (password, and a code where two-step sign-in is on), which then counts for ten minutes. Five wrong tries of a
 * session stop it for a quarter of an hour.
 */
export async function confirmed(user: Prover, form: FormData, database: Database = db()): Promise<Confirmation> {
  if (user.proven) return "ok";
  const text = (name: string) => String(form.get(name) ?? "");
  const given = { password: text(CONFIRM_FIELDS.password), code: text(CONFIRM_FIELDS.code).trim() };
  if (!given.password || (user.twoStep && !given.code)) return "confirm_missing";
  return proveBy(user, given, database);
}

/**
 * Judges a password, and a code where one is needed; marks the session as proven when both are right. A proof that lasts is
 * not made longer by it: a password alone must not stand in for the code again and again.
 */
export async function proveBy(
  user: Prover,
  given: { password: string; code: string },
  database: Database,
): Promise<Exclude<Confirmation, "confirm_missing">> {
  const { rules, person } = sessionTries(user.sessionId);
  const taken = await inTransaction(database, (tx) => takeTry(tx, rules));
  if (!("at" in taken)) return "confirm_too_many";
  if (!(await passwordMatches(given.password, await readPasswordHash(database, user.id)))) return "confirm_wrong";
  return inTransaction(database, async (tx) => {
    if (user.twoStep && !(await acceptCode(tx, user.id, given.code))) return "confirm_wrong";
    await forgetTry(tx, rules, person, taken.at);
    if (!user.proven) await proveSession(tx, user.sessionId);
    return "ok";
  });
}
