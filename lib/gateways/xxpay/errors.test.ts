import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import type { OutgoingAnswer } from "#lib/gateways/port.ts";
import { ERROR_CODES } from "#lib/gateways/xxpay/errors.ts";
import {
  BASE_URL,
  created,
  createRequest,
  fail,
  gatewaySign,
  openedAccount,
  PAY_ORDER_ID,
  paymentKey,
  payoutRequest,
} from "#lib/gateways/xxpay/test-account.ts";

const create = (given: OutgoingAnswer) => openedAccount([given]).account.create("alipay.qr", createRequest());
const query = (given: OutgoingAnswer) => openedAccount([given]).account.query?.(paymentKey());
const UNKNOWN = { ok: false, kind: "unknown" };

describe("FAIL, which nobody signs", () => {
  it.each([
    ["0001", "signature_rejected"],
    ["0013", "signature_rejected"],
    ["0014", "invalid_request"],
    ["0015", "forbidden"],
    ["0112", "not_found"],
    ["0113", "already_paid"],
  ])("%s of a query is refused as %s", async (errCode, code) => {
    const expected = { ok: false, kind: "refused", code, message: "错: 因", gatewayCode: errCode };
    expect(await query(fail(errCode, "错", "因"))).toEqual(expected);
    expect(ERROR_CODES[errCode]).toBe(code);
  });

  it.each(["0010", "9999", "constructor"])("%s may have acted: unclear", async (errCode) => {
    expect(await create(fail(errCode, "系统错误"))).toMatchObject(UNKNOWN);
    expect(await openedAccount([fail(errCode)]).account.payout?.("trans", payoutRequest())).toMatchObject(UNKNOWN);
  });

  it("0113 of a create says the number is known there: unclear until a query answers", async () => {
    expect(await create(fail("0113", "已支付"))).toMatchObject(UNKNOWN);
  });

  it.each([
    ["签名失败", "signature_rejected"],
    ["参数格式校验错误", "invalid_request"],
  ])("without a code is read by the reason the document prints: %s", async (retMsg, code) => {
    expect(await create(answer({ retCode: "FAIL", retMsg }))).toEqual({
      ok: false,
      kind: "refused",
      code,
      message: retMsg,
      gatewayCode: "FAIL",
    });
  });

  it.each(["", "通道维护"])("without a code and for another reason (%s) is unclear", async (retMsg) => {
    expect(await create(answer({ retCode: "FAIL", retMsg }))).toMatchObject(UNKNOWN);
  });
});

describe("an answer that is unclear, never a refusal nor a success", () => {
  const good = { payOrderId: PAY_ORDER_ID, retCode: "SUCCESS", payParams: { payUrl: `${BASE_URL}/pay` } };
  const payParams = `{"payUrl":"${BASE_URL}/pay"}`;
  const sign = gatewaySign({ ...good, payParams });

  it("and the same one in order is a success, its signature in either case, payParams as text too", async () => {
    expect(await create(answer({ ...good, sign }))).toMatchObject({ ok: true, value: { gatewayRef: PAY_ORDER_ID } });
    expect(await create(answer({ ...good, sign: sign.toLowerCase() }))).toMatchObject({ ok: true });
    expect(await create(answer({ ...good, payParams, sign }))).toMatchObject({ ok: true });
  });

  it.each([
    ["HTTP 500", { ...created(`${BASE_URL}/pay`), status: 500 }],
    ["HTTP 404 with a FAIL", { ...fail("0112"), status: 404 }],
    ["HTML", answer("<html>502</html>")],
    ["nothing", answer("")],
    ["an array", answer("[]")],
    ["another retCode", answer({ ...good, retCode: "OK", sign })],
    ["no retCode", answer({ payOrderId: "1", sign })],
    ["no signature", answer(good)],
    ["an empty signature", answer({ ...good, sign: "" })],
    ["a signature that leaves payParams out", answer({ ...good, sign: gatewaySign({ payOrderId: PAY_ORDER_ID, retCode: "SUCCESS" }) })],
    ["another payUrl", answer({ ...good, payParams: { payUrl: `${BASE_URL}/other` }, sign })],
    ["a field more", answer({ ...good, extra: "1", sign })],
    ["a field less", answer({ retCode: "SUCCESS", payParams: good.payParams, sign })],
    ["an answer beyond a mebibyte", answer("x".repeat(1_048_577))],
  ])("%s", async (_what, given) => {
    expect(await create(given as OutgoingAnswer)).toMatchObject(UNKNOWN);
  });

  it.each([
    ["no payUrl", { payParams: "{}" }],
    ["no payOrderId", { payOrderId: "" }],
    ["payParams that is no JSON", { payParams: "x" }],
  ])("a good signature over %s", async (_what, over) => {
    const fields = { payOrderId: PAY_ORDER_ID, retCode: "SUCCESS", payParams, ...over };
    expect(await create(answer({ ...fields, sign: gatewaySign(fields) }))).toMatchObject(UNKNOWN);
  });

  it("unknown fields are signed like the known", async () => {
    const fields = { payOrderId: PAY_ORDER_ID, retCode: "SUCCESS", payParams, zz: "9", retMsg: "" };
    expect(await create(answer({ ...fields, sign: gatewaySign(fields) }))).toMatchObject({ ok: true });
  });
});

it("no answer: one that never left may go elsewhere, one that may have arrived must be asked about", async () => {
  expect(await create({ kind: "none", reached: "no", message: "ECONNREFUSED" })).toMatchObject({ ok: false, kind: "unreachable" });
  expect(await create({ kind: "none", reached: "maybe", message: "timeout" })).toMatchObject(UNKNOWN);
});
