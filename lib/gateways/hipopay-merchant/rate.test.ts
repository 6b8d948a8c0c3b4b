import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import { inverted } from "#lib/gateways/hipopay-merchant/invert.ts";
import { SAMPLES } from "#lib/gateways/hipopay-merchant/samples.ts";
import { BASE_URL, openedAccount, success } from "#lib/gateways/hipopay-merchant/test-account.ts";

const AT = new Date("2026-11-20T04:00:00Z");

describe("rate", () => {
  it.each([
    ["wechat", "forex_rate", "/wechatpay/forex_rate"],
    ["wechat", "rate", "/wechatpay/rate"],
    ["alipay", "forex_rate", "/alipay/forex_rate"],
    ["alipay", "rate", "/alipay/rate"],
  ] as const)("%s's %s: the document's USD for one CNY is our CNY for one USD", async (wallet, ratePath, path) => {
    const { account, port } = openedAccount([answer(SAMPLES.rate)], { ratePath });
    expect(await account.rate?.(wallet, "USD")).toEqual({ ok: true, value: { currency: "USD", cnyPerUnit: "6.7112", at: AT } });
    expect(port.sent[0]).toMatchObject({ method: "GET", url: `${BASE_URL}${path}?currency=USD` });
  });

  it("reads a number by its digits, and the older name of the field", async () => {
    const body = '{"is_success":true,"response":{"currency":"HKD","rate":1.1339285}}';
    const { account } = openedAccount([answer(body)]);
    expect(await account.rate?.("wechat", "HKD")).toMatchObject({ ok: true, value: { cnyPerUnit: "0.881889819332" } });
  });

  it("the older field points the way the account says; the document's own always points as it says", async () => {
    const settings = { ratePath: "rate", rateDirection: "cny_per_foreign" };
    const { account } = openedAccount([answer(success({ currency: "USD", rate: "6.7112" })), answer(SAMPLES.rate)], settings);
    for (let asked = 0; asked < 2; asked += 1)
      expect(await account.rate?.("wechat", "USD")).toMatchObject({ ok: true, value: { cnyPerUnit: "6.7112" } });
  });

  it("reads the document's refusal", async () => {
    const { account } = openedAccount([answer(SAMPLES.rateFailed)]);
    const refusal = { ok: false, kind: "refused", code: "unsupported", gatewayCode: "CURRENCY_NOT_SUPPORT" };
    expect(await account.rate?.("wechat", "THB")).toMatchObject(refusal);
  });

  it.each([
    ["another currency's", { currency: "HKD", forex_rate: "6.8" }],
    ["zero", { currency: "USD", forex_rate: "0.00" }],
    ["not a decimal", { currency: "USD", forex_rate: "6,8" }],
    ["in scientific notation", { currency: "USD", forex_rate: "1e-1" }],
    ["missing", { currency: "USD" }],
  ])("a rate that is %s is unclear", async (_what, data) => {
    const { account } = openedAccount([answer(success(data))]);
    expect(await account.rate?.("wechat", "USD")).toMatchObject({ ok: false, kind: "unknown" });
  });

  it("a wallet the document has no rate for is unsupported", async () => {
    expect(await openedAccount().account.rate?.("qq", "USD")).toMatchObject({ ok: false, kind: "refused", code: "unsupported" });
  });
});

describe("the inverse of a rate", () => {
  it.each([
    ["1", "1"],
    ["0.5", "2"],
    ["2", "0.5"],
    ["8", "0.125"],
    ["0.149", "6.71140939597"],
    ["190.35", "0.00525348043079"],
    ["0.000001", "1000000"],
    ["3", "0.333333333333"],
    ["0.8818900000", "1.1339282677"],
  ])("of %s is %s", (decimal, expected) => {
    expect(inverted(decimal)).toBe(expected);
  });

  const decimals = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 12n }), fc.integer({ min: 0, max: 10 })).map(([digits, places]) => {
    const text = digits.toString().padStart(places + 1, "0");
    return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
  });

  it("times the rate is one, to eleven digits, for any rate", () => {
    fc.assert(
      fc.property(decimals, (decimal) => {
        const result = inverted(decimal);
        expect(result).toMatch(/^\d{1,28}(\.\d{1,28})?$/);
        const [a, b] = [scaled(decimal), scaled(result)];
        const one = 10n ** BigInt(a.places + b.places);
        const error = a.digits * b.digits - one;
        expect((error < 0n ? -error : error) * 10n ** 11n <= one).toBe(true);
      }),
    );
  });

  it("of what the gateway computed to 28 digits from a short rate is that rate again", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 0, max: 5 }), (digits, places) => {
        const text = digits.toString().padStart(places + 1, "0");
        const rate = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`.replace(/\.?0+$/, "");
        // 10^places / digits, cut after 28 digits: what Python's Decimal gives, but for its rounding of the last one.
        const quotient = (10n ** BigInt(places + 60) / BigInt(digits)).toString();
        const padded = quotient.slice(0, 28).padEnd(quotient.length, "0").padStart(61, "0");
        expect(inverted(`${padded.slice(0, -60)}.${padded.slice(-60).replace(/(?<=.)0+$/, "")}`)).toBe(rate);
      }),
    );
  });

  it("of nothing is an error, not a rate", () => {
    expect(() => inverted("0.00")).toThrow();
  });
});

function scaled(text: string): { digits: bigint; places: number } {
  const [whole = "", fraction = ""] = text.split(".");
  return { digits: BigInt(whole + fraction), places: fraction.length };
}
