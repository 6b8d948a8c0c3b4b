import type { Refund } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { amountComplaint, type Form } from "#lib/dialects/hipopay/form.ts";
import { type Wallet, walletOf } from "#lib/dialects/hipopay/wallet.ts";
import { type Call, NUMBER_NAMES, paymentBy, type Route } from "#lib/dialects/hipopay-agent/call.ts";
import { readForm } from "#lib/dialects/hipopay-agent/form.ts";
import { badField, badRequest, problemReply, refuse, success } from "#lib/dialects/hipopay-agent/reply.ts";
import { refundShape } from "#lib/dialects/hipopay-agent/shapes.ts";

/** Refunding (seeds/000 §4.8, §6.6) and asking for refunds (§4.10, §6.7). */
export const REFUND_ROUTES: readonly Route[] = [
  { method: "POST", path: "/refund", access: "signed", answer: (call) => refund(call, "wechat") },
  { method: "POST", path: "/alipay/refund", access: "signed", answer: (call) => refund(call, "alipay") },
  // §6.7 prints this path for Alipay's refunds too, so it answers for both wallets, each in its own words.
  { method: "GET", path: "/refund", access: "signed", answer: (call) => findRefunds(call, "wechat", ["wechat", "alipay"]) },
  { method: "GET", path: "/alipay/refund", access: "signed", answer: (call) => findRefunds(call, "alipay", ["alipay"]) },
];

async function refund(call: Call, wallet: Wallet): Promise<WireReply> {
  const names = NUMBER_NAMES[wallet];
  const form = readForm(call.fields, [names.no], ["refund_amount", "outer_refund_no"]);
  if (!form.ok) return form.reply;
  const payment = await paymentBy(call, form.value, wallet);
  if (!payment.ok) return payment.reply;
  // Without an amount all that is left is refunded (seeds/000 §4.8).
  const amount = form.value.get("refund_amount");
  const complaint = amount === null ? null : amountComplaint(amount, payment.value.currency);
  if (complaint) return badRequest({ field: "refund_amount", complaint });
  const clientRefundNo = form.value.get("outer_refund_no");
  const made = await call.backend.refund(call.caller, payment.value, { clientRefundNo, amount });
  if (made.ok) return success({ refund: refundShape(made.value, wallet) });
  if (made.problem === "amount_invalid") return badField("refund_amount", "金额不正确");
  return problemReply(made.problem, { no: names.no, clientNo: "outer_refund_no" });
}

/** Replies are blank in the document; assumed (protocols.md §1): by a refund's number `data.refund`, by an order's `data.refunds`. */
async function findRefunds(call: Call, asked: Wallet, wallets: readonly Wallet[]): Promise<WireReply> {
  const names = NUMBER_NAMES[asked];
  const form = readForm(call.fields, [], ["refund_no", "outer_refund_no", names.no, names.clientNo]);
  if (!form.ok) return form.reply;
  if (form.value.get("refund_no") !== null || form.value.get("outer_refund_no") !== null) return oneRefund(call, form.value, wallets);
  if (form.value.get(names.no) === null && form.value.get(names.clientNo) === null) {
    return refuse(400, `refund_no, outer_refund_no, ${names.no}, ${names.clientNo} 不能同时为空`);
  }
  const payment = await paymentBy(call, form.value, asked);
  if (!payment.ok) return payment.reply;
  const found = await call.backend.findRefunds(call.caller, { paymentNo: payment.value.no });
  return success({ refunds: found.map((each) => refundShape(each, asked)) });
}

async function oneRefund(call: Call, form: Form, wallets: readonly Wallet[]): Promise<WireReply> {
  const no = form.get("refund_no");
  const by = no === null ? { clientRefundNo: form.get("outer_refund_no") ?? "" } : { no };
  for (const found of await call.backend.findRefunds(call.caller, by)) {
    const wallet = await walletOfRefund(call, found);
    if (wallet && wallets.includes(wallet)) return success({ refund: refundShape(found, wallet) });
  }
  return refuse(404);
}

async function walletOfRefund(call: Call, found: Refund): Promise<Wallet | null> {
  const payment = await call.backend.find(call.caller, { no: found.paymentNo });
  return payment && walletOf(payment);
}
