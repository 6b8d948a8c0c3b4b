import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertSession, readSession } from "#db/queries/dashboard-sessions.ts";
import { makeMerchant, makeUser } from "#db/queries/dashboard-testing.ts";
import { listMembers, readMember } from "#db/queries/team.ts";
import { audit } from "#db/schema/audit.ts";
import { invitations } from "#db/schema/invitations.ts";
import { memberships, type Role, users } from "#db/schema/users.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { AuditActor } from "#lib/domain/audit.ts";
import { newId, newToken } from "#lib/domain/ids.ts";
import { invitationOf, invite, renew, withdraw } from "#lib/team/invitations.ts";
import { joinTeam, signUp } from "#lib/team/join.ts";
import { changeRole, removeMember, signOutMember } from "#lib/team/members.ts";

let own: TestDatabase;
let count = 0;
const PASSWORD = "tea leaves in the rain";

beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.close());

interface Team {
  merchantId: string;
  ids: Record<Role, string>;
  /** What a use case is told of who does it. */
  as: (role: Role) => { merchantId: string; by: { id: string; platformAdmin: boolean }; actor: AuditActor };
}

/** A merchant with one member of each role. */
async function team(): Promise<Team> {
  count += 1;
  const merchantId = `mer_team_${count}`;
  await makeMerchant(own.database, merchantId, `Shop ${count}`);
  const ids = {} as Record<Role, string>;
  for (const role of ["owner", "admin", "operator", "viewer"] as const) {
    const id = newId("user");
    // Nobody of these signs in with a password: hashing four for every test would be most of its time.
    await own.database.insert(users).values({ id, email: `${role}${count}@shop.example`, name: role, passwordHash: "none" });
    await own.database.insert(memberships).values({ userId: id, merchantId, role });
    ids[role] = id;
  }
  const as = (role: Role) => ({ merchantId, by: { id: ids[role], platformAdmin: false }, actor: actorOf(ids[role], role) });
  return { merchantId, ids, as };
}

const actorOf = (id: string, name: string): AuditActor => ({ kind: "user", id, name, ip: "192.0.2.1", userAgent: "test" });
const roleOf = async (merchantId: string, id: string) => (await readMember(own.database, merchantId, id))?.role ?? null;
const actions = async (merchantId: string) =>
  (await own.database.select({ action: audit.action }).from(audit).where(eq(audit.merchantId, merchantId)).orderBy(audit.sequence)).map(
    (row) => row.action,
  );
const typed = { name: "Mei 美", password: PASSWORD, again: PASSWORD, locale: "zh-HK", ip: "192.0.2.9", userAgent: "phone" };

async function invited(by: Team, role: Role, email = `${newToken()}@shop.example`) {
  const made = await invite({ ...by.as("owner"), email, role });
  if (!made.ok) throw new Error(made.problem);
  return made;
}

