import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";
import jsQR from "jsqr";

/** A phone's browser that is no wallet's. */
export const PHONE = {
  userAgent: "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
} as const;

/** WeChat's own browser. */
export const WECHAT = {
  userAgent:
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.49.2600(0x28003133) NetType/WIFI Language/zh_CN",
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
} as const;

/** Alipay's own browser. */
export const ALIPAY = {
  ...PHONE,
  userAgent: `${PHONE.userAgent} Nebula AliApp(AP/10.6.0) AlipayClient/10.6.0 Language/zh-Hans`,
} as const;

/** Where a checkout page says what it is. */
export function checkoutMain(page: Page | FrameLocator): Locator {
  return page.locator("main[data-view]");
}

export async function expectView(page: Page | FrameLocator, view: string, detail?: string): Promise<void> {
  await expect(checkoutMain(page)).toHaveAttribute("data-view", view);
  if (detail) await expect(checkoutMain(page)).toHaveAttribute("data-detail", detail);
}

/** The order's token in the address of its checkout; "" anywhere else (the sandbox's wallet has a /pay/ of its own). */
export function tokenOf(page: Page): string {
  return tokenIn(page.url());
}

function tokenIn(address: string): string {
  return /^\/pay\/([^/]+)/.exec(new URL(address).pathname)?.[1] ?? "";
}

/** Opens an order through a merchant's link as a shopper does; gives its token. */
export async function openOrder(page: Page, slug = "demo", amount?: string): Promise<string> {
  await page.goto(`/l/${slug}`);
  if (amount !== undefined) await page.locator("input[name=amount]").fill(amount);
  // On a phone the checkout goes on to the wallet by itself: the token is read when it is asked for, not when it stands still.
  const asked = page.waitForRequest((request) => request.isNavigationRequest() && tokenIn(request.url()) !== "");
  await page.locator("form.link-form button[type=submit]").click();
  const token = tokenIn((await asked).url());
  await page.waitForURL((url) => !url.pathname.startsWith("/l/"));
  return token;
}

/** Presses a method's button. */
export async function choose(page: Page | FrameLocator, method: string): Promise<void> {
  await page.locator(`button[name=method][value="${method}"]`).click();
}

/** Opens an order on a phone and goes to Alipay; gives the token. */
export async function openWap(page: Page, slug = "demo"): Promise<string> {
  const token = await openOrder(page, slug);
  await choose(page, "alipay.wap");
  await page.waitForURL(/in=cashier/);
  return token;
}

/** Opens an order on a desktop and shows its QR code; gives the token. */
export async function openQr(page: Page, slug = "demo", method = "wechat.native"): Promise<string> {
  const token = await openOrder(page, slug);
  await choose(page, method);
  await expectView(page, "waiting", "qr");
  return token;
}

/**
 * Does `act` and waits for `address`, and proves that it was a document load: what this document's window carried is
 * gone (iOS WeChat checks the address of the document that was loaded; the framework's soft navigation would keep it).
 */
export async function freshly(page: Page, act: () => Promise<unknown>, address: RegExp): Promise<void> {
  await page.evaluate(() => Object.assign(window, { markOfThisDocument: true }));
  await act();
  await page.waitForURL(address);
  await expect.poll(() => page.evaluate(() => "markOfThisDocument" in window).catch(() => true)).toBe(false);
}

/** What the QR code on the screen says, read from its pixels as a phone's camera would. */
export async function readQr(page: Page, where = ".qr"): Promise<string> {
  const picture = await page.locator(where).screenshot();
  const image = await page.evaluate(async (png) => {
    const loaded = new Image();
    loaded.src = `data:image/png;base64,${png}`;
    await loaded.decode();
    const { width, height } = loaded;
    const drawing = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
    drawing?.drawImage(loaded, 0, 0);
    const { data } = drawing?.getImageData(0, 0, width, height) ?? new ImageData(1, 1);
    // One sign a pixel: as a list of numbers they take seconds to come over.
    let dark = "";
    for (let at = 0; at < data.length; at += 4) dark += (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0) < 384 ? "1" : "0";
    return { dark, width, height };
  }, picture.toString("base64"));
  const pixels = Uint8ClampedArray.from({ length: image.dark.length * 4 }, (_, at) =>
    at % 4 === 3 || image.dark[Math.floor(at / 4)] === "0" ? 255 : 0,
  );
  return jsQR(pixels, image.width, image.height, { inversionAttempts: "dontInvert" })?.data ?? "";
}
