import type { Payment, Refund } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { compare, decimal } from "#lib/dialects/hipopay/decimal.ts";
import { amountComplaint, type Form, readForm } from "#lib/dialects/hipopay/form.ts";
import { wireTime } from "#lib/dialects/hipopay/times.ts";
import { walletOf } from "#lib/dialects/hipopay/wallet.ts";
import type { Call, Route } from "#lib/dialects/hipopay-merchant/call.ts";
import { REFUND_CODES, REFUND_PROBLEMS, type RefundCode, STATE_CODES } from "#lib/dialects/hipopay-merchant/refund-codes.ts";
import { badRequest, refundAnswer, refuse } from "#lib/dialects/hipopay-merchant/reply.ts";

/** Refunding and asking for a refund (seeds/001, Refund and Check Refund), both wallets alike. */
export const REFUND_ROUTES: readonly Route[] = [
  { method: "POST", path: "/payment_refund", access: "signed", answer: refund },
  { method: "GET", path: "/payment_refund", access: "signed", answer: findRefund },
];

async function refund(call: Call): Promise<WireReply> {
  const form = readForm(call.fields, { required: ["payment_no", "out_refund_id"], optional: ["refund_amount"] });
  if (!form.ok) return badRequest(form.fault);
  const payment = await call.backend.find(call.caller, { no: form.value.need("payment_no") });
  if (!payment) return failed(call, form.value, null, "0002");
  // "If this parameter is not transferred, the full order amount will be refunded": not what is left of it.
  const amount = form.value.get("refund_amount") ?? payment.amount;
  const complaint = amountComplaint(amount, payment.currency);
  if (complaint === "amount_zero") return failed(call, form.value, payment, "0009");
  if (complaint) return badRequest({ field: "refund_amount", complaint }, { refund_amount: "REFUND_AMOUNT_INVALID" });
  const clientRefundNo = form.value.need("out_refund_id");
  const made = await call.backend.refund(call.caller, payment, { clientRefundNo, amount });
  if (made.ok) return refundAnswer(refundShape(made.value, payment));
  const told = REFUND_PROBLEMS[made.problem][walletOf(payment)];
  if ("error" in told) return refuse(told.error);
  return failed(call, form.value, payment, told.code === "0008" && isUsedUp(payment) ? "0006" : told.code);
}

async function findRefund(call: Call): Promise<WireReply> {
  const form = readForm(call.fields, { required: [], optional: ["refund_no", "out_refund_id"] });
  if (!form.ok) return badRequest(form.fault);
  const no = form.value.get("refund_no");
  const clientRefundNo = form.value.get("out_refund_id");
  if (no === null && clientRefundNo === null) return badRequest({ field: "refund_no, out_refund_id", complaint: "all_missing" });
  const by = no === null ? { clientRefundNo: clientRefundNo ?? "" } : { no };
  const [found] = await call.backend.findRefunds(call.caller, by);
  const payment = found && (await call.backend.find(call.caller, { no: found.paymentNo }));
  return found && payment ? refundAnswer(refundShape(found, payment)) : refuse("REFUND_NOT_FOUND");
}

function refundShape(made: Refund, payment: Payment): Record<string, string> {
  const code = STATE_CODES[made.state][walletOf(payment)];
  return {
    ...(made.state === "FAIL" ? { fail_message: REFUND_CODES[code] } : {}),
    finish_time: wireTime(made.createdAt),
    out_refund_id: made.clientRefundNo ?? "",
    payment_no: made.paymentNo,
    refund_amount: made.amount,
    refund_no: made.no,
    result_code: code,
    status: made.state,
  };
}

/**
 * A refund that was not made: `is_success` is true and only `status` tells (seeds/001, Refund: success example). It has
 * no number, for there is nothing to ask for; finish_time is when it was asked for.
 */
function failed(call: Call, form: Form, payment: Payment | null, code: RefundCode): WireReply {
  return refundAnswer({
    fail_message: REFUND_CODES[code].replace(/x{4,}/, form.need(code === "0002" ? "payment_no" : "out_refund_id")),
    finish_time: wireTime(call.receivedAt),
    out_refund_id: form.need("out_refund_id"),
    payment_no: form.need("payment_no"),
    refund_amount: form.get("refund_amount") ?? payment?.amount ?? "",
    refund_no: "",
    result_code: code,
    status: "FAIL",
  });
}

function isUsedUp(payment: Payment): boolean {
  return compare(decimal(payment.amount), decimal(payment.refundedAmount)) <= 0;
}
