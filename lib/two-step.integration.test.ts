import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inTransaction } from "#db/client.ts";
import { readSession, revokeSessionsOf, type SignedIn } from "#db/queries/dashboard-sessions.ts";
import { purgeSignInRows, readSignInStep } from "#db/queries/dashboard-sign-in.ts";
import { makeMerchant, makeUser } from "#db/queries/dashboard-testing.ts";
import { readTwoStep } from "#db/queries/two-step.ts";
import { audit } from "#db/schema/audit.ts";
import { merchants } from "#db/schema/merchants.ts";
import { recoveryCodes, signInSteps, userTotp } from "#db/schema/two-step.ts";
import { sessions, signInFailures } from "#db/schema/users.ts";
import { resetPassword } from "#db/seed.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { STEP_SECONDS, totpCode } from "#lib/crypto/totp.ts";
import { CONFIRM_FIELDS } from "#lib/domain/proof.ts";
import { confirmed } from "#lib/reauth.ts";
import { finishSignIn } from "#lib/sign-in.ts";
import { signInTesting } from "#lib/sign-in-testing.ts";
import { BROWSERS_WORTH, CODES_PER_DAY, TRIES_PER_PERSON } from "#lib/tries.ts";
import { beginEnrolment, confirmEnrolment, RECOVERY_CODES, renewRecoveryCodes, switchOff } from "#lib/two-step.ts";

let world: TestDatabase;
let signing: ReturnType<typeof signInTesting>;
let people = 0;
const PASSWORD = "correct horse battery";

beforeAll(async () => {
  world = await testDatabase();
  signing = signInTesting(world.database);
  await makeMerchant(world.database, "mer_1", "Tea");
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.database.delete(signInFailures);
});

/** Somebody new, signed in. */
async function somebody(): Promise<SignedIn> {
  people += 1;
  const email = `person${people}@example.com`;
  await makeUser(world.database, { email, password: PASSWORD, roles: { mer_1: "operator" } });
  return signing.signedIn(email, PASSWORD);
}

/** Somebody with two-step sign-in on. The code of this instant is used up by it; `app(1)` is the next one, which counts already. */
async function enrolled() {
  const user = await somebody();
  return { user, ...(await signing.enrol(user)) };
}

async function firstStep({ email }: SignedIn): Promise<string> {
  const started = await signing.attempt(email, PASSWORD);
  if (started.ok || started.problem !== "code_needed") throw new Error("no code was asked for");
  return started.stepId;
}

const finish = (stepId: string, code: string, ip = "10.0.0.1") => finishSignIn(world.database, { stepId, code, ...signing.caller(ip) });
const WRONG = { ok: false, problem: "wrong" };
const GONE = { ok: false, problem: "gone" };

describe("switching it on", () => {
  it("needs the app's own code, keeps the secret sealed, gives ten codes once and ends the person's other sessions", async () => {
    const user = await somebody();
    const elsewhere = await signing.signedIn(user.email, PASSWORD);
    const begun = await beginEnrolment(world.database, user);
    expect(await beginEnrolment(world.database, user)).toEqual(begun);
    const given = { userId: user.id, sessionId: user.sessionId, code: "000000" };
    expect(await confirmEnrolment(world.database, given, 0)).toBeNull();
    expect(await readSession(world.database, user.sessionId)).toMatchObject({ twoStep: false });
    const { codes } = await signing.enrol(user);
    expect(new Set(codes).size).toBe(RECOVERY_CODES);
    expect(await readSession(world.database, user.sessionId)).toMatchObject({ twoStep: true });
    expect(await readSession(world.database, elsewhere.sessionId)).toBeNull();
    expect(await beginEnrolment(world.database, user)).toBeNull();
    const stored = JSON.stringify([
      await world.database.select().from(userTotp).where(eq(userTotp.userId, user.id)),
      await world.database.select().from(recoveryCodes).where(eq(recoveryCodes.userId, user.id)),
    ]);
    for (const secret of [begun?.secret ?? "", ...codes]) expect(stored).not.toContain(secret);
  });

  it("begun and never confirmed protects nothing, and gets another secret after an hour", async () => {
    const user = await somebody();
    const begun = await beginEnrolment(world.database, user);
    expect((await signing.attempt(user.email, PASSWORD)).ok).toBe(true);
    const later = await beginEnrolment(world.database, user, Date.now() + 3_700_000);
    expect(later?.secret).not.toBe(begun?.secret);
  });

  it("begun by one session is never the secret of another: who else is signed in learns nothing of what will protect", async () => {
    const user = await somebody();
    const thief = await signing.signedIn(user.email, PASSWORD);
    const seen = await beginEnrolment(world.database, thief);
    const own = await beginEnrolment(world.database, user);
    expect(own?.secret).not.toBe(seen?.secret);
    const now = Date.now();
    const code = totpCode(own?.secret ?? "", Math.floor(now / 1000 / STEP_SECONDS));
    const confirm = ({ id: userId, sessionId }: SignedIn) =>
      inTransaction(world.database, (tx) => confirmEnrolment(tx, { userId, sessionId, code }, now));
    expect(await confirm(thief)).toBeNull();
    expect(await confirm(user)).toHaveLength(RECOVERY_CODES);
  });

  it("asked for by a merchant is owed by each member who has not, and by nobody else", async () => {
    const [member, { user: done }] = [await somebody(), await enrolled()];
    const ask = (requireTotp: boolean) => world.database.update(merchants).set({ requireTotp });
    expect(await readSession(world.database, member.sessionId)).toMatchObject({ mustEnrol: false });
    await ask(true);
    expect(await readSession(world.database, member.sessionId)).toMatchObject({ mustEnrol: true });
    expect(await readSession(world.database, done.sessionId)).toMatchObject({ mustEnrol: false });
    await ask(false);
  });
});

