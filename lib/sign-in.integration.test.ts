import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { inTransaction } from "#db/client.ts";
import {
  readOwnSessions,
  readSession,
  readSignIns,
  revokeOwnSession,
  revokeSession,
  setPassword,
  touchSession,
} from "#db/queries/dashboard-sessions.ts";
import { makeMerchant, makeUser } from "#db/queries/dashboard-testing.ts";
import { sessions, signInFailures, users } from "#db/schema/users.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { hashPassword } from "#lib/password.ts";
import { renewSession, startSession } from "#lib/sign-in.ts";
import { signInTesting } from "#lib/sign-in-testing.ts";
import { TRIES_PER_NETWORK, TRIES_PER_PERSON } from "#lib/tries.ts";

let world: TestDatabase;
let signing: ReturnType<typeof signInTesting>;
let userId: string;
const OWNER = "owner@example.com";
const PASSWORD = "correct horse battery";

beforeAll(async () => {
  world = await testDatabase();
  signing = signInTesting(world.database);
  await makeMerchant(world.database, "mer_1", "Tea");
  userId = await makeUser(world.database, { email: "Owner@Example.com", password: PASSWORD, roles: { mer_1: "owner" } });
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.database.delete(signInFailures);
});

const attempt: typeof signing.attempt = (...given) => signing.attempt(...given);
const fail = async (times: number, email: string, ip?: string) => {
  for (let n = 0; n < times; n += 1) await attempt(email, "nope", ip);
};
const signedIn = async () => (await signing.signedIn(OWNER, PASSWORD)).sessionId;
const WRONG = { ok: false, problem: "wrong" };
const TOO_MANY = { ok: false, problem: "too_many", waitSeconds: expect.any(Number) };

describe("a session", () => {
  it("names the person and their role in each merchant; letters' case in the e-mail does not matter", async () => {
    const person = await readSession(world.database, await signedIn());
    expect(person).toMatchObject({ id: userId, email: "Owner@Example.com", platformAdmin: false, roles: { mer_1: "owner" }, proven: true });
  });

  it("that was revoked is nobody's at once", async () => {
    const sessionId = await signedIn();
    await revokeSession(world.database, sessionId);
    expect(await readSession(world.database, sessionId)).toBeNull();
  });

  it("is revoked by its own person only, and only while it works", async () => {
    const [mine, strangerId] = [await signedIn(), await makeUser(world.database, { email: "other@example.com", password: PASSWORD })];
    expect(await revokeOwnSession(world.database, strangerId, mine)).toBe(false);
    expect(await readSession(world.database, mine)).not.toBeNull();
    expect(await revokeOwnSession(world.database, userId, mine)).toBe(true);
    expect(await revokeOwnSession(world.database, userId, mine)).toBe(false);
    expect(await readSession(world.database, mine)).toBeNull();
    expect((await readOwnSessions(world.database, userId)).map(({ id }) => id)).not.toContain(mine);
  });

  it("whose time is over is nobody's", async () => {
    const sessionId = await signedIn();
    await world.database.update(sessions).set({ expiresAt: sql`now() - interval '1 second'` }).where(eq(sessions.id, sessionId));
    expect(await readSession(world.database, sessionId)).toBeNull();
  });

  it("that is renewed goes on under another id, and the old one is nobody's", async () => {
    const sessionId = await signedIn();
    const renewed = await renewSession(world.database, { userId, sessionId, ip: "10.0.0.1", userAgent: "test" });
    expect(renewed).not.toBe(sessionId);
    expect(await readSession(world.database, sessionId)).toBeNull();
    expect(await readSession(world.database, renewed)).toMatchObject({ id: userId });
  });

  it("writes down that it is used once a minute, not more often", async () => {
    const sessionId = await signedIn();
    const seen = async () => (await readOwnSessions(world.database, userId)).find(({ id }) => id === sessionId)?.lastSeenAt.getTime();
    const before = await seen();
    await touchSession(world.database, sessionId);
    expect(await seen()).toBe(before);
    await world.database.update(sessions).set({ lastSeenAt: sql`now() - interval '61 seconds'` }).where(eq(sessions.id, sessionId));
    expect(await readSession(world.database, sessionId)).toMatchObject({ unseen: true });
    await touchSession(world.database, sessionId);
    expect(await readSession(world.database, sessionId)).toMatchObject({ unseen: false });
  });

  it("of a disabled user is nobody's, and they cannot start another", async () => {
    const sessionId = await signedIn();
    await world.database.update(users).set({ disabledAt: sql`now()` }).where(eq(users.id, userId));
    expect(await readSession(world.database, sessionId)).toBeNull();
    expect(await attempt(OWNER, PASSWORD)).toEqual(WRONG);
    await world.database.update(users).set({ disabledAt: null }).where(eq(users.id, userId));
  });
});

it("a sign-in with the old password that is under way while it is changed does not come in", async () => {
  const email = "hammered@example.com";
  await makeUser(world.database, { email, password: PASSWORD });
  const { id, sessionId } = await signing.signedIn(email, PASSWORD);
  const waiting = async () => {
    const text = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    return (await world.database.$client.query(text)).rows.length > 0;
  };
  const { underWay } = await inTransaction(world.database, async (tx) => {
    await setPassword(tx, { userId: id, passwordHash: await hashPassword("another long password"), keepSessionId: sessionId });
    const begun = attempt(email, PASSWORD);
    await Promise.race([begun, vi.waitUntil(waiting, { timeout: 10_000 })]);
    return { underWay: begun };
  });
  expect(await underWay).toEqual(WRONG);
  expect((await attempt(email, "another long password")).ok).toBe(true);
});

