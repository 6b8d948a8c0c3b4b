import { expect, test } from "../fixtures.ts";
import { choose, expectView, tokenOf } from "../support/checkout.ts";
import { dress, expectAccessible, expectFits } from "../support/looks.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";
import { CLIENTS } from "./outside-clients.ts";

const PAGE = "/dashboard/developers/compat";

test("a key made on the developers' page is all an outside client needs; its secret is shown once, renewed and revoked", async ({
  page,
  control,
  ledger,
  database,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl);
  const person = await hire(database, { merchantId: shop.id, role: "admin" });
  await signIn(page, person, PAGE);
  await page.getByLabel("商城原本对接的通道").selectOption("xxpay");
  await page.getByRole("button", { name: "生成密钥" }).click();
  const once = page.getByRole("status").filter({ hasText: "只在此刻显示" });
  const told = async (name: string) => (await once.locator(`dt:text-is("${name}") + dd span`).first().innerText()).trim();
  const credentials = { mchId: await told("mchId"), appId: await told("appId"), key: await told("密钥（key）") };
  const account = { gateway: "xxpay", baseUrl: await told("商城客户端使用的地址"), credentials };
  expect(account.baseUrl).toBe(`${server.publicUrl}/compat/xxpay`);

  const bought = await CLIENTS.xxpay?.(account);
  const [attempt] = await ledger.query<{ no: string }>(
    "select a.gateway_order_no as no from attempts a join orders o on o.id = a.order_id where o.merchant_id = $1",
    [shop.id],
  );
  await control.pay(attempt?.no ?? "");
  await expect.poll(() => bought?.ask()).toBe("2");

  await page.goto(PAGE);
  expect(await page.content()).not.toContain(credentials.key);
  await page.getByText("密钥与操作").click();
  await page.getByRole("button", { name: "更换密钥内容" }).click();
  await expect(page.getByRole("status").filter({ hasText: "旧的已失效" })).toBeVisible();
  await expect(CLIENTS.xxpay?.(account)).rejects.toThrow(/0013/);
  await page.getByRole("button", { name: "吊销此密钥" }).click();
  await page.waitForURL(/said=revoked/);
  await expect(CLIENTS.xxpay?.(account)).rejects.toThrow(/0015/);
});

test("the page is accessible, fits a phone and speaks its reader's language; who may only look has no form", async ({
  page,
  database,
  ledger,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl);
  const person = await hire(database, { merchantId: shop.id, role: "owner" });
  await signIn(page, person, PAGE);
  await page.locator("#gateway").selectOption("hipopay-merchant");
  await page.getByRole("button", { name: "生成密钥" }).click();
  await expect(page.getByRole("status").filter({ hasText: "只在此刻显示" })).toBeVisible();
  // The list below knows it already.
  await expect(page.locator("#content section h3")).toContainText("hipopay-merchant");
  // Each language's words are checked by messages.test.ts; here the two that differ most in length, and both themes.
  for (const [locale, theme] of [
    ["zh-HK", "dark"],
    ["en", "light"],
  ] as const) {
    await ledger.query("update users set locale = $2 where id = $1", [person.id, locale]);
    await dress(page, { theme, locale }, server.publicUrl);
    await expect(page.locator("html")).toHaveAttribute("lang", locale);
    await page.locator("main details summary").first().click();
    await expectAccessible(page, `compat ${locale}`);
  }
  await page.setViewportSize({ width: 360, height: 780 });
  await expectFits(page, "compat");
  await signIn(page, await hire(database, { merchantId: shop.id, role: "viewer" }), PAGE);
  await expect(page.locator("h1")).toBeVisible();
  await expect(page.locator("#gateway")).toHaveCount(0);
});

test("a shop's desk address of seeds/000 leads to our checkout and back to the shop with the document's parameters", async ({
  page,
  control,
  database,
  ledger,
  server,
}) => {
  const shop = await openShop(database, server.publicUrl);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "owner" }), PAGE);
  await page.getByLabel("商城原本对接的通道").selectOption("hipopay-agent");
  await page.getByRole("button", { name: "生成密钥" }).click();
  const merchantNo = (await page.locator('dt:text-is("merchant_no") + dd span').first().innerText()).trim();
  const back = `${server.publicUrl}/sandbox/shop?mine=1`;
  const fields = { merchant_no: merchantNo, currency: "HKD", amount: "88", product_info: "Tea", return_url: back, colour: "green" };
  await page.goto(`/compat/hipopay-agent/pc_desk?${new URLSearchParams(fields)}`);
  await page.waitForURL(/\/pay\//);
  const token = tokenOf(page);
  await choose(page, "wechat.native");
  await expectView(page, "waiting");
  await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
  await expectView(page, "paid");
  await page.locator("a.primary").click();
  await page.waitForURL(/\/sandbox\/shop\?mine=1/);
  const query = new URL(page.url()).searchParams;
  expect(Object.fromEntries(query)).toMatchObject({
    status: "PAID",
    tarde_type: "PC_DESK",
    amount: "88",
    currency: "HKD",
    colour: "green",
  });
});
