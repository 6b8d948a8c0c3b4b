import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { readSession, type SignedIn } from "#db/queries/dashboard-sessions.ts";
import { signInFailures } from "#db/schema/users.ts";
import { STEP_SECONDS, totpCode } from "#lib/crypto/totp.ts";
import { type KnownBrowser, startSession } from "#lib/sign-in.ts";
import { beginEnrolment, confirmEnrolment } from "#lib/two-step.ts";

/** What tests of signing in do again and again. Never used by the product. */
export function signInTesting(database: Database) {
  const caller = (ip: string, browser: KnownBrowser | null = null) => ({ ip, userAgent: "test", browser });
  return {
    caller,
    attempt: (email: string, password: string, ip = "10.0.0.1", browser: KnownBrowser | null = null) =>
      startSession(database, { email, password, ...caller(ip, browser) }),
    /** The person of a fresh session, as lib/auth.ts knows them. */
    async signedIn(email: string, password: string): Promise<SignedIn> {
      const started = await startSession(database, { email, password, ...caller("10.0.0.1") });
      const user = started.ok ? await readSession(database, started.sessionId) : null;
      if (!user) throw new Error("not signed in");
      return user;
    },
    /** Puts the failures counted so far this far back. */
    age: (seconds: number) => database.update(signInFailures).set({ at: sql`at - make_interval(secs => ${seconds})` }),
    /** Switches two-step sign-in on with the code of `nowMs`: the recovery codes, and the app that has the secret. */
    async enrol(user: { id: string; email: string; sessionId: string }, nowMs = Date.now()) {
      const begun = await beginEnrolment(database, user);
      if (!begun) throw new Error("two-step sign-in is on already");
      const app = (steps: number) => totpCode(begun.secret, Math.floor(nowMs / 1000 / STEP_SECONDS) + steps);
      const codes = await confirmEnrolment(database, { userId: user.id, sessionId: user.sessionId, code: app(0) }, nowMs);
      if (!codes) throw new Error("the code was not accepted");
      return { codes, app };
    },
  };
}
