import { describe, expect, it } from "vitest";
import type { DeclarationRecord } from "#lib/dialects/backend.ts";
import { backend, call } from "#lib/dialects/hipopay-agent/testing/drive.ts";
import { payment, record } from "#lib/dialects/testing/fake-backend.ts";

const META = { status_code: 200, message: "请求成功", success: true };
const PAYMENTS = { wechat: payment({ no: "W1", clientNo: "A-1" }), alipay: payment({ no: "P1", clientNo: "B-1", method: "alipay.wap" }) };
const WECHAT = { out_order_no: "A-1", payment_no: "W1", customs: "SHENZHEN", mch_customs_no: "123456789BTW" };
const ALIPAY = { out_order_no: "B-1", payment_no: "P1", customs: "ZONGSHU", mch_customs_no: "1", merchant_customs_name: "xxxhanguo_card" };
const SPLIT = { sub_order_no: "2018051716124", sub_order_amount: "46.44", transport_amount: "23.22", product_amount: "23.22" };
const IDENTITY = { cert_id: "510921199308772318", name: "Lisa" };
const TIME = "2018-05-18 16:00:00";

function stocked() {
  const to = backend();
  to.payments.push(PAYMENTS.wechat, PAYMENTS.alipay);
  return to;
}

describe("declaring (seeds/000 §9.1, §9.4)", () => {
  const wechat = {
    out_order_no: "A-1",
    payment_no: "W1",
    customs: "SHENZHEN",
    wechatpay_no: "4200000000",
    state: "SUBMITTED",
    modify_time: TIME,
  };
  const alipay = {
    out_order_no: "B-1",
    payment_no: "P1",
    customs: "ZONGSHU",
    alipay_no: "4200000000",
    state: "SUBMITTED",
    modify_time: TIME,
  };

  it.each<[string, string, Record<string, string>, unknown]>([
    ["WeChat", "/wechatpay/declaration", WECHAT, wechat],
    ["WeChat, in parts", "/wechatpay/declaration", { ...WECHAT, ...SPLIT, duty: "88", action_type: "MODIFY" }, { ...wechat, ...SPLIT }],
    ["WeChat, with identity", "/wechatpay/declaration", { ...WECHAT, ...IDENTITY }, { ...wechat, cert_check_result: "SAME" }],
    ["Alipay", "/alipay/declaration", ALIPAY, alipay],
    [
      "Alipay, in parts, with identity",
      "/alipay/declaration",
      { ...ALIPAY, ...IDENTITY, sub_order_no: "2018051716124", sub_order_amount: "46.44" },
      { ...alipay, sub_order_no: "2018051716124", sub_order_amount: "46.44", cert_check_result: "T" },
    ],
    ["Alipay, two codes", "/alipay/declaration", { ...ALIPAY, customs: "HENAN,ZONGSHU" }, { ...alipay, customs: "HENAN,ZONGSHU" }],
  ])("%s answers the documented fields and no other", async (_what, path, fields, data) => {
    const { reply, json } = await call(stocked(), "POST", path, fields);
    expect(reply.status).toBe(200);
    expect(json).toEqual({ meta: META, data });
  });

  it("hands on the codes in their order, duty in fen, the action and the amounts as text", async () => {
    const to = stocked();
    await call(to, "POST", "/wechatpay/declaration", {
      ...WECHAT,
      ...SPLIT,
      customs: "GUANGZHOU_ZS,GUANGZHOU_HP_GJ",
      duty: "88",
      action_type: "MODIFY",
    });
    expect(to.declared).toMatchObject([
      { customs: ["GUANGZHOU_ZS", "GUANGZHOU_HP_GJ"], dutyFen: "88", action: "MODIFY", subOrderAmount: "46.44", merchantCustomsName: null },
    ]);
  });

  it.each<[string, Record<string, string>, number, string]>([
    ["/wechatpay/declaration", { ...WECHAT, out_order_no: "" }, 400, "out_order_no"],
    ["/wechatpay/declaration", { ...WECHAT, payment_no: "" }, 400, "payment_no"],
    ["/wechatpay/declaration", { ...WECHAT, customs: "" }, 400, "customs"],
    ["/wechatpay/declaration", { ...WECHAT, customs: "ATLANTIS" }, 400, "customs"],
    ["/wechatpay/declaration", { ...WECHAT, customs: "SHENZHEN,SHENZHEN" }, 400, "customs"],
    ["/wechatpay/declaration", { ...WECHAT, mch_customs_no: "" }, 400, "mch_customs_no"],
    ["/wechatpay/declaration", { ...WECHAT, duty: "0.88" }, 400, "duty"],
    ["/wechatpay/declaration", { ...WECHAT, action_type: "DROP" }, 400, "action_type"],
    ["/wechatpay/declaration", { ...WECHAT, ...SPLIT, product_amount: "" }, 400, "product_amount"],
    ["/wechatpay/declaration", { ...WECHAT, ...SPLIT, product_amount: "23.23" }, 400, "sub_order_amount"],
    ["/wechatpay/declaration", { ...WECHAT, ...SPLIT, transport_amount: "1e1" }, 400, "transport_amount"],
    ["/wechatpay/declaration", { ...WECHAT, cert_id: "510921199308772318" }, 400, "name"],
    ["/wechatpay/declaration", { ...WECHAT, out_order_no: "B-1" }, 400, "out_order_no"],
    ["/wechatpay/declaration", { ...WECHAT, payment_no: "P1", out_order_no: "B-1" }, 404, ""],
    ["/alipay/declaration", { ...ALIPAY, merchant_customs_name: "" }, 400, "merchant_customs_name"],
    ["/alipay/declaration", { ...ALIPAY, customs: "SHENZHEN" }, 400, "customs"],
  ])("POST %s %j is %i %s", async (path, fields, status, name) => {
    const to = stocked();
    const { reply, json } = await call(to, "POST", path, fields);
    expect(reply.status).toBe(status);
    expect(json.meta.message).toContain(name);
    expect(to.declared).toEqual([]);
  });

  it.each([
    ["already_declared", "customs"],
    ["not_paid", "payment_no"],
  ] as const)("%s is 400 naming %s", async (problem, name) => {
    const to = stocked();
    to.problem = problem;
    const { reply, json } = await call(to, "POST", "/wechatpay/declaration", WECHAT);
    expect(reply.status).toBe(400);
    expect(json.meta.message).toContain(name);
  });
});