describe("signing in with it on", () => {
  it("is no session after the password; the app's code makes it one", async () => {
    const { user, app } = await enrolled();
    const before = await world.database.$count(sessions, eq(sessions.userId, user.id));
    const stepId = await firstStep(user);
    expect(await world.database.$count(sessions, eq(sessions.userId, user.id))).toBe(before);
    expect(await readSession(world.database, stepId)).toBeNull();
    const finished = await finish(stepId, app(1));
    expect(finished.ok && (await readSession(world.database, finished.sessionId))).toMatchObject({ id: user.id, proven: true });
  });

  it("takes a code once, however many come at once, and no older one after it", async () => {
    const { user, app } = await enrolled();
    const steps = [await firstStep(user), await firstStep(user), await firstStep(user)];
    const outcomes = await Promise.all(steps.map((stepId) => finish(stepId, app(1))));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const again = await firstStep(user);
    expect(await finish(again, app(1))).toEqual(WRONG);
    expect(await finish(again, app(0))).toEqual(WRONG);
  });

  it("takes a recovery code once, as people type it", async () => {
    const { user, codes } = await enrolled();
    const typed = ` ${(codes[0] ?? "").toUpperCase().replaceAll("-", " ")} `;
    expect((await finish(await firstStep(user), typed)).ok).toBe(true);
    expect(await finish(await firstStep(user), codes[0] ?? "")).toEqual(WRONG);
    expect(await readTwoStep(world.database, user.id)).toMatchObject({ codesLeft: RECOVERY_CODES - 1 });
    const other = await enrolled();
    expect(await finish(await firstStep(other.user), codes[1] ?? "")).toEqual(WRONG);
  });

  it.each([
    ["two recovery codes", (codes: readonly string[]) => [codes[0], codes[1]]],
    ["the same recovery code twice", (codes: readonly string[]) => [codes[0], codes[0]]],
    ["the app's code and a recovery code", (codes: readonly string[], next: string) => [next, codes[0]]],
  ])("uses up one code for one sign-in when two tabs finish it at once: %s", async (_what, typed) => {
    for (let round = 0; round < 5; round += 1) {
      const { user, codes, app } = await enrolled();
      const stepId = await firstStep(user);
      const lastStep = async () => (await world.database.select().from(userTotp).where(eq(userTotp.userId, user.id)))[0]?.lastStep;
      const [before, stepBefore] = [await world.database.$count(sessions, eq(sessions.userId, user.id)), await lastStep()];
      const done = await Promise.all(typed(codes, app(1)).map((code) => finish(stepId, code ?? "")));
      expect(done.map((one) => (one.ok ? "in" : one.problem)).sort()).toEqual(["gone", "in"]);
      expect(await world.database.$count(sessions, eq(sessions.userId, user.id))).toBe(before + 1);
      const left = (await readTwoStep(world.database, user.id)).codesLeft;
      const ofTheApp = (await lastStep()) === stepBefore ? 0 : 1;
      expect(RECOVERY_CODES - left + ofTheApp).toBe(1);
    }
  });

  it("takes only the newest recovery codes", async () => {
    const { user, codes } = await enrolled();
    const [fresh] = await inTransaction(world.database, (tx) => renewRecoveryCodes(tx, user.id));
    expect(await finish(await firstStep(user), codes[0] ?? "")).toEqual(WRONG);
    expect((await finish(await firstStep(user), fresh ?? "")).ok).toBe(true);
  });

  it("uses a step up, lets it run out, and ends it with the person's sessions", async () => {
    const { user, app, codes } = await enrolled();
    const used = await firstStep(user);
    expect((await finish(used, app(1))).ok).toBe(true);
    expect(await finish(used, codes[0] ?? "")).toEqual(GONE);
    const old = await firstStep(user);
    await world.database.update(signInSteps).set({ expiresAt: sql`now() - interval '1 second'` }).where(eq(signInSteps.id, old));
    expect(await finish(old, codes[0] ?? "")).toEqual(GONE);
    const ended = await firstStep(user);
    await revokeSessionsOf(world.database, user.id);
    expect(await finish(ended, codes[0] ?? "")).toEqual(GONE);
    expect(await readTwoStep(world.database, user.id)).toMatchObject({ codesLeft: RECOVERY_CODES });
  });

  it("stops guessing at codes after five, wherever from and however often the password is given again; and for the day", async () => {
    const { user, app } = await enrolled();
    for (let n = 0; n < TRIES_PER_PERSON; n += 1) {
      expect(await finish(await firstStep(user), "not it", `10.2.2.${n}`)).toEqual(WRONG);
      await signing.age(120);
    }
    expect(await finish(await firstStep(user), app(1), "10.3.3.3")).toMatchObject({ problem: "too_many" });
    for (let n = TRIES_PER_PERSON; n < CODES_PER_DAY; n += 1) {
      await signing.age(901);
      expect(await finish(await firstStep(user), "not it")).toEqual(WRONG);
    }
    await signing.age(901);
    const refused = await finish(await firstStep(user), app(1));
    expect(refused).toMatchObject({ problem: "too_many" });
    expect(refused.ok || !("waitSeconds" in refused) ? 0 : refused.waitSeconds).toBeGreaterThan(3600 * 12);
  });

  it("stops guessing at codes for the day from however many browsers that once knew the person, and no new browser by that", async () => {
    const { user, app } = await enrolled();
    const stepId = await firstStep(user);
    const from = (n: number, code: string) => {
      const browser = { id: `brw_${n}`, userIds: [user.id] };
      return finishSignIn(world.database, { stepId, code, ...signing.caller("10.4.4.4", browser) });
    };
    const most = CODES_PER_DAY * BROWSERS_WORTH;
    for (let n = 0; n < most; n += 1) {
      expect(await from(n, "not it")).toEqual(WRONG);
      await signing.age(61);
    }
    await signing.age(901);
    expect(await from(most, app(1))).toMatchObject({ problem: "too_many" });
    expect((await finish(stepId, app(1))).ok).toBe(true);
  });

  it("counts a wrong code as a failed sign-in: the password's limits in this network are used up by them too", async () => {
    const { user } = await enrolled();
    const stepId = await firstStep(user);
    for (let n = 0; n < TRIES_PER_PERSON; n += 1) await finish(stepId, "not it");
    expect(await signing.attempt(user.email, PASSWORD)).toMatchObject({ problem: "too_many" });
  });
});

