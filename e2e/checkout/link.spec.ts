import type { Database } from "#db/client.ts";
import { expect, test } from "../fixtures.ts";
import { checkoutMain, expectView, openOrder, tokenOf } from "../support/checkout.ts";
import { makeLink } from "../support/links.ts";
import { openShop } from "../support/shop.ts";

/** A link over any amount of HKD 1 to 5,000 that no other test opens orders of: here they are counted. */
async function ownLink(database: Database, origin: string): Promise<string> {
  const { id } = await openShop(database, origin);
  return (await makeLink(database, id, { min_amount: "1", max_amount: "5000" })).slug;
}

test("a shopper enters an amount and pays that one", async ({ page, ledger, control }) => {
  const token = await openOrder(page, "demo-any", "19.90");
  await expect(checkoutMain(page)).toContainText("19.90");
  await page.locator("button[value='wechat.native']").click();
  await expectView(page, "waiting", "qr");
  const [attempt] = await ledger.attempts(token);
  const paid = await control.pay(attempt?.gatewayOrderNo ?? "");
  expect(paid.amount).toBe("19.90");
  await expectView(page, "paid");
  expect((await ledger.order(token)).paidAmount).toBe(1_990n);
});

test("full-width and grouped digits are read as people write them", async ({ page }) => {
  await openOrder(page, "demo-any", "1,234.50");
  await expect(checkoutMain(page)).toContainText("1,234.50");
});

const BAD: readonly (readonly [string, string, string])[] = [
  ["nothing", " ", "amount_missing"],
  ["letters", "abc", "amount_format"],
  ["a thousandth", "0.001", "amount_places"],
  ["less than the least", "0.50", "amount_below"],
  ["more than the most", "5000.01", "amount_above"],
  ["a negative amount", "-5", "amount_format"],
  ["an exponent", "1e3", "amount_format"],
  ["more than any shop sells", "99999999999999999", "amount_range"],
];
for (const [what, typed, problem] of BAD) {
  test(`${what} is refused at the amount, keeps what was typed, and opens no order`, async ({ page, ledger, database, server }) => {
    const slug = await ownLink(database, server.publicUrl);
    await page.goto(`/l/${slug}`);
    const field = page.locator("input[name=amount]");
    await field.fill(typed);
    // The browser's own check would stop an empty field before it is sent.
    await page.locator("form.link-form").evaluate((form: HTMLFormElement) => form.setAttribute("novalidate", ""));
    await page.locator("form.link-form button[type=submit]").click();
    const note = page.locator(`#problem[data-problem=${problem}][data-field=amount]`);
    await expect(note).toBeVisible();
    await expect(note).toBeFocused();
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAttribute("aria-describedby", /\bproblem\b/);
    if (typed.trim()) await expect(field).toHaveValue(typed);
    await expect(page).toHaveURL(new RegExp(`/l/${slug}`));
    expect(await ledger.ordersOfLink(slug)).toBe(0);
  });
}

test("a fixed amount cannot be changed from the browser", async ({ page, ledger }) => {
  await page.goto("/l/demo");
  await page.locator("form.link-form").evaluate((form) => {
    const added = Object.assign(document.createElement("input"), { name: "amount", value: "0.01", type: "hidden" });
    form.append(added);
  });
  await page.locator("form.link-form button[type=submit]").click();
  await page.waitForURL(/\/pay\//);
  const [row] = await ledger.query<{ amount: string }>("select amount::text from orders where token = $1", [tokenOf(page)]);
  expect(row?.amount).toBe("8800");
});

test("an unknown link and an unknown order look alike: nothing here, 404", async ({ page, watch }) => {
  watch.allow(/^404 GET /);
  for (const address of ["/l/no-such-link", "/pay/abcdefghjkmnpqrstvwxyz0123", "/pay/unknown", "/pay/%00", "/l/..%2f..%2fetc"]) {
    const answer = await page.goto(address);
    expect(answer?.status(), address).toBe(404);
  }
  await page.goto("/l/no-such-link");
  await expectView(page, "not_found");
});

test("a link that is closed says so and opens nothing", async ({ page, ledger }) => {
  const [link] = await ledger.query<{ slug: string }>(
    `insert into checkout_links (id, merchant_id, slug, title, currency, amount, live, active)
     select 'lnk_' || substr(md5(random()::text), 1, 20), merchant_id, 'closed-' || substr(md5(random()::text), 1, 8), title, currency, amount, live, false
     from checkout_links where slug = 'demo' returning slug`,
  );
  await page.goto(`/l/${link?.slug}`);
  await expectView(page, "link_closed");
  await expect(page.locator("form button[type=submit]")).toHaveCount(0);
});

test("a double click on a link makes one order", async ({ page, ledger, database, server }) => {
  const slug = await ownLink(database, server.publicUrl);
  await page.goto(`/l/${slug}`);
  await page.locator("input[name=amount]").fill("66.60");
  await page.locator("form.link-form button[type=submit]").dblclick();
  await page.waitForURL(/\/pay\//);
  expect(await ledger.ordersOfLink(slug)).toBe(1);
});
