import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CURRENCIES } from "#lib/domain/currency.ts";
import { formatMajor } from "#lib/domain/money.ts";
import { formatClock, formatMoment, formatMoney, formatSeconds, moneyParts } from "#lib/i18n/format.ts";
import { LOCALES } from "#lib/i18n/locale.ts";

describe("amounts", () => {
  it("keep every digit, in every language and currency, up to the largest", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 9_999_999_999_999n }),
        fc.constantFrom(...CURRENCIES),
        fc.constantFrom(...LOCALES),
        (minor, currency, locale) => {
          const digits = (text: string) => text.replaceAll(/[^0-9.]/g, "");
          expect(digits(formatMoney({ minor, currency }, locale))).toBe(formatMajor({ minor, currency }));
          expect(digits(moneyParts({ minor, currency }, locale).digits)).toBe(formatMajor({ minor, currency }));
        },
      ),
    );
  });

  it("have no places in yen and won", () => {
    expect(formatMoney({ minor: 1000n, currency: "JPY" }, "en")).toBe("¥1,000");
    expect(moneyParts({ minor: 1999n, currency: "CNY" }, "zh-HK")).toEqual({ sign: "¥", digits: "19.99", signFirst: true, code: "CNY" });
  });
});

describe("times", () => {
  const at = new Date("2026-11-20T16:30:05Z");

  it("are in the given zone, whatever the machine's is, and name it last", () => {
    expect(formatMoment(at, "en", "Asia/Hong_Kong")).toBe("21 Nov 2026, 00:30:05 GMT+8");
    for (const locale of LOCALES) {
      expect(formatClock(at, locale, "Asia/Hong_Kong")).toBe("00:30 GMT+8");
      expect(formatMoment(at, locale, "Asia/Hong_Kong")).toMatch(/00:30:05 GMT\+8$/);
    }
  });

  it("left to pay are minutes and seconds, hours when there are any, never negative", () => {
    expect([0, 9, 842, 3600, 7329, -5].map(formatSeconds)).toEqual(["00:00", "00:09", "14:02", "1:00:00", "2:02:09", "00:00"]);
  });
});
