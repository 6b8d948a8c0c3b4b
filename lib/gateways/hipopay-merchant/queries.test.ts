import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CURRENCIES } from "#lib/domain/currency.ts";
import { formatMajor } from "#lib/domain/money.ts";
import { answer } from "#lib/gateways/fake-port.ts";
import type { PaymentKey } from "#lib/gateways/gateway.ts";
import { SAMPLES } from "#lib/gateways/hipopay-merchant/samples.ts";
import { BASE_URL, failure, openedAccount, success } from "#lib/gateways/hipopay-merchant/test-account.ts";

const KEY: PaymentKey = { method: "wechat.native", gatewayOrderNo: "OURS", gatewayRef: null, amount: { minor: 100n, currency: "HKD" } };
const ORDER = {
  ...{ status: "PAID", payment_no: "2018071823332342210483065", out_trade_id: "OURS", currency: "HKD", amount: "1" },
  ...{ trade_time: "2018-07-18 23:33:23" },
};

async function standingOf(order: object, key: PaymentKey = KEY) {
  const { account } = openedAccount([answer(success(order))]);
  return account.query?.(key);
}

describe("query", () => {
  it.each(["wechat.native", "alipay.app"] as const)(
    "of %s reads the document's reply; the one path serves both wallets",
    async (method) => {
      const { account, port } = openedAccount([answer(SAMPLES.payment)]);
      const key = { ...KEY, method, gatewayOrderNo: "2746847384112837273872" };
      expect(await account.query?.(key)).toEqual({
        ok: true,
        value: {
          ...{ kind: "paid", gatewayRef: "2018071823332342210483065", amount: { minor: 2n, currency: "HKD" } },
          ...{ paidAt: new Date("2018-07-18T15:33:23Z"), detail: { exchangeRate: "0.881890" } },
        },
      });
      expect(port.sent[0]).toMatchObject({
        method: "GET",
        url: `${BASE_URL}/payment?out_trade_id=2746847384112837273872`,
        headers: { Version: "1.0" },
      });
    },
  );

  it("asks by the gateway's number where it is known", async () => {
    const { account, port } = openedAccount([answer(success(ORDER))]);
    expect(await account.query?.({ ...KEY, gatewayRef: ORDER.payment_no })).toMatchObject({ ok: true, value: { kind: "paid" } });
    expect(port.sent[0]?.url).toBe(`${BASE_URL}/payment?payment_no=2018071823332342210483065`);
  });

  it("reads the document's refusal", async () => {
    const { account } = openedAccount([answer(SAMPLES.paymentFailed)]);
    const gatewayCode = "PAYMENT_NOT_FOUND";
    expect(await account.query?.(KEY)).toEqual({ ok: false, kind: "refused", code: "not_found", message: "Order not found", gatewayCode });
  });

  it("a payment was paid when it was finished, not when it was created", async () => {
    const outcome = await standingOf({ ...ORDER, finish_time: "2018-07-18 23:34:00" });
    expect(outcome).toMatchObject({ ok: true, value: { paidAt: new Date("2018-07-18T15:34:00Z") } });
  });

  it.each([
    ["INIT", { kind: "pending" }],
    ["USERPAYING", { kind: "pending", seen: true }],
    ["FAIL", { kind: "failed" }],
    ["EXPIRED", { kind: "closed" }],
    ["PAID", { kind: "paid" }],
    ["paid", { kind: "unknown" }],
    ["REVOKED", { kind: "unknown" }],
    ["", { kind: "unknown" }],
    ["toString", { kind: "unknown" }],
  ])("status %s", async (status, standing) => {
    const told = await standingOf({ ...ORDER, status });
    expect(told).toMatchObject({ ok: true, value: standing });
    // INIT, too, is "not paid yet", but nobody has it open.
    expect(told?.ok === true && "seen" in told.value).toBe(status === "USERPAYING");
  });

  it.each([
    ["an amount with too many places", { amount: "1.001" }],
    ["an amount in scientific notation", { amount: "1e3" }],
    ["a negative amount", { amount: "-1" }],
    ["an empty amount", { amount: "" }],
    ["yen with decimals", { currency: "JPY", amount: "1.5" }],
    ["a currency that is not in the document", { currency: "hkd" }],
    ["no currency", { currency: null }],
    ["a time that is none", { finish_time: "2017-13-41 99:99:99" }],
    ["no number", { payment_no: "" }],
    ["another merchant", { merchant_no: "yyy" }],
    ["another number of ours", { out_trade_id: "THEIRS" }],
  ])("paid with %s is unclear", async (_what, change) => {
    expect(await standingOf({ ...ORDER, ...change })).toMatchObject({ ok: true, value: { kind: "unknown" } });
  });

  it("an answer about another payment of the gateway is unclear", async () => {
    expect(await standingOf(ORDER, { ...KEY, gatewayRef: "1" })).toMatchObject({ ok: true, value: { kind: "unknown" } });
  });

  it.each([{ is_success: true }, { is_success: true, response: [] }, { is_success: true, response: "PAID" }, { response: ORDER }])(
    "an answer without an order is unclear: %j",
    async (reply) => {
      const { account } = openedAccount([answer(reply)]);
      expect(await account.query?.(KEY)).toMatchObject({ ok: false, kind: "unknown" });
    },
  );

  it("any amount of any currency comes back as it was written, as text or as a number", async () => {
    const money = fc.record({ minor: fc.bigInt({ min: 1n, max: 9_999_999_999_999n }), currency: fc.constantFrom(...CURRENCIES) });
    await fc.assert(
      fc.asyncProperty(money, fc.boolean(), async (amount, asNumber) => {
        const text = formatMajor(amount);
        const order = JSON.stringify({ ...ORDER, currency: amount.currency, amount: "AMOUNT" });
        const body = `{"is_success":true,"response":${order.replace('"AMOUNT"', asNumber ? text : `"${text}"`)}}`;
        const { account } = openedAccount([answer(body)]);
        expect(await account.query?.(KEY)).toMatchObject({ ok: true, value: { kind: "paid", amount } });
      }),
      { numRuns: 60 },
    );
  });

  it("an error beside a success is no answer", async () => {
    const { account } = openedAccount([answer({ ...success(ORDER), error: "PAYMENT_NOT_FOUND" }), answer(success(ORDER), 404)]);
    expect(await account.query?.(KEY)).toMatchObject({ ok: false, kind: "unknown" });
    expect(await account.query?.(KEY)).toMatchObject({ ok: false, kind: "unknown" });
  });

  it("a refusal without a code that is known is unclear", async () => {
    const { account } = openedAccount([answer(failure("NEVER_SEEN")), answer({ is_success: false, return_message: "busy" })]);
    expect(await account.query?.(KEY)).toEqual({ ok: false, kind: "unknown", message: "NEVER_SEEN no" });
    expect(await account.query?.(KEY)).toEqual({ ok: false, kind: "unknown", message: "no error code busy" });
  });
});