describe("pushing again and asking (seeds/000 §9.2, §9.3, §9.5, §9.6)", () => {
  const declared = (changes: Partial<DeclarationRecord>, wallet: "wechat" | "alipay" = "wechat") =>
    record(
      {
        wallet,
        payment: PAYMENTS[wallet],
        customs: ["SHENZHEN"],
        merchantCustomsNo: "123456789BTW",
        merchantCustomsName: null,
        action: "ADD",
        dutyFen: null,
        subOrderNo: "S1",
        subOrderAmount: "46.44",
        transportAmount: "23.22",
        productAmount: "23.22",
        certId: "510921199308772318",
        name: "Lisa",
      },
      changes,
    );

  it("WeChat's push explains itself and repeats neither parts nor identity", async () => {
    const to = stocked();
    to.declarations.push(declared({ state: "FAIL", explanation: "身份不符" }));
    const { json } = await call(to, "POST", "/wechatpay/redeclaration", { sub_order_no: "S1", customs: "SHENZHEN", mch_customs_no: "1" });
    expect(json.data).toEqual({
      out_order_no: "A-1",
      payment_no: "W1",
      customs: "SHENZHEN",
      wechatpay_no: "4200000000",
      state: "FAIL",
      modify_time: TIME,
      explanation: "身份不符",
    });
    expect(to.lookups).toEqual([
      {
        wallet: "wechat",
        paymentNo: null,
        clientNo: null,
        subOrderNo: "S1",
        customs: ["SHENZHEN"],
        merchantCustomsNo: "1",
        merchantCustomsName: null,
      },
    ]);
  });

  it("several records are told as one: the codes in order, the first state that is no success", async () => {
    const to = stocked();
    const alipay = (changes: Partial<DeclarationRecord>) => declared({ subOrderNo: null, certCheck: "DIFFERENT", ...changes }, "alipay");
    to.declarations.push(alipay({ customs: ["HENAN"], state: "SUCCESS" }), alipay({ customs: ["ZONGSHU"], state: "PROCESSING" }));
    const { json } = await call(to, "GET", "/alipay/declaration", { payment_no: "P1" });
    expect(json.data).toMatchObject({ customs: "HENAN,ZONGSHU", state: "PROCESSING", cert_check_result: "F" });
    expect(to.lookups).toMatchObject([{ paymentNo: "P1", customs: null }]);
  });

  it.each<["GET" | "POST", string, Record<string, string>, number, string]>([
    ["GET", "/wechatpay/declaration", { payment_no: "W1" }, 400, "customs"],
    ["GET", "/wechatpay/declaration", { customs: "SHENZHEN" }, 400, "payment_no"],
    ["GET", "/wechatpay/declaration", { payment_no: "W1", customs: "SHENZHEN" }, 404, ""],
    ["GET", "/alipay/declaration", {}, 400, "payment_no"],
    ["POST", "/wechatpay/redeclaration", { payment_no: "W1", customs: "SHENZHEN" }, 400, "mch_customs_no"],
    ["POST", "/alipay/redeclaration", { payment_no: "P1", customs: "ZONGSHU", mch_customs_no: "1" }, 400, "merchant_customs_name"],
  ])("%s %s %j is %i %s", async (method, path, fields, status, name) => {
    const { reply, json } = await call(stocked(), method, path, fields);
    expect(reply.status).toBe(status);
    expect(json.meta.message).toContain(name);
  });
});
