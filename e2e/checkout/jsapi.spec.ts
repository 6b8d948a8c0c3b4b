import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { checkoutMain, choose, expectView, freshly, tokenOf, WECHAT } from "../support/checkout.ts";

test("inside WeChat the shopper's openid is fetched, WeChat's sheet opens, and the page shows paid", async ({ page, ledger }) => {
  await page.goto(`/sandbox/wechat?${new URLSearchParams({ url: "/l/demo" })}`);
  const shop = page.frameLocator("[data-testid=phone-page]");
  await shop.locator("form.link-form button[type=submit]").click();
  // From here to WeChat's sheet nobody presses anything: start, openid hop, start again, bridge.
  const sheet = page.frameLocator("[data-testid=phone-sheet]");
  await expect(sheet.locator("main")).toContainText("88.00");
  await sheet.locator("button[name=do][value=pay]").click();
  await expectView(shop, "paid", "paid");
  await expect(page.locator("[data-testid=phone-sheet]")).toHaveCount(0);

  const token = (await checkoutMain(shop).getAttribute("data-token")) ?? "";
  const attempts = await ledger.attempts(token);
  expect(attempts.map((one) => [one.method, one.state])).toEqual([["wechat.jsapi", "paid"]]);
});

test("a shopper who closes WeChat's sheet is told that nothing was charged and can open it again", async ({ page, ledger }) => {
  await page.goto(`/sandbox/wechat?${new URLSearchParams({ url: "/l/demo" })}`);
  const shop = page.frameLocator("[data-testid=phone-page]");
  await shop.locator("form.link-form button[type=submit]").click();
  const sheet = page.frameLocator("[data-testid=phone-sheet]");
  await sheet.locator("button[name=do][value=leave]").click();
  await expect(shop.locator("#jsapi-note")).toContainText("没有扣款");
  await shop.locator("button[data-jsapi]").click();
  await sheet.locator("button[name=do][value=pay]").click();
  await expectView(shop, "paid", "paid");
  const token = (await checkoutMain(shop).getAttribute("data-token")) ?? "";
  expect(await ledger.attempts(token)).toHaveLength(1);
});

test.describe("in a browser that only says it is WeChat", () => {
  test.use(WECHAT);

  /** WeixinJSBridge as WeChat puts it into its pages; the wallet behind it does what `answer` says. */
  async function putBridge(page: Page, answer: (code: string) => Promise<"ok" | "cancel" | "fail">): Promise<void> {
    await page.exposeFunction("walletAnswers", answer);
    await page.addInitScript(() => {
      const bridge = {
        async invoke(name: string, params: { package: string }, callback: (answer: { err_msg: string }) => void) {
          const wallet = window as unknown as { walletAnswers(code: string): Promise<string> };
          const code = params.package.replace(/^prepay_id=(?:wx)?/, "");
          callback({
            err_msg: `${name === "getBrandWCPayRequest" ? "get_brand_wcpay_request" : name}:${await wallet.walletAnswers(code)}`,
          });
        },
      };
      Object.assign(window, { WeixinJSBridge: bridge });
    });
  }

  test("the bridge is called with the gateway's parameters and its word is checked at the gateway", async ({ page, control, ledger }) => {
    await putBridge(page, async (code) => {
      await control.pay(code, "notice_lost");
      return "ok";
    });
    // WeChat compares the address that was loaded with the directory that is registered: iOS the one of the document.
    const called: string[][] = [];
    await page.exposeFunction("calledAt", (loaded: string, now: string) => void called.push([loaded, now]));
    await page.addInitScript(() => {
      const here = window as unknown as {
        calledAt(loaded: string, now: string): void;
        WeixinJSBridge: { invoke(...all: unknown[]): void };
      };
      const { invoke } = here.WeixinJSBridge;
      here.WeixinJSBridge.invoke = (...all) => {
        const [load] = performance.getEntriesByType("navigation");
        here.calledAt(new URL(load?.name ?? "about:blank").pathname, location.pathname);
        invoke(...all);
      };
    });
    await page.goto("/l/demo");
    await freshly(page, () => page.locator("form.link-form button[type=submit]").click(), /\/pay\/\w+/);
    await expectView(page, "paid", "paid");
    expect(called).toHaveLength(1);
    expect(called[0]?.[0]).toMatch(/^\/pay\/[^/]+$/);
    expect(called[0]?.[1]).toBe(called[0]?.[0]);
    expect(await ledger.attempts(tokenOf(page))).toHaveLength(1);
  });

  test("a bridge that lies about success credits nothing", async ({ page, ledger }) => {
    await putBridge(page, async () => "ok");
    await page.goto("/l/demo");
    await page.locator("form.link-form button[type=submit]").click();
    await expect(page.locator(".action")).toContainText("尚未收到您的付款");
    await expectView(page, "waiting", "jsapi");
    expect((await ledger.order(tokenOf(page))).state).toBe("open");
  });

  test("a bridge that fails says so in words, and the page stays usable", async ({ page }) => {
    await putBridge(page, async () => "fail");
    await page.goto("/l/demo");
    await page.locator("form.link-form button[type=submit]").click();
    await expect(page.locator("#jsapi-note")).toContainText("未能打开付款");
    await expect(page.locator("button[data-jsapi]")).toBeEnabled();
  });

  test("WeChat blocks Alipay: the page says so and shows the way out", async ({ page }) => {
    await putBridge(page, async () => "cancel");
    await page.goto("/l/demo");
    await page.locator("form.link-form button[type=submit]").click();
    await expect(page.locator("#jsapi-note")).toContainText("没有扣款");
    await page.goto(`/pay/${tokenOf(page)}?choose=1`);
    const alipay = page.locator("button[name=method][value='alipay.wap']");
    await expect(alipay).toBeDisabled();
    await expect(alipay).toContainText("在浏览器中打开");
    await expect(page.locator(".browser-hint input")).toHaveValue(new RegExp(`/pay/${tokenOf(page)}$`));
  });

  test("WeChat's own cashier page takes the payment and comes back", async ({ page, ledger }) => {
    await putBridge(page, async () => "cancel");
    await page.goto("/l/demo");
    await page.locator("form.link-form button[type=submit]").click();
    await expectView(page, "waiting", "jsapi");
    const token = tokenOf(page);
    await page.goto(`/pay/${token}?choose=1`);
    await freshly(page, () => choose(page, "wechat.mp_desk"), /\/sandbox\//);
    await page.locator("button[name=do][value=pay]").click();
    await page.waitForURL(new RegExp(`/pay/${token}`));
    await expectView(page, "paid", "paid");
    expect((await ledger.order(token)).paidAmount).toBe(8_800n);
  });
});

test("outside WeChat the JSAPI button is not offered to work", async ({ page }) => {
  await page.goto("/l/demo");
  await page.locator("form.link-form button[type=submit]").click();
  await expectView(page, "choose");
  await page.locator(".action details summary").first().click();
  await expect(page.locator("button[value='wechat.jsapi']")).toBeDisabled();
});
