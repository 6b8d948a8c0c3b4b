import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { DeclarationRecord, Problem } from "#lib/dialects/backend.ts";
import { backend, call } from "#lib/dialects/hipopay-merchant/testing/drive.ts";
import vectors from "#lib/dialects/hipopay-merchant/vectors.json" with { type: "json" };
import { payment, record } from "#lib/dialects/testing/fake-backend.ts";

const PAYMENTS = { wechat: payment({ no: "W1", clientNo: "A-1" }), alipay: payment({ no: "P1", clientNo: "B-1", method: "alipay.wap" }) };
const SPLIT = { sub_order_no: "2018051716124", sub_order_amount: "46.44", transport_amount: "23.22", product_amount: "23.22" };
const WECHAT = { out_order_no: "A-1", payment_no: "W1", customs: "SHENZHEN", mch_customs_no: "123456789BTW", ...SPLIT };
const ALIPAY = { out_order_no: "B-1", payment_no: "P1", customs: "ZONGSHU", mch_customs_no: "1", merchant_customs_name: "xxxhanguo_card" };
const IDENTITY = { cert_id: "510921199308772318", name: "Lisa" };
const TIME = "2018-05-18 16:00:00";
const DECLARED = {
  out_order_no: "A-1",
  payment_no: "W1",
  customs: "SHENZHEN",
  wechatpay_no: "4200000000",
  state: "SUBMITTED",
  modify_time: TIME,
};

function stocked() {
  const to = backend();
  to.payments.push(PAYMENTS.wechat, PAYMENTS.alipay);
  return to;
}

describe("POST /wechatpay/declaration", () => {
  it("answers every field of the document's table", async () => {
    const { json } = await call(stocked(), "POST", "/wechatpay/declaration", { ...WECHAT, ...IDENTITY });
    expect(json).toEqual({
      is_success: true,
      response: {
        ...DECLARED,
        ...SPLIT,
        ver_dept: "OTHERS",
        pay_transaction_id: "4200000000",
        cert_check_result: "SAME",
        raw_response: expect.stringMatching(/^\{.*\}$/),
      },
    });
  });

  it("repeats customs' own words as JSON text, signed as WeChat signs", async () => {
    const { json } = await call(stocked(), "POST", "/wechatpay/declaration", WECHAT);
    const { sign, ...said } = JSON.parse(String(json.response.raw_response));
    expect(said).toEqual({
      modify_time: "20180518160000",
      state: "SUBMITTED",
      cert_check_result: "UNCHECKED",
      transaction_id: "4200000000",
      return_code: "SUCCESS",
      return_msg: "成功",
      sub_order_id: expect.stringMatching(/^420\d{7}$/),
      mch_id: expect.stringMatching(/^\d{8}$/),
      out_trade_no: "W1",
      err_code_des: "OK",
      appid: expect.stringMatching(/^wx[0-9a-f]{16}$/),
      sub_order_no: SPLIT.sub_order_no,
      verify_department_trade_id: said.sub_order_id,
      verify_department: "OTHERS",
      result_code: "SUCCESS",
      err_code: "0",
    });
    const key = createHash("sha256").update(vectors.keys.gateway_private_pkcs8).digest("hex").slice(0, 32);
    const text = Object.keys(said)
      .sort()
      .map((name) => `${name}=${said[name]}`)
      .join("&");
    expect(sign).toBe(createHash("md5").update(`${text}&key=${key}`).digest("hex").toUpperCase());
  });

  it("hands on codes in their order, duty in fen, the action and the amounts as text", async () => {
    const to = stocked();
    const customs = "GUANGZHOU_ZS,GUANGZHOU_HP_GJ";
    const { json } = await call(to, "POST", "/wechatpay/declaration", { ...WECHAT, customs, duty: "88", action_type: "MODIFY" });
    expect(to.declared).toMatchObject([
      { wallet: "wechat", customs: ["GUANGZHOU_ZS", "GUANGZHOU_HP_GJ"], dutyFen: "88", action: "MODIFY", subOrderAmount: "46.44" },
    ]);
    expect(json.response.customs).toBe(customs);
  });

  it.each<[Record<string, string>, string]>([
    ...["out_order_no", "payment_no", "customs", "mch_customs_no", ...Object.keys(SPLIT)].map((name): [Record<string, string>, string] => [
      { ...WECHAT, [name]: "" },
      name,
    ]),
    [{ ...WECHAT, customs: "ATLANTIS" }, "customs"],
    [{ ...WECHAT, customs: "SHENZHEN,SHENZHEN" }, "customs"],
    [{ ...WECHAT, duty: "0.88" }, "duty"],
    [{ ...WECHAT, action_type: "DROP" }, "action_type"],
    [{ ...WECHAT, product_amount: "23.23" }, "sub_order_amount"],
    [{ ...WECHAT, transport_amount: "1e1" }, "transport_amount"],
    [{ ...WECHAT, cert_id: "510921199308772318" }, "name"],
    [{ ...WECHAT, out_order_no: "B-1" }, "out_order_no"],
  ])("%j is PARAM_ERROR naming %s", async (fields, name) => {
    const to = stocked();
    const { json } = await call(to, "POST", "/wechatpay/declaration", fields);
    expect(json).toMatchObject({ is_success: false, error: "PARAM_ERROR", error_message: expect.stringContaining(name) });
    expect(to.declared).toEqual([]);
  });

  it("is of a WeChat payment only", async () => {
    const { json } = await call(stocked(), "POST", "/wechatpay/declaration", { ...WECHAT, payment_no: "P1", out_order_no: "B-1" });
    expect(json.error).toBe("PAYMENT_NOT_FOUND");
  });

  it.each<[Problem, string]>([
    ["not_paid", "TRADE_STATUS_ERROR"],
    ["already_declared", "DECLARATION_EXISTS"],
  ])("%s is %s", async (problem, error) => {
    const to = stocked();
    to.problem = problem;
    expect((await call(to, "POST", "/wechatpay/declaration", WECHAT)).json.error).toBe(error);
  });
});

