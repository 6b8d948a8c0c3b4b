import { readFileSync } from "node:fs";
import path from "node:path";
import { OPEN_TO_ALL, ROWS } from "#app/action-rows-testing.ts";
import { OPEN_ROUTES, PAGES } from "#app/page-rows-testing.ts";
import { filledIn, may } from "#app/scene-testing.ts";
import { refundRequests } from "#db/schema/refund-requests.ts";
import { createKey } from "#lib/api/keys.ts";
import { SCOPES } from "#lib/api/scopes.ts";
import { newId } from "#lib/domain/ids.ts";
import { type Needs, STAFF_ACTIONS } from "#lib/domain/staff-actions.ts";
import { translator } from "#lib/i18n/translator.ts";
import { distDir } from "../../scripts/build.ts";
import { test as base, expect } from "../fixtures.ts";
import { FORMLESS, findForms, inOrder, postForm, SILENT, typedInto } from "../support/access-forms.ts";
import { ASKING, judged, readPage, WAYS } from "../support/access-pages.ts";
import { addressOf, briefly, isRefusal, nameOf, needsOf, outcomeIn, PRESSINGS, pressBy, refuses } from "../support/access-presses.ts";
import { addressesIn, theftsIn } from "../support/access-thefts.ts";
import {
  type AccessWorld,
  EVERYBODY,
  FOREIGN_MARK,
  inFours,
  isOutsider,
  OWN_MARK,
  openAccessWorld,
  ROLES,
  roleOf,
  signedOut,
  type Who,
} from "../support/access-world.ts";
import { serverActions } from "../support/server-actions.ts";
import { newWatch } from "../support/watch.ts";

// Nobody looks at a page here: no browser is begun to watch.
const test = base.extend({ watch: async ({ server: _ }, use) => use(newWatch()) });
test.describe.configure({ mode: "default" });
let world: AccessWorld;

test.beforeAll(async ({ server, ledger }) => {
  world = await openAccessWorld(server, ledger);
});
test.afterAll(() => world?.close());

test("every page, route and action of the build has a row", () => {
  const built = JSON.parse(readFileSync(path.join(distDir, "app-path-routes-manifest.json"), "utf8")) as Record<string, string>;
  const files = Object.keys(built).map((one) => `app${one}.${one.endsWith("/route") ? "ts" : "tsx"}`);
  expect(files.filter((file) => !(file in PAGES) && !(file in OPEN_ROUTES) && !/^app\/(_|icon|favicon)/.test(file))).toEqual([]);
  const actions = serverActions().map(({ row }) => row);
  expect(actions.filter((row) => !(row in ROWS) && !(row in OPEN_TO_ALL))).toEqual([]);
});

test("every page, over HTTP: shown to whom the tables say, and nothing of it to anybody else", async () => {
  const asked = Object.entries(PAGES).flatMap(([file, row]) => WAYS.flatMap((way) => ASKING[way].map((who) => ({ file, row, who, way }))));
  const wrong: string[] = [];
  await inFours(asked, async ({ file, row, who, way }) => {
    const answer = await readPage(world, file, row, who, way, world.own);
    const problem = judged(answer, row, who);
    if (problem) wrong.push(`${file}, ${who}, ${way}: ${problem} (${answer.status} ${answer.to})`);
  });
  expect(wrong).toEqual([]);
});

test("another merchant's things, over HTTP: to each role as unknown as nobody's", async () => {
  const asked = Object.entries(PAGES).flatMap(([file, row]) =>
    Object.values(row.params ?? {}).some((value) => value.startsWith("@"))
      ? ROLES.flatMap((who) => (["document", "data"] as const).map((way) => ({ file, row, who, way })))
      : [],
  );
  const wrong: string[] = [];
  await inFours(asked, async ({ file, row, who, way }) => {
    const { status, text } = await readPage(world, file, row, who, way, world.foreign);
    // Their own id stands in the address they asked for; nothing else of them is there.
    const [id = ""] = Object.values(filledIn(row.params ?? {}, world.foreign));
    const rest = text.replaceAll(id, "").replaceAll(encodeURIComponent(id), "");
    const told = [FOREIGN_MARK, ...Object.values(world.foreign)].filter((one) => rest.includes(one));
    if (told.length > 0) wrong.push(`${file}, ${who}, ${way}: shows ${told}`);
    const unknown = may(row.needs, who) ? status === 404 : isRefusal(text) || status === 404;
    if (!unknown) wrong.push(`${file}, ${who}, ${way}: answers ${status}`);
  });
  expect(wrong).toEqual([]);
  const written = await world.writes.take();
  // Whoever opens the page of two-step sign-in is given the key of an app to confirm.
  expect(written.filter(({ table }) => table !== "user_totp")).toEqual([]);
});

