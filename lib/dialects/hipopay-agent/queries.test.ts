import { describe, expect, it } from "vitest";
import { backend, call } from "#lib/dialects/hipopay-agent/testing/drive.ts";
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const META = { status_code: 200, message: "请求成功", success: true };
const WECHAT = payment({ no: "W1", state: "FAIL", clientNo: "A-1" });
const ALIPAY = payment({
  no: "2018020716122408862056356",
  method: "alipay.web",
  merchantNo: "test-mer",
  clientNo: "2018020721001003750533954072",
  amount: "0.10",
  subject: "wisecasheir test",
  exchangeRate: "0.804740",
  payAmount: "0.08",
  buyerId: "2088702631783753",
  buyerEmail: "18624@163.com",
  createdAt: new Date("2018-02-07T08:12:24Z"),
});

function stocked() {
  const to = backend();
  to.payments.push(payment({ state: "FAIL" }), WECHAT, ALIPAY);
  return to;
}

/** seeds/000 §4.9, Version 1.0. */
const ORDER = {
  status: "FAIL",
  openid: "oQx43wJiwtsjv8C0lT5Lj7Mw1QZ4",
  trade_type: "JSAPI",
  exchange_rate: "0.8777",
  ip: "47.52.77.110",
  no: "2017062221294656822821341",
  device_info: "",
  currency: "HKD",
  amount: "1",
  trade_time: "2017-06-22 21:29:47",
  merchant_no: "xxx",
  pay_currency: "CNY",
  product_info: "扫码支付 - xx科技有限公司",
  settle_rate: "1",
  pay_amount: "0.87",
  refund_status: "None",
  refundable_amount: "1",
};

describe("GET /order", () => {
  it("Version 1.0 answers as the document's example: strings", async () => {
    const { json } = await call(stocked(), "GET", "/order", { order_no: ORDER.no });
    expect(json).toEqual({ meta: META, data: { order: ORDER } });
  });

  it("finds by agent_order_id and then says it (seeds/000 §11.1)", async () => {
    const { json } = await call(stocked(), "GET", "/order", { order_no: "", agent_order_id: "A-1" });
    expect(json.data.order).toEqual({ ...ORDER, no: "W1", agent_order_id: "A-1" });
  });

  it("Version 2.0 answers numbers, digit for digit, and the refunds beside the order", async () => {
    const to = backend();
    const row = payment({ amount: "100.10", payAmount: "0.877", exchangeRate: "0.12345678901234567890" });
    to.payments.push(row);
    to.refunds.push({
      no: "2017073101",
      clientRefundNo: "R-1",
      paymentNo: row.no,
      clientNo: null,
      amount: "50.00",
      state: "SUCCESS",
      createdAt: row.createdAt,
    });
    const { reply, json } = await call(to, "GET", "/order", { order_no: row.no }, { version: "2.0" });
    const { settle_rate: _, refund_status: __, refundable_amount: ___, ...order } = ORDER;
    expect(json.data).toEqual({
      order: { ...order, status: "PAID", amount: 100.1, exchange_rate: 0.12345678901234568, pay_amount: 0.877 },
      refunds: [{ no: "2017073101", order_no: row.no, refund_amount: 50, status: "SUCCESS" }],
    });
    for (const text of ['"amount":100.10,', '"exchange_rate":0.12345678901234567890,', '"refund_amount":50.00,'])
      expect(reply.body).toContain(text);
  });

  it.each([
    ["0", "None", "1"],
    ["0.00", "None", "1.00"],
    ["0.4", "PART", "0.6"],
    ["1.00", "FULL", "0.00"],
  ])("after %s refunded the refund status is %s and %s is left", async (refundedAmount, status, left) => {
    const to = backend();
    to.payments.push(payment({ refundedAmount }));
    const { json } = await call(to, "GET", "/order", { order_no: ORDER.no });
    expect(json.data.order).toMatchObject({ refund_status: status, refundable_amount: left });
  });

  it("tells a closed payment as EXPIRED, the document's nearest word", async () => {
    const to = backend();
    to.payments.push(payment({ state: "CLOSED" }));
    expect((await call(to, "GET", "/order", { order_no: ORDER.no })).json.data.order.status).toBe("EXPIRED");
  });

  it("is 400 without any number and 404 for one that is unknown or of the other wallet", async () => {
    const { reply, json } = await call(stocked(), "GET", "/order", { order_no: "" });
    expect(reply.status).toBe(400);
    expect(json.meta.message).toMatch(/order_no.*agent_order_id/);
    expect((await call(stocked(), "GET", "/order", { order_no: "nothing" })).reply.status).toBe(404);
    expect((await call(stocked(), "GET", "/order", { order_no: ALIPAY.no })).reply.status).toBe(404);
    expect((await call(stocked(), "GET", "/alipay/order", { payment_no: "W1" })).reply.status).toBe(404);
  });
});

