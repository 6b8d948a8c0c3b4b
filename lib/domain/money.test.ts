import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CURRENCIES, type Currency, exponentOf } from "#lib/domain/currency.ts";
import { formatMajor, isMoneyProblem, MAX_MINOR, type Money, parseMoney, toCny } from "#lib/domain/money.ts";

const money = fc.record({ minor: fc.bigInt({ min: 0n, max: MAX_MINOR }), currency: fc.constantFrom(...CURRENCIES) });

describe("decimal text and money", () => {
  // protocols.md, golden money conversions: bugs seen in the wild.
  it.each([
    ["19.90", "CNY", 1990n],
    ["1.67", "CNY", 167n],
    ["1.68", "CNY", 168n],
    ["2.68", "CNY", 268n],
    ["0.01", "CNY", 1n],
    ["1.1", "HKD", 110n],
    ["100", "HKD", 10_000n],
    ["100", "JPY", 100n],
    ["1.0", "JPY", 1n],
    ["1.000", "CNY", 100n],
  ] as const)("%s %s is %s minor units", (text, currency, minor) => {
    expect(parseMoney(text, currency)).toEqual({ minor, currency });
  });

  it.each([
    ["1.001", "CNY", "places"],
    ["1.5", "JPY", "places"],
    ["0.1", "KRW", "places"],
    ["1e3", "CNY", "format"],
    ["-1", "CNY", "format"],
    ["+1", "CNY", "format"],
    [" 1", "CNY", "format"],
    ["01", "CNY", "format"],
    ["1.", "CNY", "format"],
    [".5", "CNY", "format"],
    ["1,000", "CNY", "format"],
    ["١", "CNY", "format"],
    ["", "CNY", "format"],
    ["NaN", "CNY", "format"],
    ["99999999999999", "CNY", "range"],
  ] as const)("%j %s is a problem of %s", (text, currency, problem) => {
    expect(parseMoney(text, currency)).toBe(problem);
  });

  it("what is formatted is read back, for every amount and currency", () => {
    fc.assert(fc.property(money, (one: Money) => void expect(parseMoney(formatMajor(one), one.currency)).toEqual(one)));
  });

  it("formats with exactly the currency's places", () => {
    fc.assert(
      fc.property(money, (one: Money) => {
        const [, fraction = ""] = formatMajor(one).split(".");
        expect(fraction).toHaveLength(exponentOf(one.currency));
      }),
    );
  });

  it("reads no text as two amounts: other texts of the same amount only add zeros", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,6}(\.\d{1,4})?$/), fc.constantFrom<Currency>("CNY", "JPY"), (text, currency) => {
        const read = parseMoney(text, currency);
        if (isMoneyProblem(read)) return;
        const plain = (one: string): string => (one.includes(".") ? one.replace(/\.?0+$/, "") : one);
        expect(plain(formatMajor(read))).toBe(plain(text));
      }),
    );
  });
});

describe("what an amount costs in CNY", () => {
  it.each([
    [{ minor: 100n, currency: "USD" }, "6.8575", 686n],
    [{ minor: 100n, currency: "HKD" }, "0.804740", 80n],
    [{ minor: 1000n, currency: "JPY" }, "0.0485", 4850n],
    [{ minor: 8800n, currency: "HKD" }, "0.8789", 7734n],
    [{ minor: 1n, currency: "HKD" }, "0.5", 1n],
    [{ minor: 1990n, currency: "CNY" }, "1", 1990n],
  ] as const)("%o at %s", (amount, rate, fen) => {
    expect(toCny(amount, rate)).toEqual({ minor: fen, currency: "CNY" });
  });

  it("a rate that is no decimal is a problem", () => {
    expect(toCny({ minor: 1n, currency: "USD" }, "6,8")).toBe("format");
  });
});