describe("an invitation", () => {
  it("makes a new person a member of this merchant alone, signed in, and works once", async () => {
    const shop = await team();
    const { token, email, id } = await invited(shop, "operator");
    const joined = await signUp({ token, ...typed });
    if (!joined.ok) throw new Error(joined.problem);
    const session = await readSession(own.database, joined.sessionId);
    expect(session).toMatchObject({ email, name: "Mei 美", platformAdmin: false, roles: { [shop.merchantId]: "operator" } });
    expect(Object.keys(session?.roles ?? {})).toEqual([shop.merchantId]);
    expect((await invitationOf(own.database, token))?.standing).toBe("used");
    expect(await signUp({ token, ...typed })).toEqual({ ok: false, field: "form", problem: "used" });
    expect(await actions(shop.merchantId)).toEqual(["team.invite", "team.join"]);
    // The link's token is kept nowhere.
    const [row] = await own.database.select().from(invitations).where(eq(invitations.id, id));
    expect(JSON.stringify(row)).not.toContain(token);
  });

  it("lets in one of two who use its link at once", async () => {
    const shop = await team();
    const { token } = await invited(shop, "viewer");
    const both = await Promise.all([signUp({ token, ...typed }), signUp({ token, ...typed, name: "Other" })]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ problem: "used" });
    expect(await listMembers(own.database, shop.merchantId)).toHaveLength(5);
  });

  it("does not take over an account that has the e-mail, and lets its owner join when signed in", async () => {
    const shop = await team();
    const email = `both${count}@shop.example`;
    const other = await makeUser(own.database, { email, password: PASSWORD });
    const { token } = await invited(shop, "admin", email.toUpperCase());
    expect(await signUp({ token, ...typed, password: "something else entirely", again: "something else entirely" })).toEqual({
      ok: false,
      field: "form",
      problem: "not_possible",
    });
    expect(await roleOf(shop.merchantId, other)).toBeNull();
    const stranger = { id: shop.ids.viewer, email: "viewer@elsewhere.example" };
    expect(await joinTeam({ token, user: stranger, actor: actorOf(stranger.id, "x") })).toEqual({ ok: false, problem: "other_email" });
    expect(await joinTeam({ token, user: { id: other, email }, actor: actorOf(other, "both") })).toEqual({
      ok: true,
      merchantId: shop.merchantId,
    });
    expect(await roleOf(shop.merchantId, other)).toBe("admin");
  });

  it("never changes the role of who is a member already", async () => {
    const shop = await team();
    const email = `later${count}@shop.example`;
    const person = await makeUser(own.database, { email, password: PASSWORD });
    const { token } = await invited(shop, "owner", email);
    await own.database.insert(memberships).values({ userId: person, merchantId: shop.merchantId, role: "viewer" });
    expect(await joinTeam({ token, user: { id: person, email }, actor: actorOf(person, "x") })).toEqual({
      ok: false,
      problem: "already_member",
    });
    expect(await roleOf(shop.merchantId, person)).toBe("viewer");
    expect(await invite({ ...shop.as("owner"), email, role: "owner" })).toEqual({ ok: false, problem: "already_member" });
  });

  it("ends when it is withdrawn, has expired, is renewed, or who vouches for it may no longer", async () => {
    const shop = await team();
    const [gone, late, renewed, vouched] = [
      await invited(shop, "viewer"),
      await invited(shop, "viewer"),
      await invited(shop, "viewer"),
      await invite({ ...shop.as("admin"), email: "by-admin@shop.example", role: "operator" }),
    ];
    if (!vouched.ok) throw new Error("admin may invite operators");
    expect(await withdraw({ ...shop.as("owner"), id: gone.id })).toEqual({ ok: true });
    await own.database.update(invitations).set({ expiresAt: sql`now() - interval '1 second'` }).where(eq(invitations.id, late.id));
    const again = await renew({ ...shop.as("owner"), id: renewed.id });
    expect(await changeRole({ ...shop.as("owner"), userId: shop.ids.admin, role: "operator" })).toEqual({ ok: true });
    const standing = async (token: string) => (await invitationOf(own.database, token))?.standing ?? null;
    expect(await standing(gone.token)).toBe("withdrawn");
    expect(await standing(late.token)).toBe("expired");
    expect(await standing(renewed.token)).toBeNull();
    expect(again.ok && (await standing(again.token))).toBe("open");
    expect(await standing(vouched.token)).toBe("withdrawn");
    for (const token of [gone.token, late.token, renewed.token, vouched.token, newToken(), "", "x\0"])
      expect((await signUp({ token, ...typed })).ok).toBe(false);
    // An expired one works again with a new link; what was withdrawn or used does not.
    expect((await renew({ ...shop.as("owner"), id: late.id })).ok).toBe(true);
    expect(await renew({ ...shop.as("owner"), id: gone.id })).toEqual({ ok: false, problem: "gone" });
  });

  it("is made only by who may give the role, once for an e-mail, for an address", async () => {
    const shop = await team();
    const ask = (by: Role, role: Role, email: string) => invite({ ...shop.as(by), email, role });
    expect(await ask("admin", "admin", "a@b.example")).toEqual({ ok: false, problem: "forbidden" });
    expect(await ask("operator", "viewer", "a@b.example")).toEqual({ ok: false, problem: "forbidden" });
    expect(await ask("owner", "viewer", "nobody")).toEqual({ ok: false, problem: "email_invalid" });
    expect((await ask("owner", "viewer", "a@b.example")).ok).toBe(true);
    expect(await ask("owner", "viewer", "A@B.example")).toEqual({ ok: false, problem: "already_invited" });
    expect(await actions(shop.merchantId)).toEqual(["team.invite"]);
  });

  it("of another merchant is out of reach", async () => {
    const [shop, other] = [await team(), await team()];
    const { id, token } = await invited(shop, "viewer");
    expect(await withdraw({ ...other.as("owner"), id })).toEqual({ ok: false, problem: "gone" });
    expect(await renew({ ...other.as("owner"), id })).toEqual({ ok: false, problem: "gone" });
    expect((await invitationOf(own.database, token))?.standing).toBe("open");
  });

  it("says what is wrong with what was typed, and uses nothing up", async () => {
    const shop = await team();
    const { token } = await invited(shop, "viewer");
    expect(await signUp({ token, ...typed, name: " " })).toMatchObject({ field: "name", problem: "missing" });
    expect(await signUp({ token, ...typed, name: "x".repeat(61) })).toMatchObject({ field: "name", problem: "long" });
    expect(await signUp({ token, ...typed, password: "short", again: "short" })).toMatchObject({ field: "password", problem: "short" });
    expect(await signUp({ token, ...typed, again: "else" })).toMatchObject({ field: "again", problem: "different" });
    expect((await signUp({ token, ...typed })).ok).toBe(true);
  });
});

