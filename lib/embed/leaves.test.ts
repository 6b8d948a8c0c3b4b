import { afterEach, describe, expect, it, vi } from "vitest";
import { leaves } from "./leaves.ts";

const DESKTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";
const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15";
const PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36";

function browser(userAgent: string, { touch = 0, width = 1280, dialogs = true } = {}): void {
  vi.stubGlobal("navigator", { userAgent, maxTouchPoints: touch });
  vi.stubGlobal("innerWidth", width);
  vi.stubGlobal("window", dialogs ? { HTMLDialogElement: function HTMLDialogElement() {} } : {});
}

afterEach(() => vi.unstubAllGlobals());

describe("a shop's page leaves for the checkout", () => {
  it.each([
    ["a phone", PHONE],
    ["an iPhone", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1"],
    ["WeChat on a phone", `${PHONE} MicroMessenger/8.0.49.2600(0x28003133)`],
    ["WeChat on a computer", `${DESKTOP} NetType/WIFI MicroMessenger/7.0.20.1781(0x6700143B) WindowsWechat`],
    ["WeCom", `${DESKTOP} wxwork/4.1.20 MicroMessenger/7.0.1`],
    ["Alipay", `${PHONE} AliApp(AP/10.6.0) AlipayClient/10.6.0`],
    ["QQ", `${PHONE} QQ/9.0.0`],
    ["UnionPay", `${PHONE} UnionPay/1.0 CloudPay`],
    ["HarmonyOS", "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114 ArkWeb/4.1 HarmonyOS"],
  ])("in %s", (_, userAgent) => {
    browser(userAgent);
    expect(leaves()).toBe(true);
  });

  it("on an iPad that says it is a Macintosh, in a narrow window, and where there is no modal dialog", () => {
    browser(MAC, { touch: 5 });
    expect(leaves()).toBe(true);
    browser(DESKTOP, { width: 420 });
    expect(leaves()).toBe(true);
    browser(DESKTOP, { dialogs: false });
    expect(leaves()).toBe(true);
  });
});

describe("a shop's page shows the checkout over itself", () => {
  it.each([
    ["Chrome on Windows", DESKTOP],
    ["Safari on a Macintosh", MAC],
    ["Firefox on Linux", "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"],
  ])("in %s", (_, userAgent) => {
    browser(userAgent);
    expect(leaves()).toBe(false);
  });

  it("on a computer whose screen can be touched", () => {
    browser(DESKTOP, { touch: 10 });
    expect(leaves()).toBe(false);
  });
});
