import { type Database, inTransaction } from "#db/client.ts";
import { insertSession, readPasswordHash, revokeSession, setPassword } from "#db/queries/dashboard-sessions.ts";
import { findUserByEmail, forgetTry, takeTry } from "#db/queries/dashboard-sign-in.ts";
import { sha256Hex } from "#lib/crypto/digest.ts";
import { newId } from "#lib/domain/ids.ts";
import { hashPassword, PASSWORD_MAX, PASSWORD_MIN, passwordMatches } from "#lib/password.ts";

/** How long a sign-in lasts, in hours. */
export const SESSION_HOURS = 12;
/** Failed tries are counted over this long. */
export const TRY_WINDOW_SECONDS = 900;
/** Failed tries one e-mail may have in the window. */
export const TRIES_PER_EMAIL = 5;
/** Failed tries one address may have in the window: an office shares one address, so it is wider. */
export const TRIES_PER_ADDRESS = 20;

export type SignInProblem = "wrong" | "too_many";

/**
 * Checks an e-mail and password and starts a session. `wrong` never says which of the two; an unknown e-mail takes as long
 * as a known one. `too_many` after 5 failures per e-mail or 20 per address in 15 minutes, right or wrong.
 */
export async function startSession(
  database: Database,
  given: { email: string; password: string; ip: string; userAgent: string },
): Promise<{ ok: true; sessionId: string } | { ok: false; problem: SignInProblem }> {
  const email = given.email.replaceAll("\0", "").trim().toLowerCase().slice(0, 320);
  // Hashed: a password typed into the e-mail field must not stand in the database in the clear.
  const keys = { person: `email:${sha256Hex(email)}`, address: `address:${given.ip}` };
  const tryAt = await take(database, keys);
  if (!tryAt) return { ok: false, problem: "too_many" };
  const user = await findUserByEmail(database, email);
  if (!(await passwordMatches(given.password, user?.passwordHash ?? null)) || !user) return { ok: false, problem: "wrong" };
  const sessionId = newId("session");
  await inTransaction(database, async (tx) => {
    await forgetTry(tx, keys, tryAt);
    await insertSession(tx, sessionRow(sessionId, { ...given, userId: user.id }));
  });
  return { ok: true, sessionId };
}

export type PasswordProblem = "wrong" | "too_many" | "short" | "long" | "same" | "different";

/**
 * Changes a user's own password: at least 12 characters, not the old one, typed twice alike. Ends the user's other
 * sessions. Returns the problem and the field it is about, or null when done. Wrong current passwords are counted as failed
 * sign-ins are (a stolen session must not become a guessing machine), but apart from them: nobody can lock a person's
 * change from outside.
 */
export async function changePassword(
  database: Database,
  given: { userId: string; sessionId: string; ip: string; current: string; next: string; again: string },
): Promise<{ field: "current" | "next" | "again"; problem: PasswordProblem } | null> {
  const keys = { person: `change:${given.userId}`, address: `address:${given.ip}` };
  const tryAt = await take(database, keys);
  if (!tryAt) return { field: "current", problem: "too_many" };
  const known = await readPasswordHash(database, given.userId);
  if (!(await passwordMatches(given.current, known))) return { field: "current", problem: "wrong" };
  await inTransaction(database, (tx) => forgetTry(tx, keys, tryAt));
  if ([...given.next].length < PASSWORD_MIN) return { field: "next", problem: "short" };
  if (given.next.length > PASSWORD_MAX) return { field: "next", problem: "long" };
  if (given.next === given.current) return { field: "next", problem: "same" };
  if (given.next !== given.again) return { field: "again", problem: "different" };
  const passwordHash = await hashPassword(given.next);
  await inTransaction(database, (tx) => setPassword(tx, { userId: given.userId, passwordHash, keepSessionId: given.sessionId }));
  return null;
}

/**
 * Puts a new session in place of one, under a new id: after a password change a copy of the old cookie is worth nothing,
 * even where it is a copy of the very session that made the change.
 */
export async function renewSession(
  database: Database,
  given: { userId: string; sessionId: string; ip: string; userAgent: string },
): Promise<string> {
  const id = newId("session");
  await inTransaction(database, async (tx) => {
    await revokeSession(tx, given.sessionId);
    await insertSession(tx, sessionRow(id, given));
  });
  return id;
}

function sessionRow(id: string, { userId, ip, userAgent }: { userId: string; ip: string; userAgent: string }) {
  return { id, userId, userAgent: userAgent.slice(0, 300), ip: ip.slice(0, 64), hours: SESSION_HOURS };
}

function take(database: Database, keys: { person: string; address: string }): Promise<Date | null> {
  const limits = [
    { key: keys.person, limit: TRIES_PER_EMAIL },
    { key: keys.address, limit: TRIES_PER_ADDRESS },
  ];
  return inTransaction(database, (tx) => takeTry(tx, limits, TRY_WINDOW_SECONDS));
}
