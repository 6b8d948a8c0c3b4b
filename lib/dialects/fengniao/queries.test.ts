import { describe, expect, it } from "vitest";
import type { Payment, Refund } from "#lib/dialects/backend.ts";
import { backend, call, MERCHANT } from "#lib/dialects/fengniao/testing/drive.ts";
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const PAID: Partial<Payment> = {
  no: "P1",
  clientNo: "T_1",
  merchantNo: MERCHANT,
  currency: "CNY",
  amount: "15.00",
  payAmount: "15.00",
  fee: "0.1500",
  openid: null,
};
const UNPAID: Partial<Payment> = { ...PAID, state: "INIT", paidAt: null };
const COMMON = { error_code: 0, error_msg: "成功", out_trade_no: "T_1", trade_no: "P1", net_receipt_amount: 14.85, total_amount: 15 };
const TIME = "2017-06-22 21:29:59";

async function ask(changes: Partial<Payment>, refunds: Refund["state"][] = [], content: object = { merchant_no: MERCHANT }) {
  const to = backend();
  const row = payment(changes);
  to.payments.push(row);
  to.refunds.push(
    ...refunds.map((state, at) => ({
      no: `R${at}`,
      clientRefundNo: `C${at}`,
      paymentNo: row.no,
      clientNo: row.clientNo,
      amount: "1.00",
      state,
      createdAt: row.createdAt,
    })),
  );
  return call(to, "trade.query", { out_trade_no: "T_1", ...content });
}

describe("trade.query answers in the shape of the payment's wallet", () => {
  const WECHAT = { pay_time: TIME, bank_type: "CFT", cash_fee: 15, openid: "o1", is_subscribe: "N" };
  it.each<[string, Partial<Payment>, object]>([
    ["WeChat", { method: "wechat.native", openid: "o1" }, { ...WECHAT, trade_status: "SUCCESS", trade_state_desc: "支付成功" }],
    ["QQ, as WeChat", { method: "qq.native" }, { ...WECHAT, openid: "", trade_status: "SUCCESS", trade_state_desc: "支付成功" }],
    [
      "Alipay",
      { method: "alipay.wap", buyerEmail: "159****5620", buyerId: "2088101117955611" },
      {
        pay_time: TIME,
        trade_status: "TRADE_SUCCESS",
        buyer_logon_id: "159****5620",
        receipt_amount: "15.00",
        fund_bill_list: '[{"amount":"15.00","fundChannel":"ALIPAYACCOUNT"}]',
        buyer_user_id: "2088101117955611",
      },
    ],
    [
      "JD",
      { method: "jd.native", buyerId: "j1" },
      { pay_time: TIME, trade_status: "2", open_id: "j1", user: "", desc: "查询成功", promotion_amount: 0 },
    ],
    ["UnionPay", { method: "unionpay.gateway" }, { pay_time: "20170622212959", trade_status: "00" }],
  ])("%s", async (_wallet, changes, shape) => {
    const { json, reply } = await ask({ ...PAID, ...changes });
    expect(json).toEqual({ ...COMMON, ...shape });
    expect(reply.body).toContain('"total_amount":15.00,');
  });

  it.each([
    ["wechat.native", { trade_status: "NOTPAY", pay_time: "", bank_type: "", cash_fee: 0, trade_state_desc: "未支付" }],
    ["alipay.qr", { trade_status: "WAIT_BUYER_PAY", pay_time: "", receipt_amount: "0.00", fund_bill_list: "[]" }],
    ["jd.native", { trade_status: "0", pay_time: "" }],
    ["unionpay.wap", { trade_status: "01", pay_time: "" }],
  ])("an unpaid %s order has neither time nor receipt", async (method, shape) => {
    expect((await ask({ ...UNPAID, method })).json).toMatchObject({ ...shape, net_receipt_amount: 0, total_amount: 15 });
  });
});

