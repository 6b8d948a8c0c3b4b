import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import { REFUSAL_CODES, type RefundKey, type RefundRequest } from "#lib/gateways/gateway.ts";
import { REFUND_CODES } from "#lib/gateways/hipopay-merchant/refund-codes.ts";
import { SAMPLES } from "#lib/gateways/hipopay-merchant/samples.ts";
import { BASE_URL, bodyOf, failure, openedAccount, success } from "#lib/gateways/hipopay-merchant/test-account.ts";

// The sample's numbers and amount.
const REQUEST: RefundRequest = {
  method: "wechat.native",
  gatewayOrderNo: "OURS",
  gatewayRef: "2637473637382",
  amount: { minor: 10_000n, currency: "HKD" },
  refundNo: "R201901021232213",
  refundAmount: { minor: 888n, currency: "HKD" },
};
const ROW = {
  ...{ out_refund_id: "R201901021232213", payment_no: "2637473637382", refund_amount: "8.88", refund_no: "2637473637452" },
  ...{ finish_time: "2021-12-23 16:42:34", result_code: "0000", status: "SUCCESS" },
};
const STANDING = { gatewayRefundRef: "2637473637452", refundNo: "R201901021232213", amount: REQUEST.refundAmount };
const KEY: RefundKey = { method: "wechat.native", currency: "HKD", by: "refundNo", refundNo: "R201901021232213" };

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => (from + index).toString().padStart(4, "0"));
/** seeds/001 §21, its code column but 0000. */
const DOCUMENT = [...numbers(1, 13), "0099", ...numbers(101, 121), "0199", ...numbers(201, 233), "0299"];
const following = (then: string) => Object.keys(REFUND_CODES).filter((code) => REFUND_CODES[code]?.[2] === then);

describe("refund", () => {
  it.each(["wechat.native", "alipay.qr"] as const)("of %s always names the amount and our own number", async (method) => {
    const { account, port } = openedAccount([answer(success(ROW))]);
    expect(await account.refund?.({ ...REQUEST, method })).toEqual({
      ok: true,
      value: { kind: "succeeded", ...STANDING, code: "SUCCESS" },
    });
    expect(port.sent[0]).toMatchObject({ method: "POST", url: `${BASE_URL}/payment_refund` });
    expect(bodyOf(port.sent[0])).toEqual({
      ...{ payment_no: "2637473637382", out_refund_id: "R201901021232213", refund_amount: "8.88" },
    });
  });

  it("a full refund names its amount too: without one the gateway refunds all there is", async () => {
    const { account, port } = openedAccount([answer("")]);
    await account.refund?.({ ...REQUEST, refundAmount: REQUEST.amount });
    expect(bodyOf(port.sent[0]).refund_amount).toBe("100.00");
  });

  it("the document's sample: a success of the call, a failure of the refund; only status decides", async () => {
    const { account } = openedAccount([answer(SAMPLES.refund)]);
    expect(await account.refund?.(REQUEST)).toEqual({ ok: true, value: { kind: "failed", ...STANDING, code: "0011" } });
  });

  it("the document's refusal", async () => {
    const { account } = openedAccount([answer(SAMPLES.refundFailed)]);
    const refusal = { ok: false, kind: "refused", code: "amount_rejected", gatewayCode: "REFUND_AMOUNT_INVALID" };
    expect(await account.refund?.(REQUEST)).toMatchObject(refusal);
  });

  it.each([
    ["without the gateway's number", { gatewayRef: null }],
    ["of nothing", { refundAmount: { minor: 0n, currency: "HKD" } }],
    ["of a negative amount", { refundAmount: { minor: -1n, currency: "HKD" } }],
    ["of more than was paid", { refundAmount: { minor: 10_001n, currency: "HKD" } }],
    ["in another currency", { refundAmount: { minor: 10n, currency: "USD" } }],
  ] as const)("%s is refused before the wire", async (_what, change) => {
    const { account, port } = openedAccount();
    expect(await account.refund?.({ ...REQUEST, ...change })).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
    expect(port.sent).toEqual([]);
  });

  it.each([
    [{ status: "PROCESSING" }, "pending"],
    [{ status: "FAIL", result_code: "" }, "failed"],
    [{ status: "FAIL", result_code: "0011", refund_amount: "" }, "failed"],
    [{ status: "FAIL", result_code: "0000" }, "unknown"],
    [{ status: "FAIL", result_code: "0300" }, "unknown"],
    [{ status: "FAIL", result_code: "toString" }, "unknown"],
    [{ status: "FAIL", result_code: "0011", refund_amount: "1.00" }, "unknown"],
    [{ status: "SUCCESS", result_code: "0104" }, "succeeded"],
    [{ status: "DONE" }, "unknown"],
    [{ status: "" }, "unknown"],
    [{ refund_amount: "8.881" }, "unknown"],
    [{ refund_amount: "8.89" }, "unknown"],
    [{ refund_amount: "" }, "unknown"],
    [{ out_refund_id: "other" }, "unknown"],
    [{ payment_no: "other" }, "unknown"],
  ])("an answer with %o is %s", async (change, kind) => {
    const { account } = openedAccount([answer(success({ ...ROW, ...change }))]);
    expect(await account.refund?.(REQUEST)).toMatchObject({ ok: true, value: { kind } });
  });

  it("an unreadable answer is unclear: the refund may have been made", async () => {
    const { account } = openedAccount([answer(""), answer(success([])), answer(SAMPLES.refundFailed, 500)]);
    for (let tries = 0; tries < 3; tries += 1) expect(await account.refund?.(REQUEST)).toMatchObject({ ok: false, kind: "unknown" });
  });
});

