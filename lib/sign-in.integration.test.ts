import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readSession, revokeSession } from "#db/queries/dashboard-sessions.ts";
import { makeMerchant, makeUser } from "#db/queries/dashboard-testing.ts";
import { sessions, signInFailures, users } from "#db/schema/users.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { changePassword, renewSession, startSession, TRIES_PER_ADDRESS, TRIES_PER_EMAIL } from "#lib/sign-in.ts";

let world: TestDatabase;
let userId: string;
const PASSWORD = "correct horse battery";

beforeAll(async () => {
  world = await testDatabase();
  await makeMerchant(world.database, "mer_1", "Tea");
  userId = await makeUser(world.database, { email: "Owner@Example.com", password: PASSWORD, roles: { mer_1: "owner" } });
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.database.delete(signInFailures);
});

const attempt = (email: string, password: string, ip = "10.0.0.1") =>
  startSession(world.database, { email, password, ip, userAgent: "test" });

async function signedIn(): Promise<string> {
  const started = await attempt("owner@example.com", PASSWORD);
  if (!started.ok) throw new Error(started.problem);
  return started.sessionId;
}

/** Puts the failures counted so far this far back. */
const age = (seconds: number) => world.database.update(signInFailures).set({ at: sql`at - make_interval(secs => ${seconds})` });

describe("a session", () => {
  it("names the person and their role in each merchant; letters' case in the e-mail does not matter", async () => {
    const person = await readSession(world.database, await signedIn());
    expect(person).toMatchObject({ id: userId, email: "Owner@Example.com", platformAdmin: false, roles: { mer_1: "owner" } });
  });

  it("that was revoked is nobody's", async () => {
    const sessionId = await signedIn();
    await revokeSession(world.database, sessionId);
    expect(await readSession(world.database, sessionId)).toBeNull();
  });

  it("whose time is over is nobody's", async () => {
    const sessionId = await signedIn();
    await world.database.update(sessions).set({ expiresAt: sql`now()` }).where(eq(sessions.id, sessionId));
    expect(await readSession(world.database, sessionId)).toBeNull();
  });

  it("that is renewed goes on under another id, and the old one is nobody's", async () => {
    const sessionId = await signedIn();
    const renewed = await renewSession(world.database, { userId, sessionId, ip: "10.0.0.1", userAgent: "test" });
    expect(renewed).not.toBe(sessionId);
    expect(await readSession(world.database, sessionId)).toBeNull();
    expect(await readSession(world.database, renewed)).toMatchObject({ id: userId });
  });

  it("of a disabled user is nobody's, and they cannot start another", async () => {
    const sessionId = await signedIn();
    await world.database.update(users).set({ disabledAt: sql`now()` }).where(eq(users.id, userId));
    expect(await readSession(world.database, sessionId)).toBeNull();
    expect(await attempt("owner@example.com", PASSWORD)).toEqual({ ok: false, problem: "wrong" });
    await world.database.update(users).set({ disabledAt: null }).where(eq(users.id, userId));
  });
});

describe("failed sign-ins", () => {
  it("say the same of a wrong password and of an unknown e-mail", async () => {
    expect(await attempt("owner@example.com", "nope")).toEqual({ ok: false, problem: "wrong" });
    expect(await attempt("stranger@example.com", "nope")).toEqual({ ok: false, problem: "wrong" });
  });

  it("lock an e-mail after five, also for the right password and from another address, until the window has passed", async () => {
    for (let n = 0; n < TRIES_PER_EMAIL; n += 1) await attempt("owner@example.com", "nope");
    expect(await attempt("owner@example.com", PASSWORD, "10.9.9.9")).toEqual({ ok: false, problem: "too_many" });
    await age(899);
    expect(await attempt("owner@example.com", PASSWORD)).toEqual({ ok: false, problem: "too_many" });
    await age(2);
    expect((await attempt("owner@example.com", PASSWORD)).ok).toBe(true);
  });

  it("lock an unknown e-mail just the same", async () => {
    for (let n = 0; n < TRIES_PER_EMAIL; n += 1) await attempt("stranger@example.com", "nope");
    expect(await attempt("stranger@example.com", "nope")).toEqual({ ok: false, problem: "too_many" });
  });

  it("lock an address after twenty over different e-mails, and leave other addresses alone", async () => {
    for (let n = 0; n < TRIES_PER_ADDRESS; n += 1) await attempt(`guess${n}@example.com`, "nope");
    expect(await attempt("owner@example.com", PASSWORD)).toEqual({ ok: false, problem: "too_many" });
    expect((await attempt("owner@example.com", PASSWORD, "10.0.0.2")).ok).toBe(true);
  });

  it("are counted one by one when thirty guesses come at once", async () => {
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => attempt("owner@example.com", "nope")));
    const checked = outcomes.filter((one) => !one.ok && one.problem === "wrong");
    expect(checked).toHaveLength(TRIES_PER_EMAIL);
  });

  it("are forgotten by the right password", async () => {
    for (let n = 0; n < TRIES_PER_EMAIL - 1; n += 1) await attempt("owner@example.com", "nope");
    expect((await attempt("owner@example.com", PASSWORD)).ok).toBe(true);
    for (let n = 0; n < TRIES_PER_EMAIL - 1; n += 1) await attempt("owner@example.com", "nope");
    expect((await attempt("owner@example.com", PASSWORD)).ok).toBe(true);
  });

  it("never put what was typed as e-mail into the database in the clear", async () => {
    await attempt("my secret password", "x");
    const rows = await world.database.select().from(signInFailures);
    expect(JSON.stringify(rows)).not.toContain("secret");
  });
});

