import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import { createRequest, ECHO, openedAccount, paymentKey, reply } from "#lib/gateways/mpgateway/test-account.ts";
import type { OutgoingAnswer } from "#lib/gateways/port.ts";

type Created = "alipay.qr" | "wechat.barcode" | "wechat.h5";
const create = (given: OutgoingAnswer, method: Created = "alipay.qr") => openedAccount([given]).account.create(method, createRequest());
const failure = (respmsg: string, respcode = "01") => ({ ...ECHO, respcode, respmsg, queryid: undefined });
const GOOD = { ...ECHO, formaction: "https://qr.alipay.com/bax1" };
const UNKNOWN = { ok: false, kind: "unknown" };

describe("a signed failure is read by its sentence: the document has no codes", () => {
  it.each([
    ["签名错误", "signature_rejected"],
    ["验签失败", "signature_rejected"],
    ["商户号不存在", "forbidden"],
    ["该通道未开通", "forbidden"],
    ["交易金额超限", "amount_rejected"],
    ["参数格式错误", "invalid_request"],
    ["通道维护", "wallet_error"],
  ])("%s of a QR payment is refused as %s", async (respmsg, code) => {
    const expected = { ok: false, kind: "refused", code, message: respmsg, gatewayCode: "01" };
    expect(await create(reply(failure(respmsg)))).toEqual(expected);
  });

  it.each(["订单号重复", "订单已存在", "订单已支付", "订单已取消"])(
    "%s of a create: the number is known there, so a query must tell",
    async (respmsg) => {
      expect(await create(reply(failure(respmsg)))).toMatchObject(UNKNOWN);
    },
  );

  it.each([
    ["订单不存在", "not_found"],
    ["未找到该交易", "not_found"],
    ["该订单已支付", "already_paid"],
    ["该订单已撤销", "already_closed"],
  ])("%s of a query or a cancel is refused as %s", async (respmsg, code) => {
    const { account } = openedAccount([reply(failure(respmsg)), reply(failure(respmsg))]);
    expect(await account.query?.(paymentKey())).toMatchObject({ ok: false, kind: "refused", code });
    expect(await account.close?.(paymentKey())).toMatchObject({ ok: false, kind: "refused", code });
  });

  it.each(["系统繁忙,请稍后重试", "交易处理中", "通道超时", "系统异常"])("%s may have acted: unclear", async (respmsg) => {
    expect(await create(reply(failure(respmsg)))).toMatchObject(UNKNOWN);
  });
});

describe("a scanned code", () => {
  it.each(["请用户输入支付密码", "USERPAYING", "余额不足", "支付失败,请联系商户", "通道维护", "订单重复", "交易金额超限"])(
    "that failed with %s may have been charged: only a query can tell",
    async (respmsg) => {
      expect(await create(reply(failure(respmsg)), "wechat.barcode")).toMatchObject(UNKNOWN);
    },
  );

  it.each([
    ["付款码已过期", "code_expired"],
    ["二维码无效", "code_expired"],
    ["签名错误", "signature_rejected"],
    ["商户号不存在", "forbidden"],
    ["参数错误", "invalid_request"],
  ])("that failed with %s surely was not: %s", async (respmsg, code) => {
    expect(await create(reply(failure(respmsg)), "wechat.barcode")).toMatchObject({ ok: false, kind: "refused", code });
  });

  it("that the gateway took is pending, whatever else the answer says: the query decides", async () => {
    const outcome = await create(reply({ ...ECHO, resultcode: "0000" }), "wechat.barcode");
    expect(outcome).toMatchObject({ ok: true, value: { presentation: { kind: "none" }, standing: { kind: "pending" } } });
  });
});

describe("an empty sign (the gateway did not know our key)", () => {
  it.each([
    ["商户号不存在", "forbidden"],
    ["签名错误", "signature_rejected"],
    ["订单不存在", "forbidden"],
    ["订单已支付", "forbidden"],
  ])("with the error %s is refused as %s: it proves nothing of any number", async (respmsg, code) => {
    const given = reply({ respcode: "99", respmsg }, "");
    expect(await create(given)).toEqual({ ok: false, kind: "refused", code, message: respmsg, gatewayCode: "99" });
    expect(await create(given, "wechat.barcode")).toMatchObject({ ok: false, kind: "refused", code });
    expect(await openedAccount([given]).account.query?.(paymentKey())).toMatchObject({ ok: false, kind: "refused", code });
  });

  it.each(["00", "", null])("with respcode %j is never a success", async (respcode) => {
    expect(await create(reply({ ...GOOD, respcode }, ""))).toMatchObject(UNKNOWN);
  });
});

describe("an answer that is unclear, never a refusal nor a success", () => {
  it.each([
    ["HTTP 500", { ...reply(GOOD), status: 500 }],
    ["a redirect", { ...reply(GOOD), status: 302 }],
    ["HTML", answer("<html>502</html>")],
    ["nothing", answer("")],
    ["no resp", answer({ sign: "x" })],
    ["resp that is no base64", answer({ resp: "{}", sign: "x" })],
    ["somebody else's signature", reply(GOOD, "f".repeat(32))],
    ["a failure with somebody else's signature", reply(failure("商户号不存在"), "f".repeat(32))],
    ["a signed answer without respcode", reply({ ...GOOD, respcode: "" })],
    ["an answer beyond a mebibyte", answer("x".repeat(1_048_577))],
  ])("%s", async (_what, given) => {
    expect(await create(given as OutgoingAnswer)).toMatchObject(UNKNOWN);
  });

  it.each([
    ["another merchant", { merid: "89900101" }],
    ["no merchant", { merid: undefined }],
    ["another number", { orderid: "O2018050112345679" }],
    ["no number", { orderid: "" }],
    ["another amount", { txnamt: 1 }],
    ["no amount", { txnamt: undefined }],
    ["an amount with a point", { txnamt: "100.0" }],
    ["an amount with an exponent", { txnamt: "1e2" }],
    ["no formaction", { formaction: "" }],
    ["a QR of a foreign host", { formaction: "https://evil.example/pay" }],
    ["a QR with a script", { formaction: "javascript:alert(1)" }],
  ])("a good signature over %s", async (_what, over) => {
    expect(await create(reply({ ...GOOD, ...over }))).toMatchObject(UNKNOWN);
  });

  it("an H5 address of a foreign host", async () => {
    expect(await create(reply({ ...ECHO, formaction: "https://wx.tenpay.com.evil.example/" }), "wechat.h5")).toMatchObject(UNKNOWN);
  });

  it.each(["merid", "orderid", "txnamt"])("a scanned code's good signature over another %s", async (name) => {
    expect(await create(reply({ ...ECHO, [name]: "1" }), "wechat.barcode")).toMatchObject(UNKNOWN);
  });
});

it("an amount may come as text or as a number, a signature in either case", async () => {
  const { account } = openedAccount([reply({ ...GOOD, txnamt: "100" })]);
  expect(await account.create("alipay.qr", createRequest())).toMatchObject({ ok: true });
  const upper = reply(GOOD);
  if (upper.kind !== "answer") throw new Error("no answer");
  const body = JSON.parse(upper.body) as { resp: string; sign: string };
  expect(await create(answer({ ...body, sign: body.sign.toUpperCase() }))).toMatchObject({ ok: true });
});

it("no answer: one that never left may go elsewhere, one that may have arrived must be asked about", async () => {
  expect(await create({ kind: "none", reached: "no", message: "ECONNREFUSED" })).toMatchObject({ ok: false, kind: "unreachable" });
  expect(await create({ kind: "none", reached: "maybe", message: "timeout" })).toMatchObject(UNKNOWN);
});
