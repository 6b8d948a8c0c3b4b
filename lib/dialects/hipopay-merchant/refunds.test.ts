import { describe, expect, it } from "vitest";
import type { Problem, Refund } from "#lib/dialects/backend.ts";
import { REFUND_CODES } from "#lib/dialects/hipopay-merchant/refund-codes.ts";
import { backend, call } from "#lib/dialects/hipopay-merchant/testing/drive.ts";
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const PAID = payment({ no: "2637473637382", amount: "8.88" });
const YEN = payment({ no: "YEN", method: "alipay.qr", currency: "JPY", amount: "500" });
const ASKED = { payment_no: PAID.no, out_refund_id: "R201901021232213" };

function stocked() {
  const to = backend();
  to.payments.push(PAID, YEN);
  return to;
}

/** seeds/001, Refund: a refund that was made. */
const MADE = {
  finish_time: "2017-06-23 13:11:04",
  out_refund_id: ASKED.out_refund_id,
  payment_no: PAID.no,
  refund_amount: "8.88",
  refund_no: "2017062313110444111557843",
  result_code: "0000",
  status: "SUCCESS",
};

describe("POST /payment_refund", () => {
  it("answers a made refund as the document's example, field for field", async () => {
    const { reply, json } = await call(stocked(), "POST", "/payment_refund", { ...ASKED, refund_amount: "8.88" });
    expect(reply.status).toBe(200);
    expect(json).toEqual({ is_success: true, response: MADE, return_message: "OK" });
  });

  it("refunds the full order amount when none is sent, and partly as often as is asked", async () => {
    const to = stocked();
    const amounts = ["", "0.88", "1"];
    for (const [index, refund_amount] of amounts.entries()) {
      await call(to, "POST", "/payment_refund", { ...ASKED, out_refund_id: `R${index}`, refund_amount });
    }
    expect(to.refunds.map(({ clientRefundNo, amount }) => [clientRefundNo, amount])).toEqual([
      ["R0", "8.88"],
      ["R1", "0.88"],
      ["R2", "1"],
    ]);
  });

  it.each(["payment_no", "out_refund_id"])("is PARAM_ERROR naming %s when it is missing", async (name) => {
    const { json } = await call(stocked(), "POST", "/payment_refund", { ...ASKED, [name]: "" });
    expect(json).toMatchObject({ is_success: false, error: "PARAM_ERROR", error_message: expect.stringContaining(name) });
  });

  it.each([
    [PAID.no, "1.001"],
    [PAID.no, "1e3"],
    [PAID.no, "-1"],
    [PAID.no, "99999999999999"],
    [YEN.no, "1.5"],
  ])("of %s: %s is the document's REFUND_AMOUNT_INVALID", async (payment_no, refund_amount) => {
    const to = stocked();
    const { json } = await call(to, "POST", "/payment_refund", { ...ASKED, payment_no, refund_amount });
    expect(json).toMatchObject({ is_success: false, error: "REFUND_AMOUNT_INVALID" });
    expect(to.refunds).toEqual([]);
  });
});

