import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { readSession, type SignedIn } from "#db/queries/dashboard-sessions.ts";
import { makeUser } from "#db/queries/dashboard-testing.ts";
import { sessions, signInFailures } from "#db/schema/users.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { changePassword } from "#lib/change-password.ts";
import { renewSession } from "#lib/sign-in.ts";
import { signInTesting } from "#lib/sign-in-testing.ts";
import { TRIES_PER_NETWORK, TRIES_PER_PERSON } from "#lib/tries.ts";

let world: TestDatabase;
let signing: ReturnType<typeof signInTesting>;
const OWNER = "owner@example.com";
const PASSWORD = "correct horse battery";
const NEXT = "a new long password";

beforeAll(async () => {
  world = await testDatabase();
  signing = signInTesting(world.database);
  await makeUser(world.database, { email: OWNER, password: PASSWORD });
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.database.delete(signInFailures);
});

const change = (user: SignedIn, current: string, next: string, { again = next, code = "" } = {}) =>
  changePassword(world.database, { user, actor: actorOf(user), current, code, next, again });
const actorOf = ({ id, name }: SignedIn) => ({ kind: "user", id, name, ip: "10.0.0.1", userAgent: "test" }) as const;
const signedIn = () => signing.signedIn(OWNER, PASSWORD);

it("is refused after five wrong guesses, right or wrong, and leaves signing in and other sessions alone", async () => {
  const [user, other] = [await signedIn(), await signedIn()];
  for (let n = 0; n < TRIES_PER_PERSON; n += 1)
    expect(await change(user, `guess ${n}`, NEXT)).toEqual({ field: "current", problem: "wrong" });
  expect(await change(user, PASSWORD, NEXT)).toEqual({ field: "current", problem: "too_many" });
  expect((await signing.attempt(OWNER, PASSWORD)).ok).toBe(true);
  expect(await change(other, PASSWORD, "short")).toEqual({ field: "next", problem: "short" });
});

it("with the right current password is not counted, however often something else is wrong", async () => {
  const user = await signedIn();
  for (let n = 0; n < TRIES_PER_PERSON + 2; n += 1)
    expect(await change(user, PASSWORD, "short")).toEqual({ field: "next", problem: "short" });
});

it("cannot be stopped by strangers' failed sign-ins", async () => {
  const user = await signedIn();
  for (let n = 0; n < TRIES_PER_NETWORK; n += 1) await signing.attempt(`guess${n}@example.com`, "nope");
  expect(await change(user, PASSWORD, "short")).toEqual({ field: "next", problem: "short" });
});

it("names the field of each problem and changes nothing", async () => {
  const user = await signedIn();
  expect(await change(user, "nope", NEXT)).toEqual({ field: "current", problem: "wrong" });
  expect(await change(user, PASSWORD, "short")).toEqual({ field: "next", problem: "short" });
  expect(await change(user, PASSWORD, "x".repeat(201))).toEqual({ field: "next", problem: "long" });
  expect(await change(user, PASSWORD, PASSWORD)).toEqual({ field: "next", problem: "same" });
  expect(await change(user, PASSWORD, NEXT, { again: "another one typed" })).toEqual({ field: "again", problem: "different" });
  expect((await signing.attempt(OWNER, PASSWORD)).ok).toBe(true);
});

it("takes effect, frees from the one-time password, and ends the person's other sessions only", async () => {
  const email = "second@example.com";
  await makeUser(world.database, { email, password: "one-time-pass", mustChangePassword: true });
  const [here, elsewhere, others] = [
    await signing.signedIn(email, "one-time-pass"),
    await signing.signedIn(email, "one-time-pass"),
    await signedIn(),
  ];
  expect(await change(here, "one-time-pass", NEXT)).toBeNull();
  expect(await readSession(world.database, here.sessionId)).toMatchObject({ mustChangePassword: false });
  expect(await readSession(world.database, elsewhere.sessionId)).toBeNull();
  expect(await readSession(world.database, others.sessionId)).not.toBeNull();
  expect((await signing.attempt(email, "one-time-pass")).ok).toBe(false);
  expect((await signing.attempt(email, NEXT)).ok).toBe(true);
});

it("with two-step sign-in on needs a code as well, unless one was given lately in this session", async () => {
  const email = "third@example.com";
  await makeUser(world.database, { email, password: PASSWORD });
  const fresh = await signing.signedIn(email, PASSWORD);
  const { app, codes } = await signing.enrol(fresh);
  await world.database.update(sessions).set({ reauthenticatedAt: sql`now() - interval '11 minutes'` });
  const user = await readSession(world.database, fresh.sessionId);
  if (!user) throw new Error("no session");
  expect(user).toMatchObject({ twoStep: true, proven: false });
  expect(await change(user, PASSWORD, NEXT)).toEqual({ field: "code", problem: "code" });
  expect(await change(user, PASSWORD, NEXT, { code: app(5) })).toEqual({ field: "current", problem: "wrong_code" });
  expect(await change(user, "nope", NEXT, { code: codes[0] ?? "" })).toEqual({ field: "current", problem: "wrong_code" });
  expect(await change(user, PASSWORD, NEXT, { code: codes[0] ?? "" })).toBeNull();
});

it("makes a proof that lasts no longer: a password is not the code's equal, ten minutes at a time", async () => {
  const email = "fourth@example.com";
  await makeUser(world.database, { email, password: PASSWORD });
  const fresh = await signing.signedIn(email, PASSWORD);
  await signing.enrol(fresh);
  await world.database.update(sessions).set({ reauthenticatedAt: sql`now() - interval '9 minutes'` });
  const user = await readSession(world.database, fresh.sessionId);
  if (!user) throw new Error("no session");
  expect(user).toMatchObject({ twoStep: true, proven: true });
  expect(await change(user, PASSWORD, "short")).toEqual({ field: "next", problem: "short" });
  expect(await change(user, PASSWORD, NEXT)).toBeNull();
  const renewed = await renewSession(world.database, { userId: user.id, sessionId: user.sessionId, ip: "10.0.0.1", userAgent: "test" });
  await world.database.update(sessions).set({ reauthenticatedAt: sql`reauthenticated_at - interval '2 minutes'` });
  expect(await readSession(world.database, renewed)).toMatchObject({ twoStep: true, proven: false });
});
