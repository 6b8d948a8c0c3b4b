import type { Page } from "@playwright/test";
import { PHONE_AGENTS } from "#lib/sandbox/phone.ts";
import { expect, test } from "../fixtures.ts";
import { expectView, openOrder, PHONE, WECHAT } from "../support/checkout.ts";
import { openShop } from "../support/shop.ts";

const DESKTOP_IPAD =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15";
const WECOM = WECHAT.userAgent.replace("MicroMessenger", "wxwork/4.1.22 MicroMessenger");

/** Usable methods, best first, and for the others the reason that is shown. */
async function shown(page: Page): Promise<{ usable: string[]; reasons: Record<string, string> }> {
  const rows = await page.locator("button[name=method]").evaluateAll((all) =>
    all.map((one) => ({
      method: (one as HTMLButtonElement).value,
      usable: !(one as HTMLButtonElement).disabled,
      words: one.querySelector(".method-reason")?.textContent ?? "",
    })),
  );
  return {
    usable: rows.filter((row) => row.usable).map((row) => row.method),
    reasons: Object.fromEntries(rows.filter((row) => !row.usable).map((row) => [row.method, row.words])),
  };
}

test.describe("a phone's own browser", () => {
  test.use(PHONE);

  test("has a picker as long as two wallets would work, and goes nowhere by itself", async ({ page, ledger }) => {
    const token = await openOrder(page);
    await expectView(page, "choose");
    const { usable, reasons } = await shown(page);
    expect(usable).toEqual(expect.arrayContaining(["alipay.wap", "wechat.native"]));
    expect(usable[0]).toBe("alipay.wap");
    expect(reasons["wechat.jsapi"]).toContain("微信内");
    expect(reasons["alipay.web"]).toBe("仅可在电脑上使用。");
    expect(await ledger.attempts(token)).toEqual([]);
  });
});

test.describe("inside QQ", () => {
  test.use({ ...PHONE, userAgent: PHONE_AGENTS.qq });

  test("what QQ blocks says so, with the way out and the link to copy", async ({ page }) => {
    const token = await openOrder(page);
    await page.goto(`/pay/${token}?choose=1`);
    expect((await shown(page)).reasons["alipay.wap"]).toBe("QQ内无法使用，请在浏览器中打开本页。");
    await expect(page.locator(".browser-hint input")).toHaveValue(new RegExp(`/pay/${token}$`));
  });
});

test.describe("inside UnionPay's app", () => {
  test.use({ ...PHONE, userAgent: PHONE_AGENTS.unionpay });

  test("Alipay is one step away, in the phone's browser", async ({ page }) => {
    const token = await openOrder(page);
    await page.goto(`/pay/${token}?choose=1`);
    expect((await shown(page)).reasons["alipay.wap"]).toContain("云闪付内无法使用");
  });
});

test.describe("inside WeCom", () => {
  test.use({ ...WECHAT, userAgent: WECOM });

  test("a code may be scanned with WeChat, and JSAPI says where it works", async ({ page }) => {
    const token = await openOrder(page);
    await page.goto(`/pay/${token}?choose=1`);
    const { usable, reasons } = await shown(page);
    expect(usable).toContain("wechat.native");
    expect(reasons["wechat.jsapi"]).toContain("仅可在微信内使用");
  });
});

test.describe("inside a mini program's page", () => {
  test.use({ ...WECHAT, userAgent: `${WECHAT.userAgent} miniProgram/wx0000000000000000` });

  test("nothing can be paid, and the page says how to get out", async ({ page, ledger }) => {
    const token = await openOrder(page);
    await expectView(page, "choose");
    const { usable, reasons } = await shown(page);
    expect(usable).toEqual([]);
    expect(reasons["wechat.jsapi"]).toContain("小程序内无法使用");
    await expect(page.locator(".browser-hint")).toBeVisible();
    expect(await ledger.attempts(token)).toEqual([]);
  });
});

test.describe("an iPad, which says that it is a Macintosh", () => {
  test.use({ userAgent: DESKTOP_IPAD, hasTouch: true, viewport: { width: 820, height: 1180 } });

  test("is found out by its fingers, once, and gets a tablet's page: the code first, the app's button beside it", async ({ page }) => {
    const loads: string[] = [];
    page.on("request", (request) => {
      if (request.isNavigationRequest()) loads.push(new URL(request.url()).pathname);
    });
    // Chromium has ten fingers where a test says it has a touch screen; the page asks how many.
    await page.addInitScript(() => Object.defineProperty(navigator, "maxTouchPoints", { get: () => 5 }));
    const token = await openOrder(page);
    await expect(page.locator("main")).toHaveAttribute("data-browser", "tablet");
    const { usable } = await shown(page);
    expect(usable[0]).toBe("wechat.native");
    expect(usable).toContain("alipay.wap");
    await page.goto(`/pay/${token}`);
    await expect(page.locator("main")).toHaveAttribute("data-browser", "tablet");
    expect(loads.filter((one) => one === `/pay/${token}`).length).toBeLessThanOrEqual(3);
  });
});

test("an amount that no account takes says which ones are taken", async ({ page, ledger, database, server }) => {
  const shop = await openShop(database, server.publicUrl);
  const window = JSON.stringify([{ currency: "HKD", min: "10000", max: "50000" }]);
  await ledger.query("update gateway_accounts set amount_windows = $2::jsonb where id = $1", [shop.accountId, window]);
  await openOrder(page, shop.slug);
  await expectView(page, "choose");
  const { usable, reasons } = await shown(page);
  expect(usable).toEqual([]);
  expect(reasons["wechat.native"]).toBe("仅支持 HK$100.00 至 HK$500.00。");
});