describe("failed sign-ins", () => {
  it("say the same of a wrong password and of an unknown e-mail", async () => {
    expect(await attempt(OWNER, "nope")).toEqual(WRONG);
    expect(await attempt("stranger@example.com", "nope")).toEqual(WRONG);
  });

  it("stop an e-mail in a network after five, also for the right password, until the window has passed", async () => {
    await fail(TRIES_PER_PERSON, OWNER);
    const refused = await attempt(OWNER, PASSWORD);
    expect(refused).toEqual(TOO_MANY);
    expect(refused).toHaveProperty("waitSeconds", 900);
    await signing.age(898);
    expect(await attempt(OWNER, PASSWORD)).toEqual(TOO_MANY);
    await signing.age(3);
    expect((await attempt(OWNER, PASSWORD)).ok).toBe(true);
  });

  it("stop an unknown e-mail just the same", async () => {
    await fail(TRIES_PER_PERSON, "stranger@example.com");
    expect(await attempt("stranger@example.com", "nope")).toEqual(TOO_MANY);
  });

  it("of strangers elsewhere only slow a person down: seconds, never longer than a minute", async () => {
    await fail(TRIES_PER_PERSON, OWNER, "10.9.9.1");
    expect(await attempt(OWNER, PASSWORD, "10.1.1.1")).toEqual({ ok: false, problem: "too_many", waitSeconds: 2 });
    await signing.age(2);
    for (let n = 0; n < 9; n += 1) {
      await attempt(OWNER, "nope", `10.9.8.${n}`);
      await signing.age(61);
    }
    await attempt(OWNER, "nope", "10.9.8.100");
    const refused = await attempt(OWNER, PASSWORD, "10.1.1.1");
    expect(refused).toHaveProperty("waitSeconds", 60);
    await signing.age(61);
    expect((await attempt(OWNER, PASSWORD, "10.1.1.1")).ok).toBe(true);
  });

  it("of strangers, wherever they are, do not touch a browser the person signed in with before; its own do", async () => {
    const known = { id: "brw_1", userIds: [userId] };
    await fail(TRIES_PER_PERSON, OWNER);
    for (let n = 0; n < TRIES_PER_NETWORK; n += 1) await attempt(`guess${n}@example.com`, "nope");
    expect(await attempt(OWNER, PASSWORD)).toEqual(TOO_MANY);
    expect((await attempt(OWNER, PASSWORD, "10.0.0.1", known)).ok).toBe(true);
    for (let n = 0; n < TRIES_PER_PERSON; n += 1) expect(await attempt(OWNER, "nope", "10.0.0.1", known)).toEqual(WRONG);
    expect(await attempt(OWNER, PASSWORD, "10.0.0.1", known)).toEqual(TOO_MANY);
  });

  it("are not spared by a browser that somebody else signed in with", async () => {
    const others = { id: "brw_2", userIds: ["usr_somebody"] };
    for (let n = 0; n < TRIES_PER_PERSON; n += 1) await attempt(OWNER, "nope", "10.0.0.1", others);
    expect(await attempt(OWNER, PASSWORD)).toEqual(TOO_MANY);
  });

  it("stop a network after twenty over different e-mails, and leave other networks alone", async () => {
    for (let n = 0; n < TRIES_PER_NETWORK; n += 1) await attempt(`guess${n}@example.com`, "nope", `2001:db8:0:1::${n}`);
    expect(await attempt(OWNER, PASSWORD, "2001:db8:0:1::ffff")).toEqual(TOO_MANY);
    expect((await attempt(OWNER, PASSWORD, "2001:db8:0:2::1")).ok).toBe(true);
  });

  it("are counted one by one when thirty guesses come at once, from one network or from thirty", async () => {
    const checked = async (ipOf: (n: number) => string) => {
      const outcomes = await Promise.all(Array.from({ length: 30 }, (_, n) => attempt(OWNER, "nope", ipOf(n))));
      return outcomes.filter((one) => !one.ok && one.problem === "wrong").length;
    };
    expect(await checked(() => "10.0.0.1")).toBe(TRIES_PER_PERSON);
    await world.database.delete(signInFailures);
    expect(await checked((n) => `10.0.1.${n}`)).toBe(TRIES_PER_PERSON);
  });

  it("are forgotten by the right password", async () => {
    await fail(TRIES_PER_PERSON - 1, OWNER);
    expect((await attempt(OWNER, PASSWORD)).ok).toBe(true);
    await fail(TRIES_PER_PERSON - 1, OWNER);
    expect((await attempt(OWNER, PASSWORD)).ok).toBe(true);
  });

  it("never put what was typed as e-mail into the database in the clear", async () => {
    await attempt("my secret password", "x");
    const rows = await world.database.select().from(signInFailures);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain("secret");
  });
});

it("a person's last sign-ins say how each ended and where from, and a guesser cannot push out those that came in", async () => {
  const email = "read@example.com";
  const id = await makeUser(world.database, { email, password: PASSWORD });
  await startSession(world.database, { email, password: PASSWORD, ip: "10.7.7.7", userAgent: "shop till", browser: null });
  await world.database.execute(sql`insert into sign_ins (user_id, outcome) select ${id}, 'wrong_password' from generate_series(1, 60)`);
  await attempt(email, "nope", "10.6.6.6");
  const rows = await readSignIns(world.database, id, 200);
  expect(rows).toHaveLength(51);
  expect(rows[0]).toMatchObject({ outcome: "wrong_password", ip: "10.6.6.6" });
  expect(rows.at(-1)).toMatchObject({ outcome: "password", ip: "10.7.7.7", userAgent: "shop till" });
});