describe("GET /alipay/order", () => {
  it.each([[{ out_order_no: ALIPAY.clientNo ?? "" }], [{ outer_order_no: ALIPAY.clientNo ?? "" }], [{ payment_no: ALIPAY.no }]])(
    "answers %j as the document's example",
    async (fields) => {
      const { json } = await call(stocked(), "GET", "/alipay/order", fields as Record<string, string>);
      expect(json).toEqual({
        meta: { ...META, message: "Requset Successes" },
        data: {
          order: {
            amount: "0.10",
            buyer_email: "18624@163.com",
            channel: "ALIPAYCN",
            charge_amount: "0.01",
            currency: "HKD",
            exchange_rate: "0.804740",
            merchant_no: "test-mer",
            payment_no: "2018020716122408862056356",
            buyer_id: "2088702631783753",
            pay_amount: "0.08",
            pay_currency: "CNY",
            product_info: "wisecasheir test",
            refund_status: "None",
            refundable_amount: "0.10",
            status: "PAID",
            subject: "wisecasheir test",
            trade_time: "2018-02-07 16:12:24",
            trade_type: "NATIVE",
            out_order_no: "2018020721001003750533954072",
          },
        },
      });
    },
  );
});

describe("rates and openid", () => {
  it("GET /rate answers under data, GET /alipay/rate under rate", async () => {
    const wechat = await call(backend(), "GET", "/rate", { merchant_no: "xxx", currency: "USD" });
    expect(wechat.json).toEqual({ meta: META, data: { currency: "USD", rate: "6.8575" } });
    const alipay = await call(backend(), "GET", "/alipay/rate", { currency: "HKD" });
    expect(alipay.json).toEqual({ meta: META, rate: { currency: "HKD", rate: "0.860000" } });
  });

  it.each([
    ["/rate", { currency: "USD" }, "merchant_no"],
    ["/rate", { merchant_no: "xxx" }, "currency"],
    ["/rate", { merchant_no: "xxx", currency: "THB" }, "currency"],
    ["/alipay/rate", {}, "currency"],
    ["/mini_program/openid", { code: "good" }, "merchant_no"],
    ["/mini_program/openid", { merchant_no: "xxx" }, "code"],
  ])("GET %s %j is 400 naming %s", async (path, fields, name) => {
    const { reply, json } = await call(backend(), "GET", path, fields as Record<string, string>);
    expect(reply.status).toBe(400);
    expect(json.meta.message).toContain(name);
  });

  it("GET /mini_program/openid changes a good code and tells WeChat's error for another", async () => {
    const good = await call(backend(), "GET", "/mini_program/openid", { merchant_no: "xxx", code: "good" });
    expect(good.json).toEqual({ meta: META, data: { openid: "kxc13i13J123" } });
    const used = await call(backend(), "GET", "/mini_program/openid", { merchant_no: "xxx", code: "used" });
    expect(used.reply.status).toBe(555);
    expect(JSON.parse(used.json.meta.message)).toEqual({ wx_code: "40029", wx_message: "invalid code" });
  });
});
