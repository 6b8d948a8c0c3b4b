import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { HOUSE_PRESSES } from "#app/good-press-house-testing.ts";
import { MONEY_PRESSES } from "#app/good-press-money-testing.ts";
import { PROGRAM_PRESSES } from "#app/good-press-program-testing.ts";
import type { Fields, GoodPress, Person, Stage } from "#app/good-press-testing.ts";
import { sendForm } from "#app/press-testing.ts";
import { type Scene, setScene } from "#app/scene-testing.ts";
import { auditedBy } from "#db/queries/audit-testing.ts";
import { makeUser } from "#db/queries/dashboard-testing.ts";
import { signedIn } from "#lib/auth-testing.ts";
import { UNWRITTEN } from "#lib/domain/audit.ts";
import { STAFF_ACTIONS, type StaffAction } from "#lib/domain/staff-actions.ts";
import { translator } from "#lib/i18n/translator.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";

/**
 * What a person does on the dashboard is in the audit: every action of STAFF_ACTIONS is pressed once through its real handler, with
 * a form that does what it is for, and leaves exactly one row, with its name, who did it, in which merchant, to what; or none,
 * where UNWRITTEN says why. That a refused press writes nothing is access.integration.test.ts's matter.
 */
vi.mock("next/headers", async () => (await import("#app/request-testing.ts")).nextHeaders);
vi.mock("next/cache", async () => (await import("#app/request-testing.ts")).nextCache);
vi.mock("next/navigation", async () => (await import("#app/request-testing.ts")).nextNavigation);

const PRESSES: Record<StaffAction, GoodPress> = { ...PROGRAM_PRESSES, ...HOUSE_PRESSES, ...MONEY_PRESSES };

let world: World;
let stage: Stage;
beforeAll(async () => {
  world = await testWorld();
  const things = await setScene(world.database, { merchantId: "mer_own", name: "Own", mark: "OwnMark", origin: world.origin });
  const people = {
    owner: await person("owner", { roles: { mer_own: "owner" } }),
    operator: await person("operator", { roles: { mer_own: "operator" } }),
    platform: await person("platform", { platformAdmin: true }),
    newcomer: await person("newcomer", {}),
  };
  stage = { world, things, people };
});
afterAll(() => world.close());
// Who had to switch two-step sign-in on first could do nothing else; a closed merchant takes no money.
beforeEach(() => world.database.$client.query("update merchants set require_totp = false, active = true"));

async function person(name: string, more: Omit<Parameters<typeof makeUser>[1], "email" | "password">): Promise<Person> {
  const email = `${name}@x.example`;
  const id = await makeUser(world.database, { email, password: "x", ...more });
  return { id, email, session: await signedIn(world.database, id) };
}

function filled(fields: Fields, things: Scene): Fields {
  const named = (value: Fields[string]) => (typeof value === "string" && value.startsWith("@") ? things[value.slice(1) as "order"] : value);
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, named(value)]));
}

function formOf(fields: Fields): FormData {
  const form = new FormData();
  form.set("merchant", stage.things.merchant);
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Blob) form.set(name, value);
    else for (const one of typeof value === "string" ? [value] : value) form.append(name, one);
  }
  return form;
}

function merchantOf(action: StaffAction, { of }: GoodPress): unknown {
  if (of === "made") return expect.stringMatching(/^mer_/);
  const { permission } = STAFF_ACTIONS[action];
  const about = of ?? (permission === "platform" || permission === "self" ? "none" : "merchant");
  return about === "none" ? null : stage.things.merchant;
}

function targetOf({ target }: GoodPress, by: Person, fields: Fields): unknown {
  if (target === null) return null;
  const [kind, id] = target;
  if (id === "made") return { kind, id: expect.stringMatching(/^[a-z]+_\w+$/) };
  if (id === "self") return { kind, id: by.id };
  return { kind, id: id.startsWith("@") ? stage.things[id.slice(1) as "order"] : fields[id] };
}

test.each(Object.keys(STAFF_ACTIONS) as StaffAction[])("%s", async (action) => {
  const press = PRESSES[action];
  const by = stage.people[press.by ?? "owner"];
  const fields = { ...filled(press.fields ?? {}, stage.things), ...(await press.ready?.(stage)) };
  const params = filled(press.params ?? {}, stage.things) as Record<string, string>;
  const { rows, value } = await auditedBy(world.database, () => sendForm(press.row, formOf(fields), { cookie: by.session.cookie, params }));
  const own = rows.filter((row) => row.action === action);
  const actor = { kind: "user", id: by.id, name: by.email.split("@")[0] };
  const expected = { actor, merchant: merchantOf(action, press), action, target: targetOf(press, by, fields) };
  if (action in UNWRITTEN) expect(rows, value).toEqual([]);
  else expect(own, value).toMatchObject([expected]);
  expect(rows.map((row) => row.action).sort(), value).toEqual([...own.map((row) => row.action), ...(press.also ?? [])].sort());
  const kind = own[0]?.target?.kind;
  if (kind) expect(translator("en", "audit").has(`target.${kind}` as "target.order"), `words for ${kind}`).toBe(true);
});

test("signing in, another password and signing out are written under the person's own name; a wrong password is not", async () => {
  const password = "a tin of ceylon tea";
  const email = "mei@x.example";
  const id = await makeUser(world.database, { email, password, roles: { [stage.things.merchant]: "viewer" } });
  const form = (fields: Record<string, string>) => formOf(fields);
  const signIn = "app/(auth)/sign-in/actions.ts#signIn";
  const wrong = await auditedBy(world.database, () => sendForm(signIn, form({ email, password: "another" }), {}));
  expect([wrong.rows, wrong.value]).toEqual([[], expect.stringContaining("wrong")]);
  const entered = await auditedBy(world.database, () => sendForm(signIn, form({ email, password }), {}));
  const row = (action: string, kind: string) => ({ actor: { kind: "user", id, name: "mei" }, merchant: null, action, target: { kind } });
  expect(entered.rows, entered.value).toMatchObject([row("session.sign_in", "session")]);

  const { cookie, sessionId } = await signedIn(world.database, id);
  const next = "a tin of assam tea";
  const change = "app/(auth)/change-password/actions.ts#savePassword";
  const changed = await auditedBy(world.database, () => sendForm(change, form({ current: password, next, again: next }), { cookie }));
  expect(changed.rows, changed.value).toMatchObject([{ ...row("session.password", "user"), target: { kind: "user", id } }]);
  expect(JSON.stringify(changed.rows)).not.toMatch(/ceylon|assam/);

  const later = await signedIn(world.database, id);
  expect(later.sessionId).not.toBe(sessionId);
  const left = await auditedBy(world.database, () => sendForm("app/(dashboard)/actions.ts#signOut", form({}), { cookie: later.cookie }));
  expect(left.rows, left.value).toMatchObject([
    { ...row("session.sign_out", "session"), target: { kind: "session", id: later.sessionId } },
  ]);
});
