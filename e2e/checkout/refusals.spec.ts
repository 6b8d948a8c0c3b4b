import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { choose, expectView, openOrder } from "../support/checkout.ts";

/** The fields a form of the page would post, hidden ones of the framework included, with the buttons' own left out. */
async function fieldsOf(request: APIRequestContext, address: string, selector: RegExp): Promise<Record<string, string>> {
  const html = await (await request.get(address)).text();
  const form = html.split("<form").find((one) => selector.test(one)) ?? "";
  const inputs = [...(form.split("</form>")[0]?.matchAll(/<input[^>]*>/g) ?? [])].map(([tag]) => tag);
  const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return Object.fromEntries(inputs.map((tag) => [attribute(tag, "name"), attribute(tag, "value")]));
}

test("a form posted without an Origin, or from elsewhere, starts nothing", async ({ page, request, ledger, baseURL }) => {
  const token = await openOrder(page);
  const fields = await fieldsOf(request, `/pay/${token}`, /wechat\.native/);
  const post = (origin: Record<string, string>) =>
    request.post(`/pay/${token}`, { multipart: { ...fields, method: "wechat.native" }, headers: origin, maxRedirects: 0 });
  for (const origin of [{}, { origin: "https://evil.example" }, { origin: "null" }]) await post(origin as Record<string, string>);
  expect(await ledger.attempts(token)).toEqual([]);
  // The same bytes with our own Origin do: so it was the Origin that was refused.
  const own = await post({ origin: baseURL ?? "" });
  expect(own.status()).toBe(303);
  expect(await ledger.attempts(token)).toHaveLength(1);
});

test("a link's form posted without an Origin opens no order", async ({ request, ledger, baseURL }) => {
  const fields = await fieldsOf(request, "/l/demo-cny", /name="slug"/);
  const post = (headers: Record<string, string>) => request.post("/l/demo-cny", { multipart: fields, headers, maxRedirects: 0 });
  await post({});
  const key = fields.key ?? "";
  expect(await ledger.query("select 1 from orders where reference like $1", [`%${key}`])).toHaveLength(0);
  const own = await post({ origin: baseURL ?? "" });
  expect(own.status()).toBe(303);
  expect(await ledger.query("select 1 from orders where reference like $1", [`%${key}`])).toHaveLength(1);
});

for (const [what, value] of [
  ["is not a method", "gold.bars"],
  ["only a scanner can start", "wechat.barcode"],
  ["no account has in this currency", "jd.native"],
  ["is no text at all", ""],
] as const) {
  test(`a method that ${what} is refused in words and starts nothing`, async ({ page, ledger }) => {
    const token = await openOrder(page);
    await page
      .locator("button[value='wechat.native']")
      .evaluate((button: HTMLButtonElement, tampered) => button.setAttribute("value", tampered), value);
    await page.locator(`button[name=method][value="${value}"]`).first().click();
    await expect(page.locator("#problem")).toBeVisible();
    await expect(page.locator("#problem")).toBeFocused();
    expect((await ledger.attempts(token)).filter((one) => one.state === "presented")).toEqual([]);
    await choose(page, "wechat.native");
    await expectView(page, "waiting", "qr");
  });
}

test("a form cannot start another's order by its token unless it knows it", async ({ page, ledger, watch }) => {
  watch.allow(/^404 GET /);
  const token = await openOrder(page);
  await page
    .locator("input[name=token]")
    .first()
    .evaluate((input: HTMLInputElement) => input.setAttribute("value", "abcdefghjkmnpqrstvwxyz0123"));
  const answer = page.waitForResponse((response) => response.request().method() === "GET" && response.request().isNavigationRequest());
  await choose(page, "wechat.native");
  expect((await answer).status()).toBe(404);
  expect(await ledger.attempts(token)).toEqual([]);
});

test("words in the address are never put on the page", async ({ page }) => {
  const token = await openOrder(page);
  await page.goto(`/pay/${token}?problem=${encodeURIComponent("<b>Call 123 456</b>")}&amount=0.01`);
  await expectView(page, "choose");
  await expect(page.locator("#problem")).toHaveCount(0);
  await expect(page.locator("body")).not.toContainText("123 456");
  await expect(page.locator("main")).toContainText("88.00");
});
