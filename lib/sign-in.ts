import { type Database, inTransaction, type Tx } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { insertSession, keepProof, revokeSession } from "#db/queries/dashboard-sessions.ts";
import {
  endSignInStep,
  findUserByEmail,
  forgetTry,
  holdSignInStep,
  holdUnchanged,
  insertSignIn,
  insertSignInStep,
  readSignInStep,
  type SigningIn,
  takeTry,
} from "#db/queries/dashboard-sign-in.ts";
import type { SignInOutcome } from "#db/schema/sign-ins.ts";
import { newId } from "#lib/domain/ids.ts";
import { passwordMatches } from "#lib/password.ts";
import { codeTries, passwordTries } from "#lib/tries.ts";
import { acceptCode } from "#lib/two-step.ts";

/** How long a sign-in lasts, in hours. */
export const SESSION_HOURS = 12;
/** How long a code may be waited for after the right password, in minutes. */
export const STEP_MINUTES = 10;

/** A browser that somebody signed in with before (lib/auth.ts keeps it in a signed cookie), and who. */
export interface KnownBrowser {
  id: string;
  userIds: readonly string[];
}

/** Where a sign-in comes from. */
export interface Caller {
  ip: string;
  userAgent: string;
  browser: KnownBrowser | null;
}

export type Refused = { ok: false; problem: "wrong" } | { ok: false; problem: "too_many"; waitSeconds: number };
export type Started = { ok: true; sessionId: string; userId: string };

/**
 * Checks an e-mail and password and starts a session, or the second step (`code_needed`) where two-step sign-in is on: that is
 * no session and opens nothing. `wrong` never says which of the two; an unknown e-mail takes as long as a known one.
 * `too_many` says how long to wait (limits: lib/tries.ts).
 */
export async function startSession(
  database: Database,
  given: { email: string; password: string } & Caller,
): Promise<Started | { ok: false; problem: "code_needed"; stepId: string } | Refused> {
  const email = given.email.replaceAll("\0", "").trim().toLowerCase().slice(0, 320);
  const user = await findUserByEmail(database, email);
  const { rules, person } = passwordTries({ email, ip: given.ip, browserId: knows(given.browser, user) });
  const taken = await inTransaction(database, (tx) => takeTry(tx, rules));
  if (!("at" in taken)) return { ok: false, problem: "too_many", waitSeconds: taken.waitSeconds };
  const right = await passwordMatches(given.password, user?.passwordHash ?? null);
  if (!user) return { ok: false, problem: "wrong" };
  return inTransaction(database, async (tx) => {
    if (!right || !(await holdUnchanged(tx, user))) {
      await insertSignIn(tx, logged(user, "wrong_password", given));
      return { ok: false, problem: "wrong" };
    }
    // Of a sign-in that is half done only this try is forgotten: whoever knows the password gets no fresh limits by it.
    await forgetTry(tx, rules, user.twoStep ? [] : person, taken.at);
    if (!user.twoStep) return signedIn(tx, user, "password", given);
    const stepId = newId("signInStep");
    await insertSignInStep(tx, { id: stepId, userId: user.id, minutes: STEP_MINUTES });
    return { ok: false, problem: "code_needed", stepId };
  });
}

/**
 * The second step: an authenticator's code or a recovery code, each accepted once. `gone` when the step ran out, was used, or
 * the person may no longer sign in: the password is asked for again.
 */
export async function finishSignIn(
  database: Database,
  given: { stepId: string; code: string } & Caller,
): Promise<Started | { ok: false; problem: "gone" } | Refused> {
  const user = await readSignInStep(database, given.stepId);
  if (!user) return { ok: false, problem: "gone" };
  const email = user.email.toLowerCase();
  const { rules, person } = codeTries({ email, ip: given.ip, browserId: knows(given.browser, user), userId: user.id });
  const taken = await inTransaction(database, (tx) => takeTry(tx, rules));
  if (!("at" in taken)) return { ok: false, problem: "too_many", waitSeconds: taken.waitSeconds };
  return inTransaction(database, async (tx) => {
    // Of two tabs that finish it at once the second waits here: a code is used up for a sign-in that is made, and for no other.
    if (!(await holdUnchanged(tx, user)) || !(await holdSignInStep(tx, given.stepId))) return { ok: false, problem: "gone" };
    const outcome = await acceptCode(tx, user.id, given.code);
    if (!outcome) {
      await insertSignIn(tx, logged(user, "wrong_code", given));
      return { ok: false, problem: "wrong" };
    }
    await endSignInStep(tx, given.stepId);
    await forgetTry(tx, rules, person, taken.at);
    return signedIn(tx, user, outcome, given);
  });
}

/**
 * Puts a new session in place of one, under a new id: after a password change a copy of the old cookie is worth nothing,
 * even where it is a copy of the very session that made the change. It counts as proven since when the old one did.
 */
export async function renewSession(
  database: Database,
  given: { userId: string; sessionId: string; ip: string; userAgent: string },
): Promise<string> {
  const id = newId("session");
  await inTransaction(database, async (tx) => {
    await revokeSession(tx, given.sessionId);
    await insertSession(tx, sessionRow(id, given));
    await keepProof(tx, given.sessionId, id);
  });
  return id;
}

async function signedIn(tx: Tx, user: SigningIn, outcome: SignInOutcome, caller: Caller): Promise<Started> {
  const sessionId = newId("session");
  await insertSession(tx, sessionRow(sessionId, { ...caller, userId: user.id }));
  await insertSignIn(tx, logged(user, outcome, caller));
  const actor = { kind: "user", id: user.id, name: user.name, ip: caller.ip, userAgent: caller.userAgent } as const;
  await appendAudit(tx, {
    actor,
    merchantId: null,
    action: "session.sign_in",
    target: { kind: "session", id: sessionId },
    detail: { with: outcome },
  });
  return { ok: true, sessionId, userId: user.id };
}

/** The browser's id when it knows this person; else it is as good as a stranger's. */
function knows(browser: KnownBrowser | null, user: SigningIn | null): string | null {
  return browser && user && browser.userIds.includes(user.id) ? browser.id : null;
}

function sessionRow(id: string, { userId, ip, userAgent }: { userId: string; ip: string; userAgent: string }) {
  return { id, userId, userAgent: userAgent.slice(0, 300), ip: ip.slice(0, 64), hours: SESSION_HOURS };
}

function logged(user: SigningIn, outcome: SignInOutcome, { ip, userAgent }: Caller) {
  return { userId: user.id, outcome, ip, userAgent };
}