describe("POST /alipay/declaration", () => {
  const declared = {
    out_order_no: "B-1",
    payment_no: "P1",
    customs: "ZONGSHU",
    alipay_no: "4200000000",
    state: "SUBMITTED",
    modify_time: TIME,
  };
  const part = { sub_order_no: "2018051716124", sub_order_amount: "46.44" };
  it.each<[Record<string, string>, Record<string, string>]>([
    [ALIPAY, declared],
    [
      { ...ALIPAY, ...IDENTITY, ...part },
      { ...declared, ...part, cert_check_result: "T" },
    ],
    [
      { ...ALIPAY, customs: "HENAN,ZONGSHU" },
      { ...declared, customs: "HENAN,ZONGSHU" },
    ],
  ])("%j answers Alipay's fields", async (fields, response) => {
    expect((await call(stocked(), "POST", "/alipay/declaration", fields)).json).toEqual({ is_success: true, response });
  });

  it("needs the registered name and Alipay's own codes", async () => {
    const nameless = await call(stocked(), "POST", "/alipay/declaration", { ...ALIPAY, merchant_customs_name: "" });
    expect(nameless.json.error_message).toContain("merchant_customs_name");
    expect((await call(stocked(), "POST", "/alipay/declaration", { ...ALIPAY, customs: "SHENZHEN" })).json.error).toBe("PARAM_ERROR");
  });
});

describe("afterwards", () => {
  const held = (changes: Partial<DeclarationRecord> = {}) => {
    const to = stocked();
    const asked = {
      wallet: "wechat" as const,
      payment: PAYMENTS.wechat,
      customs: ["SHENZHEN"],
      merchantCustomsNo: "123456789BTW",
      merchantCustomsName: null,
      action: "ADD" as const,
      dutyFen: null,
      subOrderNo: SPLIT.sub_order_no,
      subOrderAmount: SPLIT.sub_order_amount,
      transportAmount: SPLIT.transport_amount,
      productAmount: SPLIT.product_amount,
      certId: null,
      name: null,
    };
    to.declarations.push(record(asked, changes));
    return to;
  };
  const AGAIN = { sub_order_no: SPLIT.sub_order_no, customs: "SHENZHEN", mch_customs_no: "123456789BTW" };

  it("a re-declaration answers state and explanation, and asks for what was meant", async () => {
    const to = held({ state: "FAIL", explanation: "备案号不符" });
    const { json } = await call(to, "POST", "/wechatpay/redeclaration", AGAIN);
    expect(json).toEqual({ is_success: true, response: { ...DECLARED, state: "FAIL", explanation: "备案号不符" } });
    expect(to.lookups).toEqual([
      {
        wallet: "wechat",
        paymentNo: null,
        clientNo: null,
        subOrderNo: SPLIT.sub_order_no,
        customs: ["SHENZHEN"],
        merchantCustomsNo: "123456789BTW",
        merchantCustomsName: null,
      },
    ]);
  });

  it("a query answers the declared part, and the identity check only where there was one", async () => {
    const asked = { payment_no: "W1", customs: "SHENZHEN" };
    expect((await call(held(), "GET", "/wechatpay/declaration", asked)).json).toEqual({
      is_success: true,
      response: { ...DECLARED, ...SPLIT },
    });
    const checked = await call(held({ certCheck: "DIFFERENT" }), "GET", "/wechatpay/declaration", asked);
    expect(checked.json.response.cert_check_result).toBe("DIFFERENT");
  });

  it("both need one of the three numbers, WeChat's query a code; nothing declared is DECLARATION_NOT_FOUND", async () => {
    const ask = async (method: "GET" | "POST", path: string, fields: Record<string, string>) =>
      (await call(stocked(), method, path, fields)).json;
    const { sub_order_no: _, ...nameless } = AGAIN;
    expect((await ask("POST", "/wechatpay/redeclaration", nameless)).error_message).toContain("payment_no, out_order_no, sub_order_no");
    expect((await ask("GET", "/wechatpay/declaration", { payment_no: "W1" })).error_message).toContain("customs");
    expect((await ask("POST", "/wechatpay/redeclaration", AGAIN)).error).toBe("DECLARATION_NOT_FOUND");
    expect((await ask("GET", "/alipay/declaration", { payment_no: "P1" })).error).toBe("DECLARATION_NOT_FOUND");
  });
});
