import { describe, expect, it } from "vitest";
import type { Payment, Problem } from "#lib/dialects/backend.ts";
import { backend, call, MERCHANT } from "#lib/dialects/fengniao/testing/drive.ts";
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const ROW: Partial<Payment> = {
  no: "P1",
  clientNo: "T_1",
  merchantNo: MERCHANT,
  method: "wechat.native",
  currency: "CNY",
  amount: "15.00",
  payAmount: "15.00",
  fee: "0.15",
};
const OK = { error_code: 0, error_msg: "成功" };

function stocked(changes: Partial<Payment> = {}) {
  const to = backend();
  to.payments.push(payment({ ...ROW, ...changes }));
  return to;
}

describe("trade.refund", () => {
  const ASKED = { out_trade_no: "T_1", out_refund_no: "R_1" };

  it.each(["wechat.native", "alipay.qr", "jd.native", "qq.native"])("%s answers as §2.20", async (method) => {
    const to = stocked({ method });
    const { json } = await call(to, "trade.refund", { ...ASKED, refund_fee: 1.1 });
    const numbers = { out_trade_no: "T_1", trade_no: "P1", net_receipt_amount: 14.85, total_amount: 15 };
    expect(json).toEqual({ ...OK, ...numbers, refund_status: "REFUND_SUCCESS" });
    expect(to.refunds).toMatchObject([{ clientRefundNo: "R_1", paymentNo: "P1", amount: "1.10" }]);
  });

  it("without refund_fee gives back all", async () => {
    const to = stocked();
    expect((await call(to, "trade.refund", ASKED)).json.error_code).toBe(0);
    expect(to.refunds).toMatchObject([{ amount: "15.00" }]);
  });

  it("answers as §2.21 for UnionPay: a reason in, neither receipt nor status out", async () => {
    const to = stocked({ method: "unionpay.wap" });
    const { json } = await call(to, "trade.refund", { ...ASKED, refund_reason: "退货" });
    expect(json).toEqual({ ...OK, out_trade_no: "T_1", trade_no: "P1", total_amount: 15 });
    expect(to.refunds).toMatchObject([{ amount: "15.00" }]);
  });

  it.each<[object, string | null]>([
    [{}, "refund_reason"],
    [{ refund_reason: "退".repeat(65) }, "refund_reason"],
    [{ refund_reason: "退货", refund_fee: "14.99" }, "refund_fee"],
    [{ refund_reason: "退货", refund_fee: "15" }, null],
  ])("UnionPay with %j: wrong is %s", async (fields, wrong) => {
    const to = stocked({ method: "unionpay.gateway" });
    const { json } = await call(to, "trade.refund", { ...ASKED, ...fields });
    expect(json.error_code).toBe(wrong === null ? 0 : 10008);
    if (wrong) expect(json.error_msg).toContain(wrong);
    expect(to.refunds).toHaveLength(wrong === null ? 1 : 0);
  });

  it("a refund number is used once: the very same refund again is 12003 and moves nothing", async () => {
    const to = stocked();
    await call(to, "trade.refund", { ...ASKED, refund_fee: "1" });
    const { json } = await call(to, "trade.refund", { ...ASKED, refund_fee: "1" });
    expect(json).toEqual({ error_code: 12003, error_msg: expect.stringContaining("out_refund_no") });
    expect(to.refunds).toHaveLength(1);
  });

  it.each([
    [{ out_trade_no: "" }, 10008, "out_trade_no"],
    [{ out_refund_no: "" }, 10008, "out_refund_no"],
    [{ out_refund_no: "R-1" }, 10008, "out_refund_no"],
    [{ out_refund_no: "R".repeat(65) }, 10008, "out_refund_no"],
    [{ refund_fee: "0" }, 10008, "refund_fee"],
    [{ refund_fee: "0.001" }, 10008, "refund_fee"],
    [{ refund_fee: 1e21 }, 10008, "refund_fee"],
    [{ out_trade_no: "T_2" }, 12002, "out_trade_no"],
  ])("%j is %i %s", async (changes, code, name) => {
    const to = stocked();
    const { json } = await call(to, "trade.refund", { ...ASKED, ...changes });
    expect(json).toEqual({ error_code: code, error_msg: expect.stringContaining(name) });
    expect(to.refunds).toEqual([]);
  });

  it.each<[Problem, number, string]>([
    ["not_paid", 14001, "out_trade_no"],
    ["refund_exceeds", 10008, "refund_fee"],
    ["amount_invalid", 10008, "refund_fee"],
    ["duplicate_number", 12003, "out_refund_no"],
    ["balance_insufficient", 15503, "refund_fee"],
    ["unavailable", 10006, ""],
    ["wallet_down", 1000, ""],
  ])("%s is %i %s", async (problem, code, word) => {
    const to = stocked();
    to.problem = problem;
    const { json } = await call(to, "trade.refund", ASKED);
    expect(json).toEqual({ error_code: code, error_msg: expect.stringContaining(word) });
  });

  it.each([
    ["PROCESSING", "REFUND_PROCESSING"],
    ["FAIL", "REFUND_FAILER"],
  ] as const)("a refund that is %s says %s", async (state, word) => {
    const to = stocked();
    const refund = to.refund.bind(to);
    to.refund = async (...asked) => {
      const made = await refund(...asked);
      return made.ok ? { ok: true, value: { ...made.value, state } } : made;
    };
    expect((await call(to, "trade.refund", ASKED)).json.refund_status).toBe(word);
  });
});