describe("a refund that is not made", () => {
  const failed = (result_code: string, fail_message: string) => ({
    fail_message,
    finish_time: "2019-08-15 17:34:55",
    out_refund_id: ASKED.out_refund_id,
    payment_no: PAID.no,
    refund_amount: "8.88",
    refund_no: "",
    result_code,
    status: "FAIL",
  });

  it.each<[Problem, string, string]>([
    ["duplicate_number", "0001", "Refund R201901021232213 Already Exists."],
    ["currency_not_supported", "0003", "Refund currency error."],
    ["not_paid", "0004", "Payment not paid yet."],
    ["refund_exceeds", "0008", "Payment refundable not enough."],
    ["balance_insufficient", "0011", "Settled Balance not enough."],
    ["wallet_down", "0104", "BIZERR_NEED_RETRY"],
  ])("for %s is is_success: true with status FAIL and code %s", async (problem, code, message) => {
    const to = stocked();
    to.problem = problem;
    const { reply, json } = await call(to, "POST", "/payment_refund", ASKED);
    expect(reply.status).toBe(200);
    expect(json).toEqual({ is_success: true, response: failed(code, message), return_message: "OK" });
  });

  it("of an unknown payment is 0002, of nothing 0009, of a payment already given back 0006", async () => {
    const unknown = await call(stocked(), "POST", "/payment_refund", { ...ASKED, payment_no: "nobody's" });
    expect(unknown.json.response).toEqual({
      ...failed("0002", "payment nobody's Not Found."),
      payment_no: "nobody's",
      refund_amount: "",
    });
    const nothing = await call(stocked(), "POST", "/payment_refund", { ...ASKED, refund_amount: "0.00" });
    expect(nothing.json.response).toEqual({ ...failed("0009", "refund amount must more than zero."), refund_amount: "0.00" });
    const to = backend();
    to.payments.push({ ...PAID, refundedAmount: "8.88" });
    to.problem = "refund_exceeds";
    expect((await call(to, "POST", "/payment_refund", ASKED)).json.response).toEqual(failed("0006", "Payment full refunded."));
  });

  it.each<[Problem, string, number]>([
    ["amount_invalid", "REFUND_AMOUNT_INVALID", 200],
    ["unknown_merchant", "ILLEGAL_PARTNER", 200],
    ["unavailable", "SYSTEM_EXCEPTION", 503],
  ])("for %s is the error %s, with no word on the refund", async (problem, error, status) => {
    const to = stocked();
    to.problem = problem;
    const { reply, json } = await call(to, "POST", "/payment_refund", ASKED);
    expect(reply.status).toBe(status);
    expect(json).toMatchObject({ is_success: false, error });
    expect(json.response).toBeUndefined();
  });

  it("speaks of the wallet's own trouble in the wallet's codes", async () => {
    const to = stocked();
    to.problem = "wallet_down";
    expect((await call(to, "POST", "/payment_refund", { ...ASKED, payment_no: YEN.no })).json.error).toBe("SYSTEMERROR");
    to.problem = "already_paid";
    expect((await call(to, "POST", "/payment_refund", { ...ASKED, payment_no: YEN.no })).json.response.result_code).toBe("0210");
    expect((await call(to, "POST", "/payment_refund", ASKED)).json.response.result_code).toBe("0120");
  });
});

describe("GET /payment_refund", () => {
  const REFUND: Refund = {
    no: "2637473637452",
    clientRefundNo: "R201637473637452",
    paymentNo: PAID.no,
    clientNo: null,
    amount: "8.88",
    state: "SUCCESS",
    createdAt: new Date("2021-12-23T11:22:14Z"),
  };
  const EXAMPLE = {
    finish_time: "2021-12-23 19:22:14",
    out_refund_id: "R201637473637452",
    payment_no: PAID.no,
    refund_amount: "8.88",
    refund_no: "2637473637452",
    result_code: "0000",
    status: "SUCCESS",
  };
  const held = (...refunds: Refund[]) => {
    const to = stocked();
    to.refunds.push(...refunds);
    return to;
  };

  it.each([{ refund_no: REFUND.no }, { out_refund_id: "R201637473637452" }, { refund_no: REFUND.no, out_refund_id: "another" }])(
    "by %o answers the document's example",
    async (asked) => {
      const { json } = await call(held(REFUND), "GET", "/payment_refund", asked);
      expect(json).toEqual({ is_success: true, response: EXAMPLE, return_message: "OK" });
    },
  );

  it("tells PROCESSING, and FAIL with the wallet's code", async () => {
    const processing = await call(held({ ...REFUND, state: "PROCESSING" }), "GET", "/payment_refund", { refund_no: REFUND.no });
    expect(processing.json.response).toEqual({ ...EXAMPLE, status: "PROCESSING" });
    const failed = await call(held({ ...REFUND, state: "FAIL" }), "GET", "/payment_refund", { refund_no: REFUND.no });
    expect(failed.json.response).toEqual({ ...EXAMPLE, status: "FAIL", result_code: "0106", fail_message: "ERROR" });
    const yen = held({ ...REFUND, state: "FAIL", paymentNo: YEN.no });
    expect((await call(yen, "GET", "/payment_refund", { refund_no: REFUND.no })).json.response.result_code).toBe("0299");
  });

  it("is REFUND_NOT_FOUND for an unknown one, PARAM_ERROR without a number", async () => {
    const { json } = await call(held(REFUND), "GET", "/payment_refund", { refund_no: "x" });
    expect(json).toEqual({ is_success: false, error: "REFUND_NOT_FOUND", error_message: "Refund order not found" });
    expect((await call(held(REFUND), "GET", "/payment_refund", { refund_no: "" })).json.error).toBe("PARAM_ERROR");
  });
});

it("the code table is the document's: HipoPay's, WeChat's and Alipay's, 71 in all", () => {
  const codes = Object.keys(REFUND_CODES);
  expect(codes).toHaveLength(71);
  expect(["00", "01", "02"].map((range) => codes.filter((code) => code.startsWith(range)).length)).toEqual([15, 22, 34]);
  expect(REFUND_CODES).toMatchObject({ "0000": "Refund Processing", "0121": "ORDER_NOT_READY", "0202": "REFUNDMENT_VALID_DATE_EXCEED" });
});
