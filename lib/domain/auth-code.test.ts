import { describe, expect, it } from "vitest";
import { authCodeDigits, methodOfAuthCode } from "#lib/domain/auth-code.ts";

describe("a scanned code", () => {
  it.each([
    ["100000000000000000", "wechat.barcode"],
    ["159999999999999999", "wechat.barcode"],
    ["2500000000000000", "alipay.barcode"],
    ["300000000000000000000000", "alipay.barcode"],
    ["288888888888888888", "alipay.barcode"],
    ["910000000000000000", "qq.barcode"],
  ])("%s is %s", (digits, method) => {
    expect(methodOfAuthCode(digits)).toBe(method);
  });

  it.each([
    "",
    "160000000000000000",
    "090000000000000000",
    "10000000000000000",
    "1000000000000000000",
    "25000000000000",
    "3".repeat(25),
    "310000000000000000",
    "9100000000000000000",
    "920000000000000000",
    "62000000000000000000",
    "10000000000000000x",
  ])("%s is none", (digits) => {
    expect(methodOfAuthCode(digits)).toBeNull();
  });

  it("is read without the line end a scanner adds and the spaces a person types", () => {
    expect(authCodeDigits("1345 6789 0123 4567 89\r\n")).toBe("134567890123456789");
  });
});