describe("the refund codes", () => {
  it("are the document's, each with a word of ours", () => {
    expect(Object.keys(REFUND_CODES).sort()).toEqual(DOCUMENT);
    for (const [, word] of Object.values(REFUND_CODES)) expect(REFUSAL_CODES).toContain(word);
  });

  it("0104 and 0121, and every code that asks to wait, mean the same number again; a number that exists is asked about", () => {
    expect(following("again")).toEqual(["0004", "0005", "0103", "0104", "0107", "0116", "0121"]);
    expect(following("ask")).toEqual(expect.arrayContaining(["0001", "0099", "0119", "0199", "0203", "0205", "0229", "0299"]));
  });

  it.each(Object.entries(REFUND_CODES))(
    "FAIL with %s releases the money only when the code says that nothing happened",
    async (code, row) => {
      const { account } = openedAccount([answer(success({ ...ROW, status: "FAIL", result_code: code })), answer(failure(code, "why"))]);
      const kind = row[2] === "failed" ? "failed" : "unknown";
      expect(await account.refund?.(REQUEST)).toMatchObject({ ok: true, value: { kind, code } });
      const refused = { kind: "refused", code: row[1], message: "why", gatewayCode: code };
      expect(await account.refund?.(REQUEST)).toEqual({
        ok: false,
        ...(row[2] === "failed" ? refused : { kind: "unknown", message: `${code} why` }),
      });
    },
  );

  it("no text in their place releases it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), async (code) => {
        fc.pre(!following("failed").includes(code));
        const { account } = openedAccount([answer(success({ ...ROW, status: "FAIL", result_code: code }))]);
        expect(await account.refund?.(REQUEST)).toMatchObject({ ok: true, value: { kind: "unknown" } });
      }),
      { numRuns: 60 },
    );
  });
});

describe("refund query", () => {
  it("by our number reads the document's reply", async () => {
    const { account, port } = openedAccount([answer(SAMPLES.queryRefund)]);
    const refundNo = "R201637473637452";
    expect(await account.queryRefund?.({ ...KEY, refundNo })).toEqual({
      ok: true,
      value: [{ kind: "succeeded", ...STANDING, refundNo, code: "SUCCESS" }],
    });
    expect(port.sent[0]).toMatchObject({ method: "GET", url: `${BASE_URL}/payment_refund?out_refund_id=R201637473637452` });
  });

  it("by the gateway's number, of either wallet", async () => {
    const { account, port } = openedAccount([answer(success(ROW))]);
    const key = { method: "alipay.qr", currency: "HKD", by: "gatewayRefundRef", gatewayRefundRef: "2637473637452" } as const;
    expect(await account.queryRefund?.(key)).toMatchObject({ ok: true, value: [{ kind: "succeeded" }] });
    expect(port.sent[0]?.url).toBe(`${BASE_URL}/payment_refund?refund_no=2637473637452`);
  });

  it("reads the document's refusal: the gateway never heard of it", async () => {
    const { account } = openedAccount([answer(SAMPLES.queryRefundFailed)]);
    expect(await account.queryRefund?.(KEY)).toMatchObject({ ok: false, kind: "refused", code: "not_found" });
  });

  it.each([
    { method: "wechat.native", currency: "HKD", by: "gatewayRef", gatewayRef: "C" },
    { method: "wechat.native", currency: "HKD", by: "gatewayOrderNo", gatewayOrderNo: "D" },
  ] as const)("by $by there is none in the document: nothing is sent", async (key) => {
    const { account, port } = openedAccount();
    expect(await account.queryRefund?.(key)).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
    expect(port.sent).toEqual([]);
  });

  it.each(following("again"))("a refund that failed with %s stands for nothing, so that its number is sent again", async (code) => {
    const { account } = openedAccount([answer(success({ ...ROW, status: "FAIL", result_code: code }))]);
    expect(await account.queryRefund?.(KEY)).toEqual({ ok: true, value: [] });
  });

  it.each([
    ["a failure that is final", { status: "FAIL", result_code: "0011" }, "failed"],
    ["a failure that may have happened", { status: "FAIL", result_code: "0099" }, "unknown"],
    ["a failure to be sent again, of another refund", { status: "FAIL", result_code: "0104", out_refund_id: "other" }, "unknown"],
    ["another refund", { out_refund_id: "other" }, "unknown"],
    ["one that is processed", { status: "PROCESSING" }, "pending"],
  ])("%s is told", async (_what, change, kind) => {
    const { account } = openedAccount([answer(success({ ...ROW, ...change }))]);
    expect(await account.queryRefund?.(KEY)).toMatchObject({ ok: true, value: [{ kind }] });
  });
});
