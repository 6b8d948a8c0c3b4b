import type { Page } from "@playwright/test";
import type { Database } from "#db/client.ts";
import { expect, test } from "../fixtures.ts";
import { choose, expectView, freshly, tokenOf, WECHAT } from "../support/checkout.ts";
import { deskAddress } from "../support/desk-address.ts";
import { openShop } from "../support/shop.ts";
import { BLOCKED_SCRIPT } from "../support/watch.ts";

test.use({ stays: false });

const wechatFields = (origin: string, number: string) => ({
  currency: "HKD",
  amount: "88.5",
  product_info: "演示订单 & tea",
  return_url: `${origin}/sandbox/shop?cart=7`,
  agent_order_id: number,
  campaign: "双11",
});
const numberOf = () => `XCY-${Date.now().toString(36)}`;

async function signedFor(database: Database, origin: string, fields: (origin: string, number: string) => Record<string, string>) {
  const shop = await openShop(database, origin);
  const number = numberOf();
  return { shop, number, address: await deskAddress(database, shop.id, fields(origin, number)) };
}

/** The shop's own page that the shopper came back to: all of its parameters, in order. */
async function broughtBack(page: Page): Promise<[string, string][]> {
  await page.waitForURL(/\/sandbox\/shop\?cart=7/, { timeout: 25_000 });
  return [...new URL(page.url()).searchParams];
}

test("a signed address opens by itself, is paid, and leads back with the document's parameters and the shop's own", async ({
  page,
  control,
  database,
  ledger,
  server,
}) => {
  const { shop, number, address } = await signedFor(database, server.publicUrl, wechatFields);
  await page.goto(address);
  await page.waitForURL(/\/pay\/\w+/);
  await expectView(page, "choose");
  const token = tokenOf(page);
  await choose(page, "wechat.native");
  await expectView(page, "waiting", "qr");
  await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
  await expectView(page, "paid", "paid");
  const back = await broughtBack(page);
  const { id } = await ledger.order(token);
  expect(back.map(([name]) => name)).toEqual([
    ...["cart", "no", "agent_order_id", "merchant_no", "currency", "amount", "exchange_rate"],
    ...["tarde_type", "product_info", "trade_time", "status", "campaign"],
  ]);
  expect(Object.fromEntries(back)).toMatchObject({
    no: id,
    agent_order_id: number,
    merchant_no: shop.id,
    currency: "HKD",
    amount: "88.50",
    tarde_type: "PC_DESK",
    product_info: "演示订单 & tea",
    status: "PAID",
    campaign: "双11",
  });
});

test("Alipay's form of it says so in Alipay's words", async ({ page, control, database, ledger, server }) => {
  const { address } = await signedFor(database, server.publicUrl, (origin, number) => {
    const { product_info: subject, agent_order_id: out_order_no, ...rest } = wechatFields(origin, number);
    return { ...rest, subject, out_order_no };
  });
  await page.goto(address);
  await page.waitForURL(/\/pay\/\w+/);
  const token = tokenOf(page);
  await choose(page, "alipay.qr");
  await expectView(page, "waiting", "qr");
  await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
  const names = (await broughtBack(page)).map(([name]) => name);
  expect(names).toEqual(expect.arrayContaining(["out_order_no", "subject"]));
  expect(new URL(page.url()).searchParams.get("tarde_type")).toBe("DESK");
});

test.describe("inside WeChat", () => {
  test.use(WECHAT);

  test("the same address is WeChat's own kind, at one press without the bridge", async ({ page, database, server, ledger }) => {
    const { address } = await signedFor(database, server.publicUrl, wechatFields);
    await page.goto(address);
    await page.waitForURL(/\/pay\/\w+/);
    const [row] = await ledger.query<{ type: string }>("select desk->>'type' as type from orders where token = $1", [tokenOf(page)]);
    expect(row?.type).toBe("MP_DESK");
  });
});

test("going back from the checkout does not open the order again by itself, and the button does", async ({ page, database, server }) => {
  const { address } = await signedFor(database, server.publicUrl, wechatFields);
  await page.goto(address);
  await page.waitForURL(/\/pay\/\w+/);
  const token = tokenOf(page);
  await page.goto(address);
  await expectView(page, "desk", "PC_DESK");
  await expect(page.locator("main")).toContainText("88.50");
  await freshly(page, () => page.locator(".link-form button[type=submit]").click(), /\/pay\/\w+/);
  expect(tokenOf(page)).toBe(token);
});

test("a GET opens nothing", async ({ request, database, server, ledger }) => {
  const { number, address } = await signedFor(database, server.publicUrl, wechatFields);
  for (let time = 0; time < 3; time += 1) expect((await request.get(address)).status()).toBe(200);
  expect(await ledger.query("select 1 from orders where reference = $1", [number])).toEqual([]);
});

const WRONG: [string, (address: string) => string, string, string][] = [
  ["changed on its way", (address) => address.replace("amount=88.5", "amount=0.01"), "desk_signature_wrong", "sign"],
  ["not signed", (address) => address.replace(/&sign=.*$/, ""), "desk_unsigned", "sign"],
  ["of nobody", (address) => address.replace(/merchant_no=\w+/, "merchant_no=mer_x"), "merchant_unknown", "merchant_no"],
  ["that says one thing twice", (address) => `${address}&amount=1`, "desk_query_invalid", "amount"],
];
for (const [what, change, problem, field] of WRONG) {
  test(`an address ${what} is refused on a page that names the parameter and has a way back`, async ({ page, database, server }) => {
    const { address } = await signedFor(database, server.publicUrl, wechatFields);
    await page.goto("/sandbox/shop");
    await page.goto(change(address));
    await expect(page.locator(`main[data-view=desk_problem][data-problem=${problem}]`)).toBeVisible();
    await expect(page.locator("code.parameter")).toHaveText(field);
    // The language switch keeps the address.
    await page.locator("footer a[hreflang=en]").click();
    await expect(page.locator("h1")).toHaveText("This payment address does not work");
    await expect(page.locator("code.parameter")).toHaveText(field);
    await page.goBack();
    await page.locator("[data-leave]").click();
    await page.waitForURL(/\/sandbox\/shop/);
  });
}

test("another language is not signed, and the address still opens", async ({ page, database, server }) => {
  const { address } = await signedFor(database, server.publicUrl, wechatFields);
  await page.goto(address.replace("?", "?lang=en&"));
  await page.waitForURL(/\/pay\/\w+/);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("one number with another amount is refused in words on the same page", async ({ page, database, server }) => {
  const { shop, number, address } = await signedFor(database, server.publicUrl, wechatFields);
  await page.goto(address);
  await page.waitForURL(/\/pay\/\w+/);
  const other = { ...wechatFields(server.publicUrl, number), amount: "99" };
  await page.goto(await deskAddress(database, shop.id, other));
  await expect(page.locator("#problem[data-problem=reference_taken]")).toBeVisible();
  await expectView(page, "desk");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("it is one button", async ({ page, database, server, watch }) => {
    watch.allow(BLOCKED_SCRIPT);
    const { address } = await signedFor(database, server.publicUrl, wechatFields);
    await page.goto(address);
    await expectView(page, "desk", "PC_DESK");
    await page.locator(".link-form button[type=submit]").click();
    await page.waitForURL(/\/pay\/\w+/);
    await expectView(page, "choose");
  });
});
