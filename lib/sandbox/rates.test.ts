import { describe, expect, it } from "vitest";
import { CURRENCIES } from "#lib/domain/currency.ts";
import { chargeFor } from "#lib/sandbox/charge.ts";
import { rateOn } from "#lib/sandbox/rates.ts";

const DAY = new Date("2026-03-01T10:00:00+08:00");

describe("rateOn", () => {
  it("is the same all day in UTC+8 and moves by less than one percent overnight", () => {
    const morning = rateOn("wechat", "USD", new Date("2026-03-01T00:00:00+08:00"));
    const night = rateOn("wechat", "USD", new Date("2026-03-01T23:59:59+08:00"));
    expect(morning).toBe(night);
    const days = Array.from({ length: 30 }, (_, day) => Number(rateOn("wechat", "USD", new Date(DAY.getTime() + day * 86_400_000))));
    expect(new Set(days).size).toBeGreaterThan(10);
    for (const rate of days) expect(Math.abs(rate / 6.8575 - 1)).toBeLessThan(0.005);
  });

  it.each(CURRENCIES)("has a positive decimal for %s in both wallets", (currency) => {
    for (const wallet of ["wechat", "alipay"] as const) {
      expect(rateOn(wallet, currency, DAY)).toMatch(/^\d+(\.\d+)?$/);
      expect(Number(rateOn(wallet, currency, DAY))).toBeGreaterThan(0);
    }
  });

  it("has none for a currency the document does not list", () => {
    expect(rateOn("alipay", "CHF", DAY)).toBeNull();
  });
});

describe("chargeFor", () => {
  it("charges yuan as they are, and one percent of it as fee", () => {
    expect(chargeFor({ minor: 1990n, currency: "CNY" }, "wechat", "CN", DAY)).toEqual({
      exchangeRate: "1",
      payCurrency: "CNY",
      payAmount: "19.90",
      fee: "0.1990",
    });
  });

  it("takes Hong Kong dollars from a Hong Kong wallet, whatever the price is in", () => {
    const dollars = chargeFor({ minor: 10_000n, currency: "USD" }, "wechat", "HK", DAY);
    expect(dollars.payCurrency).toBe("HKD");
    const expected = (100 * Number(rateOn("wechat", "USD", DAY))) / Number(rateOn("wechat", "HKD", DAY));
    expect(Math.abs(Number(dollars.payAmount) - expected)).toBeLessThanOrEqual(0.011);
  });
});
