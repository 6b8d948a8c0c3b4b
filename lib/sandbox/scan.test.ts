import { describe, expect, it } from "vitest";
import { ownPath, readScan } from "#lib/sandbox/scan.ts";
import { codeText, WALLETS } from "#lib/sandbox/wallets.ts";

const ORIGIN = "http://localhost:3000";
const CODE = "th94r8s1hv4y6ew6dww47v3c70";

describe("readScan", () => {
  it.each([
    `weixin://wxpay/bizpayurl?pr=${CODE}`,
    `WEIXIN://wxpay/bizpayurl?sr=x&pr=${CODE}`,
    `https://qr.alipay.com/${CODE}`,
    `https://qr.alipay.com/${CODE}?x=1`,
    `https://qpay.qq.com/qr/${CODE}`,
    `https://qr.95516.com/00010000/${CODE}`,
    `https://ex.jd.com/pay?code=${CODE}`,
    `${ORIGIN}/sandbox/gateway/xxpay/api/qrcode/create_qrcode?params=https://qr.alipay.com/${CODE}`,
    `${ORIGIN}/sandbox/gateway/xxpay/api/qrcode/create_qrcode?params=${encodeURIComponent(`weixin://wxpay/bizpayurl?pr=${CODE}`)}`,
    `http://127.0.0.1:3020/api/qrcode/create_qrcode?size=2&params=weixin://wxpay/bizpayurl?pr=${CODE}`,
    `  ${CODE}\n`,
    `prepay_id=${CODE}`,
    `${ORIGIN}/sandbox/cashier/pc_desk/${CODE}`,
  ])("%s is the payment", (text) => {
    expect(readScan(text, ORIGIN)).toEqual({ kind: "payment", code: CODE });
  });

  it("a prepay id that happens to begin like WeChat's is the whole code", () => {
    const code = `wx${CODE.slice(2)}`;
    expect(readScan(`prepay_id=${code}`, ORIGIN)).toEqual({ kind: "payment", code });
  });

  it("a page of our own opens in the phone", () => {
    expect(readScan(`${ORIGIN}/pay/abc?x=1#y`, ORIGIN)).toEqual({ kind: "page", path: "/pay/abc?x=1" });
  });

  it.each([
    "",
    "http://evil.test/pay/abc",
    "javascript:alert(1)",
    "weixin://wxpay/bizpayurl?pr=../../x",
    "weixin://other",
    "//evil.test/x",
    "hello",
    "sandbox/shop",
    "https://qr.95516.com/00020000/th94r8s1hv4y6ew6dww47v3c70",
    "https://ex.jd.com/pay?coder=th94r8s1hv4y6ew6dww47v3c70",
    `${ORIGIN}/sandbox/gateway/xxpay/api/qrcode/create_qrcode?params=https://evil.test/x`,
    `${ORIGIN}/sandbox/gateway/xxpay/api/qrcode/create_qrcode?params=%E0%A4%A`,
  ])("%j is unknown", (text) => {
    expect(readScan(text, ORIGIN).kind).not.toBe("payment");
    if (text !== "") expect(readScan(text, ORIGIN)).toEqual({ kind: "unknown" });
  });
});

describe("codeText", () => {
  it.each(WALLETS)("what the gateway prints for %s is what the scanner reads", (wallet) => {
    expect(readScan(codeText(wallet, CODE, ORIGIN), ORIGIN)).toEqual({ kind: "payment", code: CODE });
  });
});

describe("ownPath", () => {
  it.each([
    ["/l/demo", "/l/demo"],
    ["l/demo", "/l/demo"],
    [`${ORIGIN}/x?y=1`, "/x?y=1"],
    ["//evil.test/x", null],
    [`${ORIGIN}//evil.test/x`, null],
    [`${ORIGIN}/..//evil.test/x`, null],
    [`${ORIGIN}/\\evil.test`, null],
    ["http://localhost:3001/x", null],
    ["javascript:alert(1)", null],
    ["\\\\evil.test\\x", null],
  ])("%s leads to %s", (text, path) => {
    expect(ownPath(text, ORIGIN)).toBe(path);
  });
});
