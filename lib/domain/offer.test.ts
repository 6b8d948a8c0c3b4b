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
    ["", "desktop"],
  ] as const)("%s → %s", (userAgent, browser) => {
    expect(browserOf(userAgent)).toBe(browser);
  });
});

describe("what is offered where", () => {
  it("inside WeChat JSAPI is the one way, and Alipay says why not", () => {
    const offers = offersIn("wechat");
    expect(soleMethod(offers, "wechat")).toBe("wechat.jsapi");
    expect(offers.find((one) => one.method === "alipay.wap")).toEqual({
      method: "alipay.wap",
      available: false,
      reason: "blocked_in_wechat",
    });
  });

  it("on a phone Alipay's WAP comes first and WeChat's own JSAPI says it needs WeChat", () => {
    const offers = offersIn("phone");
    expect(offers[0]?.method).toBe("alipay.wap");
    expect(offers.find((one) => one.method === "wechat.jsapi")?.reason).toBe("needs_wechat");
  });

  it("on a desktop there is a choice, so nothing is started by itself", () => {
    expect(soleMethod(offersIn("desktop"), "desktop")).toBeNull();
  });

  it("a currency the account does not take is the reason given", () => {
    expect(offer([supply("wechat.native")], "USD", "desktop")).toEqual([{ method: "wechat.native", available: false, reason: "currency" }]);
  });

  it("without a way to an openid JSAPI cannot be used", () => {
    expect(offer([supply("wechat.jsapi", false)], "HKD", "wechat")).toEqual([
      { method: "wechat.jsapi", available: false, reason: "openid_unavailable" },
    ]);
  });

  it("two accounts with one method offer it once, available if either can", () => {
    expect(offer([supply("wechat.jsapi", false), supply("wechat.jsapi")], "HKD", "wechat")).toEqual([
      { method: "wechat.jsapi", available: true, reason: null },
    ]);
  });

  it("scan pay is never offered to a shopper", () => {
    expect(offersIn("desktop").some((one) => one.method === "wechat.barcode")).toBe(false);
  });
});
