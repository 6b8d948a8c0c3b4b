import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import type { PaymentKey } from "#lib/gateways/gateway.ts";
import { WX_CODES } from "#lib/gateways/hipopay/wallet-codes.ts";
import { ERRORS } from "#lib/gateways/hipopay-merchant/errors.ts";
import { SAMPLES } from "#lib/gateways/hipopay-merchant/samples.ts";
import { createRequest, failure, openedAccount, success } from "#lib/gateways/hipopay-merchant/test-account.ts";
import type { OutgoingAnswer } from "#lib/gateways/port.ts";

const KEY: PaymentKey = { method: "wechat.native", gatewayOrderNo: "xxxx", gatewayRef: null, amount: { minor: 1n, currency: "HKD" } };

async function create(reply: OutgoingAnswer, method: "wechat.barcode" | "wechat.native" | "wechat.mini_program" = "wechat.native") {
  return openedAccount([reply]).account.create(method, createRequest());
}

describe("the document's errors", () => {
  it.each([
    ["FOREX_MERCHANT_NOT_SUPPORT_THIS_CURRENCY", "unsupported"],
    ["CURRENCY_NOT_SUPPORT", "unsupported"],
    ["ILLEGAL_SECURITY_PROFILE", "signature_rejected"],
    ["PAYMENT_NOT_FOUND", "not_found"],
    ["REFUND_AMOUNT_INVALID", "amount_rejected"],
    ["REFUND_NOT_FOUND", "not_found"],
  ])("%s is %s, whatever the HTTP status of the refusal", async (error, code) => {
    const expected = { ok: false, kind: "refused", code, message: "no", gatewayCode: error };
    for (const status of [200, 400, 401, 403, 404]) expect(await create(answer(failure(error), status))).toEqual(expected);
    expect(Object.keys(ERRORS)).toContain(error);
  });

  it("the table holds these and no more", () => {
    expect(Object.keys(ERRORS)).toHaveLength(6);
  });

  it("the sample of a failed order, its False a text", async () => {
    expect(await create(answer(SAMPLES.createFailed), "wechat.mini_program")).toEqual({
      ...{ ok: false, kind: "refused", code: "unsupported", message: "This currency is not supported" },
      gatewayCode: "FOREX_MERCHANT_NOT_SUPPORT_THIS_CURRENCY",
    });
  });

  it("return_message speaks where error_message does not", async () => {
    const reply = { is_success: false, error: "PAYMENT_NOT_FOUND", error_message: null, return_message: "没有" };
    expect(await create(answer(reply))).toMatchObject({ kind: "refused", message: "没有" });
  });

  it.each([
    ["a refusal without the envelope", answer("<h1>404</h1>", 404)],
    ["a redirect", answer(failure("PAYMENT_NOT_FOUND"), 302)],
    ["an empty answer", answer("")],
    ["a refusal at 500", answer(failure("PAYMENT_NOT_FOUND"), 500)],
    ["a success at 404", answer(success({}), 404)],
    ["a success with an error", answer({ ...success({}), error: "PAYMENT_NOT_FOUND" })],
    ["a word that is neither true nor false", answer({ is_success: "yes", error: "PAYMENT_NOT_FOUND" })],
    ["no word at all", answer({ error: "PAYMENT_NOT_FOUND" })],
    ["an error of no document", answer(failure("NEVER_SEEN"))],
    ["an error of JavaScript's", answer(failure("constructor"))],
    ["no error", answer(failure(""))],
    ["an error that is no text", answer({ is_success: false, error: {} })],
    ["the agent's envelope", answer({ meta: { status_code: 400, success: false, message: "no" } }, 400)],
    ["an answer beyond a mebibyte", answer(failure("PAYMENT_NOT_FOUND", "x".repeat(1_048_576)))],
  ])("%s is unclear, never a refusal", async (_what, reply) => {
    expect(await create(reply)).toMatchObject({ ok: false, kind: "unknown" });
  });
});

describe("no answer", () => {
  it("a request that never left may go elsewhere; one that may have arrived must be asked about", async () => {
    const down = { ok: false, kind: "unreachable", message: "ECONNREFUSED" };
    expect(await create({ kind: "none", reached: "no", message: "ECONNREFUSED" })).toEqual(down);
    expect(await create({ kind: "none", reached: "maybe", message: "timeout" })).toEqual({
      ok: false,
      kind: "unknown",
      message: "timeout",
    });
  });
});

describe("WeChat's own words", () => {
  it("USERPAYING of a scan pay is a payment that pends; of anything else it is unclear", async () => {
    const pending = { presentation: { kind: "none" }, gatewayRef: null, standing: { kind: "pending" } };
    expect(await create(answer(failure("USERPAYING")), "wechat.barcode")).toEqual({ ok: true, value: pending });
    expect(await create(answer(failure("USERPAYING")))).toMatchObject({ ok: false, kind: "unknown" });
  });

  it.each(Object.entries(WX_CODES))("%s of a query is %s", async (error, meaning) => {
    const outcome = await openedAccount([answer(failure(error, "微信说不"))]).account.query?.(KEY);
    if (meaning === "unknown" || meaning === "pending") expect(outcome).toMatchObject({ ok: false, kind: "unknown" });
    else expect(outcome).toEqual({ ok: false, kind: "refused", code: meaning, message: "微信说不", gatewayCode: error });
  });

  it.each(["ORDERPAID", "ORDERCLOSED", "OUT_TRADE_NO_USED"])(
    "%s of a create says the number is known there: unclear until a query answers",
    async (error) => {
      expect(await create(answer(failure(error)), "wechat.barcode")).toMatchObject({ ok: false, kind: "unknown" });
    },
  );
});
