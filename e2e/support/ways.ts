import { expect, type Page } from "@playwright/test";
import { PHONE_AGENTS } from "#lib/sandbox/phone.ts";
import { readScan } from "#lib/sandbox/scan.ts";
import type { BrowserName, PaymentCase } from "../gateways/payments.ts";
import { checkoutMain, choose, expectView, openOrder, PHONE, readQr, WECHAT } from "./checkout.ts";
import type { Control } from "./control.ts";
import type { GatewayShop } from "./gateway-shop.ts";
import type { Ledger } from "./ledger.ts";

/** What Playwright makes each browser with. */
export const BROWSERS: Readonly<Record<BrowserName, object>> = {
  desktop: {},
  phone: PHONE,
  wechat: WECHAT,
  qq: { ...PHONE, userAgent: PHONE_AGENTS.qq },
  unionpay: { ...PHONE, userAgent: PHONE_AGENTS.unionpay },
};

/** A test's things that a payment needs. */
export interface Paying {
  page: Page;
  control: Control;
  ledger: Ledger;
  shop: GatewayShop;
}

type Shopping = Pick<PaymentCase, "method" | "way" | "answers">;

/** A shopper pays an order of the shop; ends on our page, which says paid. Gives the order's token. */
export async function pay(at: Paying, one: Shopping): Promise<string> {
  const { method, way } = one;
  const { page, shop } = at;
  if (way.how === "sheet") return payInSheet(at, method, way.in);
  const token = await openOrder(page, shop.slug);
  await begin(page, token, one);
  if (way.how === "code") await payByScanning(at, method);
  else if (way.how === "frame") await payInFrame(at, token);
  else await payAtCashier(at, token, way.how === "cashier" && way.back);
  await expectView(page, "paid", "paid");
  return token;
}

/** Comes from the opened order to where the shopper pays, and answers what is asked on the way. */
async function begin(page: Page, token: string, { method, way, answers = {} }: Shopping): Promise<void> {
  const begins = way.how === "cashier" ? way.begins : "chosen";
  if (begins === "by itself") return;
  if (begins === "after another") {
    await expectView(page, "waiting");
    await page.goto(`/pay/${token}?choose=1`);
  }
  await page.locator(`button[name=method][value="${method}"], a.method[href$="?ask=${method}"]`).first().click();
  if (Object.keys(answers).length > 0) await answer(page, answers, method);
}

/** Fills in what a method asks for first, and goes on. */
export async function answer(page: Page, answers: Readonly<Record<string, string>>, method: string): Promise<void> {
  await page.locator("form.ask").waitFor();
  for (const [name, value] of Object.entries(answers)) {
    const tile = page.locator("form.ask label.tile", { has: page.locator(`input[name="${name}"][value="${value}"]`) });
    const field = page.locator(`form.ask [name="${name}"]`).first();
    if ((await tile.count()) > 0) await tile.click();
    else if ((await field.evaluate((element) => element.tagName)) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
  await choose(page, method);
}

/**
 * The wallet pays what the code says: WeChat's is read from its pixels and confirmed in the wallet's own pages; of the others
 * (e2e/sandbox/wallet.spec.ts pays each of their codes so) the text must name the payment.
 */
async function payByScanning({ page, control }: Paying, method: string): Promise<void> {
  await expectView(page, "waiting", "qr");
  if (method !== "wechat.native") {
    const scanned = readScan((await page.locator(".action button[data-copy]").first().getAttribute("data-copy")) ?? "", page.url());
    if (scanned.kind !== "payment") throw new Error("the code is no payment's");
    await control.pay(scanned.code);
    return;
  }
  const wallet = await page.context().newPage();
  await wallet.goto(`/sandbox/wallet/scan?${new URLSearchParams({ code: await readQr(page) })}`);
  await wallet.locator("button[name=do][value=pay]").click();
  await expect(wallet.locator("main[data-outcome=paid]")).toBeVisible();
  await wallet.close();
}

async function payInFrame({ page, control, ledger }: Paying, token: string): Promise<void> {
  await expectView(page, "waiting", "iframe");
  await expect(page.frameLocator("iframe.gateway-frame").locator("main.qr-frame")).toBeVisible();
  await control.pay((await ledger.attempts(token)).at(-1)?.gatewayOrderNo ?? "");
}

/** The gateway's page, or the wallet it leads to; a desk's code is paid elsewhere. Who is not sent back comes back by themselves. */
async function payAtCashier({ page, control, ledger }: Paying, token: string, back: boolean): Promise<void> {
  await page.waitForURL(/\/sandbox\//);
  const press = page.locator("button[name=do][value=pay]");
  const over = page.locator("a.pay[href*='in=cashier']");
  const scan = page.locator("figure.scan-me, main.qr-frame:not([data-outcome])");
  await expect(press.or(over).or(scan).first()).toBeVisible();
  if (await over.isVisible()) await over.click();
  if (await scan.isVisible()) await control.pay((await ledger.attempts(token)).at(-1)?.gatewayOrderNo ?? "");
  else await press.click();
  if (back) return page.waitForURL(new RegExp(`/pay/${token}`));
  await expect(page.locator("main[data-outcome=paid], main[data-outcome=PAID]")).toBeVisible();
  await page.goto(`/pay/${token}`);
}

async function payInSheet({ page, shop }: Paying, method: string, app: "wechat_app" | "alipay_app"): Promise<string> {
  await page.goto(`/sandbox/${app.replace("_app", "")}?${new URLSearchParams({ url: `/l/${shop.slug}` })}`);
  const inside = page.frameLocator("[data-testid=phone-page]");
  await inside.locator("form.link-form button[type=submit]").click();
  // WeChat's browser has one method of its own, which begins by itself.
  if (app === "alipay_app") await choose(inside, method);
  await page.frameLocator("[data-testid=phone-sheet]").locator("button[name=do][value=pay]").click();
  await expectView(inside, "paid", "paid");
  return (await checkoutMain(inside).getAttribute("data-token")) ?? "";
}

/** What must be true however it was paid: credited once, the gateway's notice verified and acknowledged, nothing refused. */
export async function expectPaidOnce(at: Paying, token: string, { method, silent = false }: Pick<PaymentCase, "method" | "silent">) {
  const { ledger, control, shop } = at;
  await expect.poll(async () => (await ledger.order(token)).state).toBe("paid");
  expect(await ledger.order(token)).toMatchObject({ paidAmount: 880n, needsReview: false });
  const paid = (await ledger.attempts(token)).filter((one) => one.state === "paid");
  expect(paid.map((one) => one.method)).toEqual([method]);
  const number = paid[0]?.gatewayOrderNo ?? "";
  const states = async () => (await control.read(number)).notices.map((one) => one.state);
  await expect.poll(states).toEqual(silent ? [] : ["acknowledged"]);
  const told = await ledger.query<{ verdict: string }>("select verdict from notifications where gateway_order_no = $1", [number]);
  // `nothing`: the shopper came back first, and the gateway was asked.
  for (const { verdict } of told) expect(["credited", "queried", "nothing"]).toContain(verdict);
  expect(told).toHaveLength(silent ? 0 : 1);
  expect(await ledger.query("select reason, detail from refused_notifications where account_id = $1", [shop.accountId])).toEqual([]);
  expect((await ledger.events(token)).filter((type) => type === "order.paid")).toHaveLength(1);
  return number;
}
