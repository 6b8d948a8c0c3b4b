import { expect } from "../fixtures.ts";
import { expectView } from "../support/checkout.ts";
import { BLOCKED_SCRIPT } from "../support/watch.ts";
import { answer } from "../support/ways.ts";
import { expectOnly } from "../support/words.ts";
import { chosenCases, nameOf } from "./cases.ts";
import { test } from "./fixtures.ts";
import { ACTS, type End, endOf } from "./outcomes.ts";
import { beginsByItself, openMatrixOrder, putBridge, type Stage, staysHere } from "./stage.ts";
import { type Case, CONTEXTS, METHODS } from "./tables.ts";

for (const one of chosenCases(process.env.E2E_MATRIX, process.env.E2E_SEED)) {
  test.describe(() => {
    test.use({ ...CONTEXTS[one.context].device, locale: one.language, javaScriptEnabled: one.script === "on" });

    test(nameOf(one), async ({ page, control, ledger, database, server, shop, watch }) => {
      if (one.script === "off") watch.allow(BLOCKED_SCRIPT);
      if (one.outcome === "offline") {
        watch.allow(/net::ERR_INTERNET_DISCONNECTED/);
        if (one.script === "on") await page.clock.install();
      }
      if (METHODS[one.method].shows === "jsapi") {
        const pays = one.outcome === "paid" ? (code: string) => control.pay(code) : null;
        await putBridge(page, pays);
      }
      const token = await openMatrixOrder(database, shop, server.publicUrl, one.language);
      const stage: Stage = { page, control, ledger, token, number: "" };
      await begin(stage, one);
      stage.number = await onlyTry(stage, one);
      await ACTS[one.outcome](stage, one);
      await expectEnd(stage, one, endOf(one));
    });
  });
}

/** The shopper comes to the order and chooses the method, unless it is the only one made for this browser and begins by itself. */
async function begin({ page, token }: Stage, one: Case): Promise<void> {
  const { answers, shows } = METHODS[one.method];
  if (beginsByItself(one)) await page.goto(`/pay/${token}`);
  else {
    await page.goto(`/pay/${token}?choose=1`);
    await page.locator(`button[name=method][value="${one.method}"], a.method[href$="?ask=${one.method}"]`).click();
    if (answers) await answer(page, answers, one.method);
  }
  if (!staysHere(one)) {
    // Without a script nothing jumps: the page says where it goes on.
    if (one.script === "off") await page.locator(".action a.primary, .action form[data-go] button").click();
    return page.waitForURL(/\/sandbox\//);
  }
  // A sheet that has paid may have led on already.
  if (shows !== "jsapi" || one.outcome !== "paid") await expectView(page, "waiting", shows);
}

/** One press is one try, by the method that was chosen; nobody but what the test does settles it. */
async function onlyTry({ ledger, token }: Stage, one: Case): Promise<string> {
  await ledger.holdSweep(token);
  const attempts = await ledger.attempts(token);
  expect(attempts.map(({ method }) => method)).toEqual([one.method]);
  return attempts[0]?.gatewayOrderNo ?? "";
}

/** The page and its words, the rows, one credit at most, and each thing told to the shop once. */
async function expectEnd({ page, ledger, token }: Stage, one: Case, { words, order, attempt, credits, told }: End): Promise<void> {
  await expectView(page, words.view, words.detail);
  await expect(page.locator("h1")).toHaveText(words.heading[one.language]);
  await expect(page.locator("main")).toContainText(words.sentence[one.language]);
  await expectOnly(page, one.language);
  const { reference, ...facts } = await ledger.order(token);
  expect(facts).toMatchObject(order);
  expect((await ledger.attempts(token)).map(({ state, surplus }) => [state, surplus])).toEqual([[attempt, false]]);
  const history = await ledger.events(token);
  expect(history.filter((type) => /^order\.(paid|paid_late|surplus|mismatch)$/.test(type))).toEqual(credits);
  // What is owed is written with the event; then the shop has it, verified.
  const owed = "select d.type from deliveries d join orders o on o.id = d.order_id where o.token = $1 order by d.sequence";
  expect((await ledger.query<{ type: string }>(owed, [token])).map((row) => row.type)).toEqual(told);
  const had = "select type, verified from sandbox.shop_events where reference = $1 order by id";
  await expect.poll(() => ledger.query(had, [reference])).toEqual(told.map((type) => ({ type, verified: true })));
}