test("every action, as a page's script calls it: nothing is done for who may not", async () => {
  const refused = (needs: Needs) => EVERYBODY.filter((who) => signedOut(who) || !may(needs, roleOf(who)));
  const asked = PRESSINGS.flatMap((one) => refused(needsOf(one)).map((who) => ({ one, who })));
  const wrong: string[] = [];
  await inFours(asked, async ({ one, who }) => {
    const answer = await pressBy(world, who, one, world.own);
    if (!refuses(answer) || (isOutsider(who) && answer.text.includes(OWN_MARK))) wrong.push(`${nameOf(one)}, ${who}: ${briefly(answer)}`);
  });
  expect(wrong).toEqual([]);
  expect(await world.writes.take()).toEqual([]);
});

/** What is told something else before it is asked for a proof. */
const FIRST_OTHER: Readonly<Record<string, string>> = { "payouts.send": "an account that pays out comes before whoever sends" };

test("an action that needs a proof asks the owner for it, an hour after the last; nothing is done", async () => {
  const wrong: string[] = [];
  const recent = PRESSINGS.filter((one) => STAFF_ACTIONS[one.press.asks].recent && needsOf(one) !== "platform");
  await inFours(recent, async (one) => {
    const answer = await pressBy(world, "stale", one, world.own);
    if (!/"confirm_missing"/.test(outcomeIn(answer.text)) && !FIRST_OTHER[one.press.asks]) wrong.push(`${nameOf(one)}: ${briefly(answer)}`);
  });
  expect(wrong).toEqual([]);
  expect(await world.writes.take()).toEqual([]);
});