it("what no limit looks at any more is cleared away, and nothing else", async () => {
  const { user } = await enrolled();
  const stepId = await firstStep(user);
  await finish(stepId, "not it");
  const counted = await world.database.$count(signInFailures);
  await signing.age(86_400);
  expect(await purgeSignInRows(world.database, 1000)).toBe(0);
  expect(await readSignInStep(world.database, stepId)).not.toBeNull();
  await signing.age(3700);
  await world.database.update(signInSteps).set({ expiresAt: sql`now() - interval '1 second'` }).where(eq(signInSteps.id, stepId));
  expect(await purgeSignInRows(world.database, 1000)).toBe(counted + 1);
});

describe("switching it off", () => {
  it("makes the password enough again, and its codes and half-done sign-ins worthless", async () => {
    const { user, codes } = await enrolled();
    const stepId = await firstStep(user);
    const elsewhere = await finish(await firstStep(user), codes[1] ?? "");
    expect(await inTransaction(world.database, (tx) => switchOff(tx, { userId: user.id, sessionId: user.sessionId }))).toBe(true);
    expect(elsewhere.ok && (await readSession(world.database, elsewhere.sessionId))).toBeNull();
    expect(await readSession(world.database, user.sessionId)).toMatchObject({ twoStep: false });
    expect(await finish(stepId, codes[0] ?? "")).toEqual(GONE);
    expect((await signing.attempt(user.email, PASSWORD)).ok).toBe(true);
    expect(await inTransaction(world.database, (tx) => switchOff(tx, { userId: user.id, sessionId: user.sessionId }))).toBe(false);
  });
});

