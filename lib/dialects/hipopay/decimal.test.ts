import { describe, expect, it } from "vitest";
import { decimal, decimalText, inverse, quotient } from "#lib/dialects/hipopay/decimal.ts";

describe("a quotient", () => {
  // A tie goes to the even digit, as in a decimal context; anything else to the nearer one.
  it.each([
    ["1", "8", 2, "0.12"],
    ["3", "8", 2, "0.38"],
    ["1", "3", 2, "0.33"],
    ["2", "3", 2, "0.67"],
    ["10.00", "4", 2, "2.5"],
    ["999.9", "1", 3, "1000"],
    ["123456", "1", 2, "120000"],
    ["0.89", "1.00", 10, "0.89"],
    ["15.60", "2", 10, "7.8"],
  ])("%s ÷ %s to %i digits is %s", (part, whole, significant, text) => {
    expect(decimalText(quotient(decimal(part), decimal(whole), significant))).toBe(text);
  });

  it("has 28 digits as an inverse, however far from one: seeds/001's example, and another language's arithmetic", () => {
    expect(decimalText(inverse(decimal("6.711200000000000000")))).toBe("0.1490046489450470854690666349");
    expect(decimalText(inverse(decimal("123456789.5")))).toBe("0.000000008100000040905000206570251043");
    expect(decimalText(inverse(decimal("0.0000000000000000000000000003")))).toBe("3333333333333333333333333333");
  });

  it("is of positive decimals only", () => {
    for (const text of ["0", "0.00", "-1"]) expect(() => inverse(decimal(text))).toThrow("positive");
  });
});