describe("trade_status is text in the channel's own words (seeds/004 §2.18, §2.19)", () => {
  const full = { refundedAmount: "15.00" };
  it.each<[string, string, Partial<Payment>, Refund["state"][]]>([
    ["wechat.native", "NOTPAY", UNPAID, []],
    ["wechat.barcode", "USERPAYING", { ...UNPAID, userPaying: true }, []],
    ["wechat.native", "PAYERROR", { ...UNPAID, state: "FAIL" }, []],
    ["wechat.native", "CLOSED", { ...UNPAID, state: "EXPIRED" }, []],
    ["wechat.native", "CLOSED", { ...UNPAID, state: "CLOSED" }, []],
    ["wechat.barcode", "REVOKED", { ...UNPAID, state: "CLOSED" }, []],
    ["wechat.native", "SUCCESS", PAID, []],
    ["wechat.native", "SUCCESS", PAID, ["FAIL"]],
    ["wechat.native", "REFUND", PAID, ["SUCCESS"]],
    ["wechat.native", "REFUND", PAID, ["PROCESSING"]],
    ["qq.native", "REFUND", PAID, ["SUCCESS"]],
    ["alipay.qr", "WAIT_BUYER_PAY", UNPAID, []],
    ["alipay.barcode", "WAIT_BUYER_PAY", { ...UNPAID, userPaying: true }, []],
    ["alipay.qr", "TRADE_CLOSED", { ...UNPAID, state: "FAIL" }, []],
    ["alipay.qr", "TRADE_CLOSED", { ...UNPAID, state: "EXPIRED" }, []],
    ["alipay.qr", "TRADE_CLOSED", { ...UNPAID, state: "CLOSED" }, []],
    ["alipay.qr", "TRADE_SUCCESS", { ...PAID, refundedAmount: "14.99" }, ["SUCCESS"]],
    ["alipay.qr", "TRADE_CLOSED", { ...PAID, ...full }, ["SUCCESS"]],
    ["jd.native", "0", UNPAID, []],
    ["jd.native", "1", { ...UNPAID, userPaying: true }, []],
    ["jd.native", "3", { ...UNPAID, state: "FAIL" }, []],
    ["jd.native", "3", { ...UNPAID, state: "EXPIRED" }, []],
    ["jd.native", "9", { ...UNPAID, state: "CLOSED" }, []],
    ["jd.native", "2", PAID, []],
    ["jd.native", "4", PAID, ["SUCCESS", "PROCESSING"]],
    ["jd.native", "5", { ...PAID, ...full }, ["SUCCESS"]],
    ["jd.native", "6", PAID, ["FAIL"]],
    ["jd.native", "7", { ...PAID, refundedAmount: "1.00" }, ["FAIL", "SUCCESS"]],
    ["unionpay.wap", "01", UNPAID, []],
    ["unionpay.wap", "02", { ...UNPAID, state: "FAIL" }, []],
    ["unionpay.wap", "02", { ...UNPAID, state: "EXPIRED" }, []],
    ["unionpay.wap", "03", { ...UNPAID, state: "CLOSED" }, []],
    ["unionpay.wap", "00", PAID, []],
    ["unionpay.wap", "04", { ...PAID, ...full }, ["SUCCESS"]],
    ["unionpay.wap", "05", PAID, ["PROCESSING"]],
  ])("%s %s", async (method, word, changes, refunds) => {
    expect((await ask({ ...changes, method }, refunds)).json.trade_status).toBe(word);
  });

  it("a payment that went back whole still shows what was paid, one that nobody paid shows nothing", async () => {
    const refunded = await ask({ ...PAID, method: "alipay.qr", refundedAmount: "15.00" }, ["SUCCESS"]);
    expect(refunded.json).toMatchObject({ trade_status: "TRADE_CLOSED", receipt_amount: "15.00", net_receipt_amount: 14.85 });
    const closed = await ask({ ...UNPAID, method: "alipay.qr", state: "CLOSED" });
    expect(closed.json).toMatchObject({ trade_status: "TRADE_CLOSED", receipt_amount: "0.00", net_receipt_amount: 0 });
  });
});

describe("whose order it is", () => {
  it.each(["wechat.native", "alipay.qr", "jd.native"])("%s needs merchant_no", async (method) => {
    const { json } = await ask({ ...PAID, method }, [], {});
    expect(json).toEqual({ error_code: 10008, error_msg: expect.stringContaining("merchant_no") });
  });

  it.each(["unionpay.gateway", "unionpay.wap", "qq.native", "alipay.personal"])("%s, created without one, does not", async (method) => {
    expect((await ask({ ...PAID, method }, [], {})).json.error_code).toBe(0);
  });

  it("another merchant of the same caller's is 12002, somebody else's 10003, no order 12002", async () => {
    expect((await ask(PAID, [], { merchant_no: "20180225150354026148" })).json.error_code).toBe(12002);
    expect((await ask(PAID, [], { merchant_no: "another" })).json.error_code).toBe(10003);
    expect((await ask({ ...PAID, clientNo: "T_2" })).json.error_code).toBe(12002);
    expect((await ask(PAID, [], { out_trade_no: "" })).json).toEqual({
      error_code: 10008,
      error_msg: expect.stringContaining("out_trade_no"),
    });
  });
});
