import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CURRENCIES, type Currency, exponentOf } from "#lib/domain/currency.ts";
import { estimate, nextRateAskSeconds, RATE_EVERY_SECONDS, RATE_FRESH_SECONDS, shortRate } from "#lib/domain/rate.ts";

const NOW = new Date("2026-11-20T10:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const at = (minor: bigint, currency: Currency, cnyPerUnit: string, age = 60) =>
  estimate({ minor, currency }, { cnyPerUnit, toldAt: ago(age) }, NOW)?.cny.minor ?? null;

describe("what an amount costs about in CNY", () => {
  // Each by hand: 88.00 HKD × 0.8789 = 77.3432; JPY and KRW have no minor unit.
  it.each<[Currency, bigint, string, bigint]>([
    ["GBP", 100n, "9.012", 901n],
    ["HKD", 8800n, "0.8789", 7734n],
    ["USD", 100n, "6.8575", 686n],
    ["JPY", 1000n, "0.0472", 4720n],
    ["CAD", 1999n, "5.031", 10057n],
    ["AUD", 1n, "4.512", 5n],
    ["EUR", 250n, "7.723", 1931n],
    ["NZD", 333n, "4.129", 1375n],
    ["KRW", 99_900n, "0.0051", 50949n],
    ["THB", 5000n, "0.199", 995n],
  ])("%s %s at %s", (currency, minor, rate, fen) => {
    expect(at(minor, currency, rate)).toBe(fen);
  });

  it("covers every currency but CNY, which costs itself and is not estimated", () => {
    for (const currency of CURRENCIES)
      expect(at(1000n, currency, "1")).toBe(currency === "CNY" ? null : 1000n * 10n ** BigInt(2 - exponentOf(currency)));
  });

  it("rounds half a fen up, less than half down", () => {
    expect(at(1n, "HKD", "0.5")).toBe(1n);
    expect(at(1n, "HKD", "0.4999999999999999999999999999")).toBe(null);
    expect(at(3n, "HKD", "0.5")).toBe(2n);
    expect(at(100n, "HKD", "0.8849999999999999999999999999")).toBe(88n);
  });

  it("is within half a fen of the exact product, whatever the rate's digits", () => {
    const digits = fc.stringMatching(/^[1-9]\d{0,3}\.\d{1,28}$/);
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 12n), digits, fc.constantFrom<Currency>("HKD", "JPY", "KRW", "USD"), (minor, rate, currency) => {
        const [whole = "", fraction = ""] = rate.split(".");
        const scale = 10n ** BigInt(fraction.length + exponentOf(currency));
        const exact = minor * BigInt(whole + fraction) * 100n;
        const fen = at(minor, currency, rate) ?? 0n;
        const off = fen * scale - exact;
        expect(off * 2n <= scale && -off * 2n < scale).toBe(true);
      }),
    );
  });

  it("is not told from a rate that is older than half an hour, nor from one that is no decimal", () => {
    expect(at(100n, "USD", "6.8575", RATE_FRESH_SECONDS)).toBe(686n);
    expect(at(100n, "USD", "6.8575", RATE_FRESH_SECONDS + 1)).toBeNull();
    expect(at(100n, "USD", "6,8575")).toBeNull();
    expect(at(100n, "USD", "1e3")).toBeNull();
  });
});

it("a rate is asked for often enough that two lost answers do not hide it", () => {
  const lost = nextRateAskSeconds(0) + nextRateAskSeconds(1) + nextRateAskSeconds(2);
  expect(lost).toBeLessThan(RATE_FRESH_SECONDS);
  expect([1, 2, 3, 4, 40].map(nextRateAskSeconds)).toEqual([30, 60, 300, RATE_EVERY_SECONDS, RATE_EVERY_SECONDS]);
});

it.each([
  ["0.92310000", "0.9231"],
  ["6.71119999999999", "6.7112"],
  ["6.8575", "6.8575"],
  ["0.0047204938281", "0.00472049"],
  ["9.999999999", "10"],
  ["1234567.891", "1234568"],
  ["1.000000", "1"],
  ["n/a", "n/a"],
])("the rate %s is shown as %s", (told, shown) => {
  expect(shortRate(told)).toBe(shown);
});