test("mixed pairs: an owner's own merchant with another's things, and the other merchant with their own", async () => {
  const naming = PRESSINGS.filter(({ press }) => /"@/.test(JSON.stringify([press.fields, press.params])));
  const mixed = naming.map((one) => ({ one, things: { ...world.foreign, merchant: world.own.merchant } }));
  // Orders and refund requests say themselves whose they are: what the form says of it is not read.
  const saying = PRESSINGS.filter((one) => !["self", "platform"].includes(needsOf(one)) && !/orders\/\[id\]|refunds\//.test(one.row));
  const turned = saying.map((one) => ({ one, things: { ...world.own, merchant: world.foreign.merchant } }));
  const wrong: string[] = [];
  await inFours([...mixed, ...turned], async ({ one, things }) => {
    const answer = await pressBy(world, "owner", one, things);
    const rest = Object.values(things).reduce((text, id) => text.replaceAll(id, ""), answer.text);
    const refused = things.merchant === world.own.merchant || refuses(answer);
    if (!refused || rest.includes(FOREIGN_MARK)) wrong.push(`${nameOf(one)}, ${things.merchant}: ${briefly(answer)}`);
  });
  expect(wrong).toEqual([]);
  expect(await world.writes.take()).toEqual([]);
});

/** The script's way has asked everybody; a form goes through the same door. */
const POSTING = ["viewer", "admin", "stranger", "nobody"] as const;

test("every form that works without script, posted by others as it was drawn: nothing is done", async () => {
  const forms = await findForms(world);
  const actions = Object.keys(ROWS).filter((row) => row.includes("actions.ts#"));
  expect(actions.filter((row) => !forms.some((one) => one.row === row)).sort()).toEqual(Object.keys(FORMLESS).sort());
  const wrong: string[] = [];
  const posts = forms.flatMap((form) => {
    const needs = PRESSINGS.filter(({ row }) => row === form.row).map(needsOf);
    return POSTING.filter((who) => needs.every((one) => signedOut(who) || !may(one, roleOf(who)))).map((who) => ({ form, who }));
  });
  await inFours(posts, async ({ form, who }) => {
    const answer = await postForm(world, who, form);
    // Whose page has no such form is shown that page; what they typed themselves comes back to them.
    const refused = refuses(answer) || (answer.status === 200 && answer.to === "");
    const told = isOutsider(who) && form.fields.reduce((text, [, typed]) => text.replaceAll(typed, ""), answer.text).includes(OWN_MARK);
    if (!refused || told) wrong.push(`${form.row}, ${who}: ${told} ${briefly(answer)}`);
  });
  await inFours(
    forms.filter(({ fields }) => fields.some(([name]) => name === "merchant")),
    async (form) => {
      const answer = await postForm(world, "owner", form, { merchant: world.foreign.merchant });
      if (answer.text.includes(FOREIGN_MARK)) wrong.push(`${form.row}, as of another merchant: ${briefly(answer)}`);
    },
  );
  expect(wrong).toEqual([]);
  expect(await world.writes.take()).toEqual([]);
});

test("a session is no key, and a key is no session", async () => {
  const { own, ask } = world;
  const made = await createKey(
    { merchantId: own.merchant, live: false, name: "k", scopes: [...SCOPES], createdBy: "usr_x", expiresAt: null },
    world.database,
  );
  if (!made.ok) throw new Error(made.problem.code);
  await world.writes.take();
  const post = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
  for (const who of ["owner", "platform"] as const) {
    for (const path of ["orders", `orders/${own.order}`, "refunds", "links"])
      expect((await ask(who, `/api/v1/${path}`)).status, path).toBe(401);
    for (const path of ["orders", "refunds"]) expect((await ask(who, `/api/v1/${path}`, post)).status, path).toBe(401);
    // Other locks: with the cookie and without the answer is the same.
    for (const path of ["/compat/xxpay/pay/query", "/api/notify/xxpay/none", "/sandbox/control/payments/none"]) {
      const [as, bare] = await Promise.all([ask(who, path, post), ask("nobody", path, post)]);
      expect([as.status, as.text], path).toEqual([bare.status, bare.text]);
    }
  }
  const headers = { authorization: `Bearer ${made.value.secret}` };
  expect((await ask("nobody", `/api/v1/orders/${own.order}`, { headers })).status).toBe(200);
  for (const [file, row] of Object.entries(PAGES)) {
    const { to, text } = await ask("nobody", addressOf(file, filledIn(row.params ?? {}, own)), { headers });
    expect([to.split("?")[0], text.includes(OWN_MARK)], file).toEqual(["/sign-in", false]);
  }
  for (const path of ["orders/export", `orders/${own.order}/bundle`, "settings/logo"])
    expect((await ask("nobody", `/dashboard/${path}`, { method: "POST", headers, body: new FormData() })).to, path).toMatch(/^\/sign-in\?/);
  expect((await world.writes.take()).filter(({ table }) => table !== "api_keys" && table !== "api_requests")).toEqual([]);
});

test("a thief among the staff: other people's ids wherever a field or an address takes one", async () => {
  const thefts = theftsIn(world);
  const wrong: string[] = [];
  const tell = (name: string, text: string) => {
    const rest = Object.values(world.foreign).reduce((left, id) => left.replaceAll(id, ""), text);
    if (rest.includes(FOREIGN_MARK) || rest.includes(`${OWN_MARK} view`)) wrong.push(name);
  };
  await inFours(thefts, async (one) => {
    const answer = await pressBy(world, one.who, one, world.own);
    tell(nameOf(one), answer.text);
  });
  await inFours(addressesIn(world), async (address) => tell(address, (await world.ask("owner", address)).text));
  expect(wrong).toEqual([]);
  expect(await world.writes.take()).toEqual([]);
  // An export of another merchant's filter is an export of one's own orders.
  for (const fields of [`merchant=${world.foreign.merchant}`, `account=${world.foreign.account}`, `number=${world.foreign.order}`]) {
    const body = new FormData();
    for (const [name, value] of Object.entries({ merchant: world.own.merchant, fields })) body.append(name, value);
    tell(fields, (await world.ask("owner", "/dashboard/orders/export", { method: "POST", body })).text);
  }
  expect(wrong).toEqual([]);
  await world.writes.take();
});

test("a proof is its session's own, and nobody decides what they asked for themselves, from any session", async () => {
  const { own, people, password } = world;
  const row = "app/(dashboard)/dashboard/settings/actions.ts#savePolicies";
  const fields = { late: "review", surplus: "refund" };
  const press = (who: Who, more: Record<string, string> = {}) =>
    pressBy(world, who, { row, press: { asks: "settings.policies", fields: { ...fields, ...more } } }, own);
  expect(outcomeIn((await press("stale", { confirm_password: "not this one" })).text)).toContain('"confirm_wrong"');
  expect((await world.writes.take()).map(({ table }) => table)).not.toContain("merchants");
  expect(refuses(await press("stale", { confirm_password: password }))).toBe(false);
  expect((await world.writes.take()).map(({ table }) => table)).toContain("merchants");
  expect(outcomeIn((await press("elsewhere")).text)).toContain('"confirm_missing"');
  const request = newId("refundRequest");
  await world.database.insert(refundRequests).values({
    ...{ id: request, merchantId: own.merchant, orderId: own.order, attemptId: own.attempt, currency: "HKD", amount: 100n, reason: "x" },
    ...{ cause: "limit", requestedBy: people.owner, idempotencyKey: "own", expiresAt: new Date(Date.now() + 86_400_000) },
  });
  await world.writes.take();
  const decide = { request, intent: "approve", decision: "x", confirm_password: password };
  const file = "app/(dashboard)/dashboard/refunds/actions.ts#decide";
  for (const who of ["owner", "elsewhere"] as const) {
    const answer = await pressBy(world, who, { row: file, press: { asks: "refunds.approve", fields: decide } }, own);
    expect(outcomeIn(answer.text), who).toContain(translator("en", "problem")("request_own"));
  }
  expect((await world.writes.take()).filter(({ table }) => !/^(sessions|sign_in_failures)$/.test(table))).toEqual([]);
});

test("the same forms do something for those they were drawn for", async () => {
  const silent: string[] = [];
  const refused: string[] = [];
  for (const form of inOrder(await findForms(world))) {
    const ours = PRESSINGS.filter(({ row }) => row === form.row).every((one) => needsOf(one) === "platform");
    const answer = await postForm(world, ours ? "platform" : "owner", form, typedInto(form));
    if (refuses(answer)) refused.push(`${form.row}: ${briefly(answer)}`);
    if ((await world.writes.take()).length === 0) silent.push(form.row);
  }
  expect(refused).toEqual([]);
  expect(silent.sort()).toEqual(Object.keys(SILENT).sort());
});