describe("the command for who is locked out", () => {
  it("leaves two-step sign-in on unless asked, ends sessions and half-done sign-ins, and switches it off when asked", async () => {
    const { user, codes } = await enrolled();
    const stepId = await firstStep(user);
    const kept = await resetPassword(world.database, user.email, { twoStepOff: false });
    expect(kept).toMatchObject({ twoStepOff: false });
    expect(await readSession(world.database, user.sessionId)).toBeNull();
    expect(await finish(stepId, codes[0] ?? "")).toEqual(GONE);
    expect(await signing.attempt(user.email, kept?.password ?? "")).toMatchObject({ problem: "code_needed" });
    const reset = await resetPassword(world.database, user.email, { twoStepOff: true });
    expect(reset).toMatchObject({ twoStepOff: true });
    expect((await signing.attempt(user.email, reset?.password ?? "")).ok).toBe(true);
    const rows = await world.database.select().from(audit).where(eq(audit.targetId, user.id));
    expect(rows.map(({ action }) => action)).toEqual(["session.reset_password", "session.reset_password"]);
  });
});

describe("a proof in a form", () => {
  const form = (password?: string, code?: string) => {
    const fields = new FormData();
    if (password !== undefined) fields.set(CONFIRM_FIELDS.password, password);
    if (code !== undefined) fields.set(CONFIRM_FIELDS.code, code);
    return fields;
  };
  const stale = async ({ sessionId }: SignedIn) => {
    await world.database.update(sessions).set({ reauthenticatedAt: sql`now() - interval '11 minutes'` }).where(eq(sessions.id, sessionId));
    const user = await readSession(world.database, sessionId);
    if (!user) throw new Error("no session");
    return user;
  };

  it("is not asked for within ten minutes of signing in, then the password is, and counts for ten minutes", async () => {
    const fresh = await somebody();
    expect(await confirmed(fresh, form(), world.database)).toBe("ok");
    const user = await stale(fresh);
    expect(await confirmed(user, form(), world.database)).toBe("confirm_missing");
    expect(await confirmed(user, form("nope"), world.database)).toBe("confirm_wrong");
    expect(await readSession(world.database, user.sessionId)).toMatchObject({ proven: false });
    expect(await confirmed(user, form(PASSWORD), world.database)).toBe("ok");
    expect(await readSession(world.database, user.sessionId)).toMatchObject({ proven: true });
  });

  it("needs a code too where two-step sign-in is on, and one code proves one thing", async () => {
    const { user: fresh, app } = await enrolled();
    const user = await stale(fresh);
    expect(await confirmed(user, form(PASSWORD), world.database)).toBe("confirm_missing");
    expect(await confirmed(user, form(PASSWORD, app(0)), world.database)).toBe("confirm_wrong");
    expect(await confirmed(user, form("nope", app(1)), world.database)).toBe("confirm_wrong");
    expect(await confirmed(user, form(PASSWORD, app(1)), world.database)).toBe("ok");
    expect(await confirmed(await stale(fresh), form(PASSWORD, app(1)), world.database)).toBe("confirm_wrong");
  });

  it("stops after five wrong tries, in this session only", async () => {
    const [fresh] = [await somebody()];
    const user = await stale(fresh);
    const other = await stale(await signing.signedIn(fresh.email, PASSWORD));
    for (let n = 0; n < TRIES_PER_PERSON; n += 1) expect(await confirmed(user, form("nope"), world.database)).toBe("confirm_wrong");
    expect(await confirmed(user, form(PASSWORD), world.database)).toBe("confirm_too_many");
    expect(await confirmed(other, form(PASSWORD), world.database)).toBe("ok");
  });
});