describe("a password change", () => {
  const change = (sessionId: string, current: string, next: string, again = next) =>
    changePassword(world.database, { userId, sessionId, ip: "10.0.0.1", current, next, again });

  it("is refused after five wrong guesses, right or wrong, and leaves signing in alone", async () => {
    const sessionId = await signedIn();
    for (let n = 0; n < TRIES_PER_EMAIL; n += 1)
      expect(await change(sessionId, `guess ${n}`, "a new long password")).toMatchObject({ problem: "wrong" });
    expect(await change(sessionId, PASSWORD, "a new long password")).toEqual({ field: "current", problem: "too_many" });
    expect((await attempt("owner@example.com", PASSWORD)).ok).toBe(true);
  });

  it("with the right current password is not counted, however often something else is wrong", async () => {
    const sessionId = await signedIn();
    for (let n = 0; n < TRIES_PER_EMAIL + 2; n += 1)
      expect(await change(sessionId, PASSWORD, "short")).toEqual({ field: "next", problem: "short" });
  });

  it("guessed at over many sessions is refused by address", async () => {
    for (let n = 0; n < TRIES_PER_ADDRESS; n += 1) await attempt(`guess${n}@example.com`, "nope");
    expect(await change("ses_none", PASSWORD, "a new long password")).toEqual({ field: "current", problem: "too_many" });
  });

  it("names the field of each problem and changes nothing", async () => {
    const sessionId = await signedIn();
    expect(await change(sessionId, "nope", "a new long password")).toEqual({ field: "current", problem: "wrong" });
    expect(await change(sessionId, PASSWORD, "short")).toEqual({ field: "next", problem: "short" });
    expect(await change(sessionId, PASSWORD, "x".repeat(201))).toEqual({ field: "next", problem: "long" });
    expect(await change(sessionId, PASSWORD, PASSWORD)).toEqual({ field: "next", problem: "same" });
    expect(await change(sessionId, PASSWORD, "a new long password", "another one typed")).toEqual({ field: "again", problem: "different" });
    expect((await attempt("owner@example.com", PASSWORD)).ok).toBe(true);
  });

  it("takes effect, frees from the one-time password, and ends the person's other sessions only", async () => {
    const email = "second@example.com";
    const secondId = await makeUser(world.database, { email, password: "one-time-pass", mustChangePassword: true });
    const [here, elsewhere] = [await attempt(email, "one-time-pass"), await attempt(email, "one-time-pass")];
    if (!here.ok || !elsewhere.ok) throw new Error("not signed in");
    const others = await signedIn();
    const given = {
      userId: secondId,
      sessionId: here.sessionId,
      ip: "10.0.0.1",
      current: "one-time-pass",
      next: "a new long password",
      again: "a new long password",
    };
    expect(await changePassword(world.database, given)).toBeNull();
    expect(await readSession(world.database, here.sessionId)).toMatchObject({ mustChangePassword: false });
    expect(await readSession(world.database, elsewhere.sessionId)).toBeNull();
    expect(await readSession(world.database, others)).not.toBeNull();
    expect((await attempt(email, "one-time-pass")).ok).toBe(false);
    expect((await attempt(email, "a new long password")).ok).toBe(true);
  });
});
