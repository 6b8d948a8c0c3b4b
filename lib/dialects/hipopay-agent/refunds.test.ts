import { describe, expect, it } from "vitest";
import type { Problem } from "#lib/dialects/backend.ts";
import { backend, call } from "#lib/dialects/hipopay-agent/testing/drive.ts";
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const META = { status_code: 200, message: "请求成功", success: true };
const WECHAT = payment({ no: "W1", clientNo: "A-1" });
const ALIPAY = payment({ no: "P1", clientNo: "B-1", method: "alipay.qr", currency: "JPY", amount: "100" });

function stocked() {
  const to = backend();
  to.payments.push(WECHAT, ALIPAY);
  const refund = { clientNo: null, amount: "0.1", state: "SUCCESS" as const, createdAt: WECHAT.createdAt };
  to.refunds.push(
    { ...refund, no: "RW", clientRefundNo: "CW", paymentNo: "W1" },
    { ...refund, no: "RP", clientRefundNo: null, paymentNo: "P1" },
  );
  return to;
}

const SHAPE_W = { no: "RW", order_no: "W1", outer_refund_no: "CW", refund_amount: "0.1", status: "SUCCESS" };
const SHAPE_P = { refund_no: "RP", payment_no: "P1", outer_refund_no: "", refund_amount: "0.1", status: "SUCCESS" };

describe("refunding", () => {
  it("POST /refund answers as seeds/000 §4.8", async () => {
    const { json } = await call(stocked(), "POST", "/refund", { order_no: "W1", refund_amount: "0.1", outer_refund_no: "R-1" });
    const refund = { no: "2017062313110444111557843", order_no: "W1", outer_refund_no: "R-1", refund_amount: "0.1", status: "SUCCESS" };
    expect(json).toEqual({ meta: META, data: { refund } });
  });

  it("POST /alipay/refund answers as seeds/000 §6.6, and without an amount refunds all", async () => {
    const { json } = await call(stocked(), "POST", "/alipay/refund", { payment_no: "P1" });
    const refund = {
      refund_no: "2017062313110444111557843",
      payment_no: "P1",
      outer_refund_no: "",
      refund_amount: "100",
      status: "SUCCESS",
    };
    expect(json).toEqual({ meta: META, data: { refund } });
  });

  it.each([
    ["/refund", { refund_amount: "1" }, 400, "order_no"],
    ["/refund", { order_no: "W1", refund_amount: "0" }, 400, "refund_amount"],
    ["/refund", { order_no: "W1", refund_amount: "0.001" }, 400, "refund_amount"],
    ["/alipay/refund", { payment_no: "P1", refund_amount: "0.5" }, 400, "refund_amount"],
    ["/alipay/refund", { order_no: "P1" }, 400, "payment_no"],
    ["/refund", { order_no: "P1" }, 404, ""],
    ["/alipay/refund", { payment_no: "W1" }, 404, ""],
  ])("POST %s %j is %i %s", async (path, fields, status, name) => {
    const to = stocked();
    const { reply, json } = await call(to, "POST", path, fields as Record<string, string>);
    expect(reply.status).toBe(status);
    expect(json.meta.message).toContain(name);
    expect(to.refunds).toHaveLength(2);
  });

  it.each<[Problem, number, string]>([
    ["refund_exceeds", 400, "refund_amount"],
    ["amount_invalid", 400, "refund_amount"],
    ["not_paid", 400, "order_no"],
    ["duplicate_number", 400, "outer_refund_no"],
    ["wallet_down", 555, "SYSTEMERROR"],
    ["unavailable", 503, ""],
  ])("%s is %i %s", async (problem, status, word) => {
    const to = stocked();
    to.problem = problem;
    const { reply, json } = await call(to, "POST", "/refund", { order_no: "W1" });
    expect(reply.status).toBe(status);
    expect(json.meta.message).toContain(word);
  });
});

describe("asking for refunds", () => {
  it.each<[string, Record<string, string>, unknown]>([
    ["/refund", { refund_no: "RW" }, { refund: SHAPE_W }],
    ["/refund", { no: "RW" }, { refund: SHAPE_W }],
    ["/refund", { outer_refund_no: "CW" }, { refund: SHAPE_W }],
    ["/refund", { refund_order_no: "CW" }, { refund: SHAPE_W }],
    ["/refund", { order_no: "W1" }, { refunds: [SHAPE_W] }],
    ["/refund", { agent_order_id: "A-1" }, { refunds: [SHAPE_W] }],
    ["/refund", { refund_no: "RP" }, { refund: SHAPE_P }],
    ["/alipay/refund", { refund_no: "RP" }, { refund: SHAPE_P }],
    ["/alipay/refund", { payment_no: "P1" }, { refunds: [SHAPE_P] }],
    ["/alipay/refund", { outer_order_no: "B-1" }, { refunds: [SHAPE_P] }],
    ["/alipay/refund", { out_order_no: "B-1" }, { refunds: [SHAPE_P] }],
  ])("GET %s %j: one by a refund's number, all by an order's", async (path, fields, data) => {
    const { json } = await call(stocked(), "GET", path, fields);
    expect(json).toEqual({ meta: META, data });
  });

  it.each<[string, Record<string, string>, number]>([
    ["/refund", {}, 400],
    ["/refund", { refund_no: "", order_no: "" }, 400],
    ["/refund", { refund_no: "nothing" }, 404],
    ["/refund", { order_no: "nothing" }, 404],
    ["/alipay/refund", { refund_no: "RW" }, 404],
    ["/alipay/refund", { payment_no: "W1" }, 404],
  ])("GET %s %j is %i", async (path, fields, status) => {
    expect((await call(stocked(), "GET", path, fields)).reply.status).toBe(status);
  });

  it("an order without refunds has an empty list", async () => {
    const to = stocked();
    to.refunds.length = 0;
    expect((await call(to, "GET", "/refund", { order_no: "W1" })).json.data).toEqual({ refunds: [] });
  });
});
