import { describe, expect, it } from "vitest";
import type { Method } from "#lib/domain/methods.ts";
import { offer, type Supply, soleMethod } from "#lib/domain/offer.ts";
import { type Browser, browserOf } from "#lib/domain/shopper.ts";

const supply = (method: Method, openidObtainable = true): Supply => ({ method, currencies: ["HKD", "CNY"], openidObtainable });
const ALL = ["wechat.jsapi", "wechat.native", "wechat.desk", "alipay.wap", "alipay.qr", "alipay.web", "wechat.barcode"] as const;
const offersIn = (browser: Browser) =>
  offer(
    ALL.map((method) => supply(method)),
    "HKD",
    browser,
  );

describe("which browser a User-Agent names", () => {
  it.each([
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.50", "wechat"],
    [
      "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Mobile Safari/537.36 MMWEBID/1 MicroMessenger/8.0.40 miniProgram/wx1",
      "wechat_mini",
    ],
    ["Mozilla/5.0 (iPhone) AppleWebKit/605 Mobile wxwork/4.0 MicroMessenger/7.0.1", "wecom"],
    ["Mozilla/5.0 (Linux; Android 12) Mobile AlipayClient/10.5", "alipay"],
    ["Mozilla/5.0 (iPhone) Mobile UnionPay/1.0 CloudPay", "unionpay"],
    ["Mozilla/5.0 (Linux; Android 13) Mobile MQQBrowser/6.2 QQ/8.9.1", "qq"],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604.1", "phone"],
    ["Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36", "phone"],
    ["Mozilla/5.0 (Linux; Android 14; SM-X700) AppleWebKit/537.36 Chrome/120 Safari/537.36", "tablet"],
    ["Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605", "tablet"],
    ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120 Safari/537.36", "desktop"],
    ["Mozilla/5.0 (Linux; Android 13; sdk_gphone64_x86_64) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36", "tablet"],
    ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18.0 Safari/605.1.15", "desktop"],
    ["", "desktop"],
  ] as const)("%s → %s", (userAgent, browser) => {
    expect(browserOf(userAgent)).toBe(browser);
  });

  it.each([
    [
      "an iPad, which says Macintosh",
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18.0 Safari/605.1.15",
      "tablet",
    ],
    ["a phone asked for the desktop's page", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126 Safari/537.36", "tablet"],
    ["a laptop with a touch screen", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120 Safari/537.36", "desktop"],
    ["a phone", "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36", "phone"],
  ] as const)("fingers on %s", (_, userAgent, browser) => {
    expect(browserOf(userAgent, true)).toBe(browser);
  });
});

describe("what is offered where", () => {
  it("inside WeChat JSAPI is the one way, and Alipay says why not", () => {
    const offers = offersIn("wechat");
    expect(soleMethod(offers, "wechat")).toBe("wechat.jsapi");
    expect(offers.find((one) => one.method === "alipay.wap")).toMatchObject({
      method: "alipay.wap",
      available: false,
      reason: "blocked_in_app",
    });
  });

  it("what keeps failing says so where it would work, and another account that works takes its place", () => {
    const down = { ...supply("alipay.qr"), down: true };
    expect(offer([down], "HKD", "desktop")[0]).toMatchObject({ available: false, reason: "down" });
    expect(offer([down, supply("alipay.qr")], "HKD", "desktop")[0]).toMatchObject({ available: true, reason: null });
    expect(offer([{ ...supply("wechat.jsapi"), down: true }], "HKD", "desktop")[0]).toMatchObject({ reason: "needs_wechat" });
  });

  it("on a phone Alipay's WAP comes first and WeChat's own JSAPI says it needs WeChat", () => {
    const offers = offersIn("phone");
    expect(offers[0]?.method).toBe("alipay.wap");
    expect(offers.find((one) => one.method === "wechat.jsapi")?.reason).toBe("needs_wechat");
  });

  it("on a phone nothing goes to Alipay by itself while WeChat would work as well; alone it does", () => {
    expect(soleMethod(offersIn("phone"), "phone")).toBeNull();
    const alone = offer([supply("alipay.wap"), supply("alipay.qr"), supply("wechat.jsapi")], "HKD", "phone");
    expect(soleMethod(alone, "phone")).toBe("alipay.wap");
    const h5 = offer([supply("alipay.wap"), supply("wechat.h5")], "HKD", "phone");
    expect(soleMethod(h5, "phone")).toBeNull();
  });

  it("a wallet's own browser settles which wallet is meant", () => {
    expect(soleMethod(offersIn("alipay"), "alipay")).toBe("alipay.wap");
    const both = offer([supply("wechat.jsapi"), supply("bank.transfer")], "HKD", "wechat");
    expect(soleMethod(both, "wechat")).toBe("wechat.jsapi");
  });

  it("a tablet and an emulator jump nowhere: a code first, and the app's button beside it", () => {
    const offers = offersIn("tablet");
    expect(offers[0]?.method).toBe("wechat.native");
    expect(offers.find((one) => one.method === "alipay.wap")?.available).toBe(true);
    expect(soleMethod(offer([supply("alipay.wap")], "HKD", "tablet"), "tablet")).toBeNull();
  });

  it("what asks the shopper first is never started by itself", () => {
    const asking = { ...supply("unionpay.wap"), asks: ["card_number"] as const };
    expect(soleMethod(offer([asking], "HKD", "unionpay"), "unionpay")).toBeNull();
  });

  it.each([
    ["wechat", "alipay.wap", "blocked_in_app"],
    ["wechat", "wechat.h5", "blocked_in_app"],
    ["qq", "alipay.wap", "blocked_in_app"],
    ["unionpay", "alipay.wap", "blocked_in_app"],
    ["alipay", "wechat.h5", "blocked_in_app"],
    ["wecom", "wechat.jsapi", "needs_wechat"],
    ["wechat_mini", "wechat.jsapi", "blocked_in_app"],
    ["wechat_mini", "wechat.native", "blocked_in_app"],
    ["wechat", "wechat.native", "needs_other_screen"],
    ["phone", "unionpay.gateway", "needs_desktop"],
    ["desktop", "alipay.wap", "needs_phone"],
    ["desktop", "alipay.jsapi", "needs_alipay"],
  ] as const)("in %s %s says %s", (browser, method, reason) => {
    expect(offer([supply(method)], "HKD", browser)).toMatchObject([{ available: false, reason }]);
  });

  it("on a desktop there is a choice, so nothing is started by itself", () => {
    expect(soleMethod(offersIn("desktop"), "desktop")).toBeNull();
  });

  it("a currency the account does not take is the reason given", () => {
    expect(offer([supply("wechat.native")], "USD", "desktop")).toMatchObject([
      { method: "wechat.native", available: false, reason: "currency" },
    ]);
  });

  it("without a way to an openid JSAPI cannot be used", () => {
    expect(offer([supply("wechat.jsapi", false)], "HKD", "wechat")).toMatchObject([
      { method: "wechat.jsapi", available: false, reason: "openid_unavailable" },
    ]);
  });

  it("two accounts with one method offer it once, available if either can", () => {
    expect(offer([supply("wechat.jsapi", false), supply("wechat.jsapi")], "HKD", "wechat")).toMatchObject([
      { method: "wechat.jsapi", available: true, reason: null },
    ]);
  });

  it("an amount no account takes is the reason given; one that takes it makes the method available", () => {
    const never = { ...supply("wechat.native"), takesAmount: false };
    expect(offer([never], "HKD", "desktop")).toMatchObject([{ available: false, reason: "amount" }]);
    expect(offer([never, supply("wechat.native")], "HKD", "desktop")).toMatchObject([{ available: true, reason: null }]);
    const limits = { min: null, max: { minor: 5000n, currency: "HKD" as const } };
    expect(offer([{ ...never, limits }], "HKD", "desktop")).toMatchObject([{ reason: "amount", limits }]);
  });

  it("what a method asks for is what the first account that can have it asks for", () => {
    const banks = [{ code: "ICBC", name: "工商银行" }];
    const asking = { ...supply("unionpay.gateway"), asks: ["bank"] as const, banks };
    expect(offer([asking, supply("unionpay.gateway")], "HKD", "desktop")).toMatchObject([{ asks: ["bank"], banks }]);
    expect(offer([supply("unionpay.gateway"), asking], "HKD", "desktop")).toMatchObject([{ asks: [], banks: [] }]);
  });

  it("scan pay is never offered to a shopper", () => {
    expect(offersIn("desktop").some((one) => one.method === "wechat.barcode")).toBe(false);
  });
});