describe("trade.reverse", () => {
  const BOTH = { out_trade_no: "T_1", trade_no: "P1" };
  const UNPAID = { state: "INIT", paidAt: null } as const;

  it.each(["wechat.barcode", "wechat.native", "alipay.barcode", "alipay.qr"])(
    "%s: unpaid is closed, paid goes back whole",
    async (method) => {
      const unpaid = stocked({ ...UNPAID, method });
      expect((await call(unpaid, "trade.reverse", BOTH)).json).toEqual({ ...OK, ...BOTH });
      expect([unpaid.payments[0]?.state, unpaid.refunds.length]).toEqual(["CLOSED", 0]);
      const paid = stocked({ method });
      expect((await call(paid, "trade.reverse", BOTH)).json).toEqual({ ...OK, ...BOTH });
      expect(paid.refunds).toMatchObject([{ amount: "15.00", clientRefundNo: null }]);
    },
  );

  it.each(["CLOSED", "EXPIRED", "FAIL"] as const)("of an order that is %s already is done, and moves nothing", async (state) => {
    const to = stocked({ ...UNPAID, state });
    expect((await call(to, "trade.reverse", BOTH)).json.error_code).toBe(0);
    expect([to.payments[0]?.state, to.refunds.length]).toEqual([state, 0]);
  });

  it("a second time is done already", async () => {
    const to = stocked();
    to.problem = "refund_exceeds";
    expect((await call(to, "trade.reverse", BOTH)).json.error_code).toBe(0);
  });

  it("of an order paid in the very same moment gives the money back", async () => {
    const to = stocked(UNPAID);
    to.close = async (_caller, row) => {
      to.payments.splice(0, 1, { ...row, state: "PAID", paidAt: new Date() });
      return { ok: false, problem: "already_paid" };
    };
    expect((await call(to, "trade.reverse", BOTH)).json.error_code).toBe(0);
    expect(to.refunds).toMatchObject([{ amount: "15.00" }]);
  });

  it.each<[object, Partial<Payment>, number, string]>([
    [{ trade_no: "" }, {}, 10008, "trade_no"],
    [{ out_trade_no: "" }, {}, 10008, "out_trade_no"],
    [{ trade_no: "P2" }, {}, 12002, "trade_no"],
    [{ out_trade_no: "T_2" }, {}, 12002, "out_trade_no"],
    [{}, { method: "jd.native" }, 10008, "out_trade_no"],
    [{}, { method: "qq.native" }, 10008, "out_trade_no"],
    [{}, { method: "unionpay.wap" }, 10008, "out_trade_no"],
  ])("%j of %j is %i %s, and moves nothing", async (changes, row, code, name) => {
    const to = stocked(row);
    const { json } = await call(to, "trade.reverse", { ...BOTH, ...changes });
    expect(json).toEqual({ error_code: code, error_msg: expect.stringContaining(name) });
    expect([to.payments[0]?.state, to.refunds.length]).toEqual(["PAID", 0]);
  });

  it("that the gateway cannot do now is 10006, and 1000 when it does not know", async () => {
    for (const [problem, code] of [
      ["unavailable", 10006],
      ["wallet_down", 1000],
    ] as const) {
      for (const row of [UNPAID, {}]) {
        const to = stocked(row);
        to.problem = problem;
        expect((await call(to, "trade.reverse", BOTH)).json.error_code).toBe(code);
      }
    }
  });
});
