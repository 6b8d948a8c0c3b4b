import { describe, expect, it } from "vitest";
import { fengniao } from "#lib/gateways/fengniao/index.ts";
import { REFUND_STATUSES } from "#lib/gateways/fengniao/refunds.ts";
import { cny, no, ok, openedAccount, sentCall } from "#lib/gateways/fengniao/test-account.ts";
import type { RefundRequest } from "#lib/gateways/gateway.ts";

const REQUEST: RefundRequest = {
  ...{ method: "wechat.native", gatewayOrderNo: "T1", gatewayRef: "R1", amount: cny(1990n) },
  ...{ refundNo: "F1", refundAmount: cny(167n), reason: "七天无理由 & more" },
};
const ANSWERED = { out_trade_no: "T1", trade_no: "R1", total_amount: "19.90", net_receipt_amount: "18.23" };
const SAID_NOTHING = { gatewayRefundRef: null, refundNo: null, amount: null };

describe("refund", () => {
  it.each(["wechat.native", "alipay.qr", "jd.native", "qq.native"] as const)(
    "%s always names the amount and our number",
    async (method) => {
      const { account, port } = openedAccount([ok({ ...ANSWERED, refund_status: "REFUND_SUCCESS" })]);
      const value = { kind: "succeeded", ...SAID_NOTHING, code: "REFUND_SUCCESS" };
      expect(await account.refund?.({ ...REQUEST, method })).toEqual({ ok: true, value });
      const content = { out_trade_no: "T1", out_refund_no: "F1", refund_fee: "1.67" };
      expect(sentCall(port.sent[0])).toEqual({ method: "trade.refund", content });
    },
  );

  it("a whole one names its amount too", async () => {
    const { account, port } = openedAccount([ok()]);
    await account.refund?.({ ...REQUEST, refundAmount: REQUEST.amount });
    expect(sentCall(port.sent[0]).content).toMatchObject({ refund_fee: "19.90" });
  });

  it.each([
    ...Object.entries(REFUND_STATUSES),
    ["REFUND_DONE", "unknown"],
    ["refund_success", "unknown"],
    ["", "unknown"],
    ["constructor", "unknown"],
  ])("status %s is %s", async (status, kind) => {
    const { account } = openedAccount([ok({ ...ANSWERED, refund_status: status })]);
    expect(await account.refund?.(REQUEST)).toMatchObject({ ok: true, value: { kind } });
  });

  it("the document's three words are in the table, its misspelling too", () => {
    expect(REFUND_STATUSES).toMatchObject({ REFUND_SUCCESS: "succeeded", REFUND_PROCESSING: "pending", REFUND_FAILER: "failed" });
  });

  it.each([
    { ...ANSWERED, out_trade_no: "T2" },
    { ...ANSWERED, total_amount: "1.67" },
    { ...ANSWERED, trade_no: "R2" },
    { refund_status: "REFUND_SUCCESS" },
  ])("an answer about something else (%o) is unclear: the refund may have been made", async (reply) => {
    const { account } = openedAccount([ok({ refund_status: "REFUND_SUCCESS", ...reply })]);
    expect(await account.refund?.(REQUEST)).toMatchObject({ ok: false, kind: "unknown" });
  });

  it.each([
    ["of nothing", { refundAmount: cny(0n) }],
    ["of a negative amount", { refundAmount: cny(-1n) }],
    ["of more than was paid", { refundAmount: cny(1991n) }],
    ["in another currency", { refundAmount: { minor: 1n, currency: "HKD" } }],
    ["under a number that is none", { refundNo: "F-1" }],
    ["of a part, by UnionPay", { method: "unionpay.wap" }],
  ] as const)("%s is refused before the wire", async (_what, change) => {
    const { account, port } = openedAccount();
    expect(await account.refund?.({ ...REQUEST, ...change })).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
    expect(port.sent).toEqual([]);
  });

  it("there is no query of refunds, and UnionPay's are known to be whole", () => {
    expect(openedAccount().account.queryRefund).toBeUndefined();
    expect(fengniao.fullRefundOnly).toEqual(["unionpay"]);
  });
});

describe("UnionPay's refund", () => {
  const whole = { ...REQUEST, method: "unionpay.gateway", refundAmount: REQUEST.amount } as const;

  it("is whole, names a reason and no amount, and is not known to have ended", async () => {
    const { account, port } = openedAccount([ok(ANSWERED)]);
    expect(await account.refund?.(whole)).toEqual({ ok: true, value: { kind: "pending", ...SAID_NOTHING } });
    const content = { out_trade_no: "T1", out_refund_no: "F1", refund_reason: "七天无理由   more" };
    expect(sentCall(port.sent[0])).toEqual({ method: "trade.refund", content });
  });

  it("has a reason even where we have none, of at most 64 signs", async () => {
    const { account, port } = openedAccount([ok(), ok()]);
    await account.refund?.({ ...whole, reason: " " });
    await account.refund?.({ ...whole, reason: "退".repeat(65) });
    expect(sentCall(port.sent[0]).content).toMatchObject({ refund_reason: "退款" });
    expect(sentCall(port.sent[1]).content).toMatchObject({ refund_reason: "退".repeat(64) });
  });

  it("may count as done by the account's setting; an answer about something else never", async () => {
    const { account } = openedAccount([ok(ANSWERED), ok({ ...ANSWERED, total_amount: "1" })], { unionpayRefund: "succeeded" });
    expect(await account.refund?.(whole)).toMatchObject({ ok: true, value: { kind: "succeeded" } });
    expect(await account.refund?.(whole)).toMatchObject({ ok: false, kind: "unknown" });
  });
});

describe("refusals of a refund", () => {
  it.each(["wechat.native", "unionpay.wap"] as const)(
    "%s: a number that exists says that it arrived, and the caller has to ask",
    async (method) => {
      const { account } = openedAccount([no(12003, "退款单号已存在")]);
      const outcome = await account.refund?.({ ...REQUEST, method, refundAmount: REQUEST.amount });
      expect(outcome).toMatchObject({ ok: false, kind: "refused", code: "duplicate_number", gatewayCode: "12003" });
    },
  );

  it.each([
    [14001, "invalid_request"],
    [14500, "busy"],
    [12002, "not_found"],
  ])("%i is %s", async (code, meaning) => {
    const { account } = openedAccount([no(code)]);
    expect(await account.refund?.(REQUEST)).toMatchObject({ ok: false, kind: "refused", code: meaning, gatewayCode: `${code}` });
  });
});