describe("a member", () => {
  it("is changed, and the audit says from what to what", async () => {
    const shop = await team();
    expect(await changeRole({ ...shop.as("admin"), userId: shop.ids.operator, role: "viewer" })).toEqual({ ok: true });
    expect(await changeRole({ ...shop.as("admin"), userId: shop.ids.owner, role: "viewer" })).toEqual({ ok: false, problem: "forbidden" });
    expect(await changeRole({ ...shop.as("admin"), userId: shop.ids.admin, role: "owner" })).toEqual({ ok: false, problem: "own_raise" });
    expect(await roleOf(shop.merchantId, shop.ids.operator)).toBe("viewer");
    const rows = await own.database.select().from(audit).where(eq(audit.merchantId, shop.merchantId));
    expect(rows).toMatchObject([{ action: "team.role", targetId: shop.ids.operator, detail: '{"from":"operator","to":"viewer"}' }]);
  });

  it("two owners who lower each other at once leave one", async () => {
    const shop = await team();
    await changeRole({ ...shop.as("owner"), userId: shop.ids.admin, role: "owner" });
    const lower = (by: Role, member: Role) => changeRole({ ...shop.as(by), userId: shop.ids[member], role: "viewer" });
    const both = await Promise.all([lower("owner", "admin"), lower("admin", "owner")]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const members = await listMembers(own.database, shop.merchantId);
    expect(members.filter(({ role }) => role === "owner")).toHaveLength(1);
  });

  it("the last owner stays, a disabled one does not count", async () => {
    const shop = await team();
    const self = { ...shop.as("owner"), userId: shop.ids.owner };
    expect(await removeMember(self)).toEqual({ ok: false, problem: "last_owner" });
    await own.database.insert(memberships).values({ userId: await disabled(), merchantId: shop.merchantId, role: "owner" });
    expect(await changeRole({ ...self, role: "admin" })).toEqual({ ok: false, problem: "last_owner" });
  });

  it("is removed from this merchant and keeps the others", async () => {
    const [shop, other] = [await team(), await team()];
    const both = shop.ids.operator;
    await own.database.insert(memberships).values({ userId: both, merchantId: other.merchantId, role: "admin" });
    const sessionId = await signedIn(both);
    expect(await removeMember({ ...shop.as("admin"), userId: both })).toEqual({ ok: true });
    expect((await readSession(own.database, sessionId))?.roles).toEqual({ [other.merchantId]: "admin" });
    expect(await removeMember({ ...shop.as("admin"), userId: both })).toEqual({ ok: false, problem: "gone" });
  });

  it("is signed out everywhere; whoever does it to themselves keeps the session they do it in", async () => {
    const shop = await team();
    const [theirs, mine, here] = [await signedIn(shop.ids.operator), await signedIn(shop.ids.owner), await signedIn(shop.ids.owner)];
    const end = (by: Role, member: Role) => signOutMember({ ...shop.as(by), userId: shop.ids[member], exceptSession: here });
    expect(await end("admin", "owner")).toEqual({ ok: false, problem: "forbidden" });
    expect(await end("admin", "operator")).toEqual({ ok: true });
    expect(await end("owner", "owner")).toEqual({ ok: true });
    const alive = async (id: string) => (await readSession(own.database, id)) !== null;
    expect([await alive(theirs), await alive(mine), await alive(here)]).toEqual([false, false, true]);
  });
});

async function signedIn(userId: string): Promise<string> {
  const id = newId("session");
  await insertSession(own.database, { id, userId, userAgent: "", ip: "", hours: 1 });
  return id;
}

async function disabled(): Promise<string> {
  const id = newId("user");
  await own.database.insert(users).values({ id, email: `${id}@shop.example`, name: "gone", passwordHash: "none", disabledAt: new Date() });
  return id;
}
