import { type Database, inTransaction } from "#db/client.ts";
import { insertSession, readPasswordHash, setPassword } from "#db/queries/dashboard-sessions.ts";
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
  const keys = { email: `email:${sha256Hex(email)}`, address: `address:${given.ip}` };
  const limits = [
    { key: keys.email, limit: TRIES_PER_EMAIL },
    { key: keys.address, limit: TRIES_PER_ADDRESS },
  ];
  const tryAt = await inTransaction(database, (tx) => takeTry(tx, limits, TRY_WINDOW_SECONDS));
  if (!tryAt) return { ok: false, problem: "too_many" };
  const user = await findUserByEmail(database, email);
  if (!(await passwordMatches(given.password, user?.passwordHash ?? null)) || !user) return { ok: false, problem: "wrong" };
  const sessionId = newId("session");
  await inTransaction(database, async (tx) => {
    await forgetTry(tx, keys, tryAt);
    await insertSession(tx, {
      id: sessionId,
      userId: user.id,
      userAgent: given.userAgent.slice(0, 300),
      ip: given.ip.slice(0, 64),
      hours: SESSION_HOURS,
    });
  });
  return { ok: true, sessionId };
}

export type PasswordProblem = "wrong" | "short" | "long" | "same" | "different";

/**
 * Changes a user's own password: at least 12 characters, not the old one, typed twice alike. Ends the user's other
 * sessions. Returns the problem and the field it is about, or null when done.
 */
export async function changePassword(
  database: Database,
  given: { userId: string; sessionId: string; current: string; next: string; again: string },
): Promise<{ field: "current" | "next" | "again"; problem: PasswordProblem } | null> {
  const known = await readPasswordHash(database, given.userId);
  if (!(await passwordMatches(given.current, known))) return { field: "current", problem: "wrong" };
  if ([...given.next].length < PASSWORD_MIN) return { field: "next", problem: "short" };
  if (given.next.length > PASSWORD_MAX) return { field: "next", problem: "long" };
  if (given.next === given.current) return { field: "next", problem: "same" };
  if (given.next !== given.again) return { field: "again", problem: "different" };
  const passwordHash = await hashPassword(given.next);
  await inTransaction(database, (tx) => setPassword(tx, { userId: given.userId, passwordHash, keepSessionId: given.sessionId }));
  return null;
}
