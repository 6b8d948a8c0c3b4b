import type { NewPayout } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { type Call, type Endpoint, merchantOf } from "#lib/dialects/fengniao/call.ts";
import type { FieldTable, Form } from "#lib/dialects/fengniao/form.ts";
import { WireNumber } from "#lib/dialects/fengniao/json.ts";
import { yuan } from "#lib/dialects/fengniao/money.ts";
import { badField, problemReply, refuse, success, WITHDRAWING } from "#lib/dialects/fengniao/reply.ts";
import { queriedWithdrawal } from "#lib/dialects/fengniao/withdrawal-shape.ts";

const WITHDRAWAL: FieldTable = {
  ...{ out_trade_no: 64, amount: null, bakn_account_no: null, bank_account_name: null },
  ...{ bank_mobile: null, account_attr: null, remark: null },
};
const BANK: FieldTable = { bank_code: null, bank_name: null };
const MERCHANT: FieldTable = { merchant_no: 32 };

/** Withdrawing to a bank account: seeds/004 §2.15–§2.16 for UnionPay's balance, §2.23–§2.24 for the merchant's. */
export const WITHDRAWAL_ENDPOINTS: readonly Endpoint[] = [
  { method: "unionpay.withdraw", needs: WITHDRAWAL, takes: { ...BANK, ...MERCHANT }, answer: (call) => withdraw(call, "unionpay") },
  {
    method: "merchant.withdraw",
    needs: { ...MERCHANT, ...WITHDRAWAL },
    takes: { ...BANK, id_card_no: null, province: null, city: null },
    answer: (call) => withdraw(call, "merchant"),
  },
  {
    method: "unionpay.withdraw_query",
    needs: { out_trade_no: 64 },
    takes: { merchant_no: 64 },
    answer: (call) => find(call, "unionpay"),
  },
  { method: "merchant.withdraw_query", needs: { merchant_no: 64, out_trade_no: 64 }, takes: {}, answer: (call) => find(call, "merchant") },
];

/** Which balance a withdrawal is from; the payout's `channel`. */
type Source = "unionpay" | "merchant";

async function withdraw(call: Call, source: Source): Promise<WireReply> {
  const merchantNo = merchantOf(call);
  if (!merchantNo.ok) return merchantNo.reply;
  const refusal = bankRefusal(call.form);
  if (refusal) return refusal;
  const payout = newPayout(call.form, source, merchantNo.value);
  // A number is used once, also for the very same withdrawal: how that one stands, the query says.
  const earlier = await call.backend.findPayout(call.caller, { channel: source, clientNo: payout.clientNo });
  if (earlier) return refuse(12001, "out_trade_no");
  const made = await call.backend.createPayout(call.caller, payout);
  if (!made.ok) return problemReply(made.problem, WITHDRAWING);
  return success({ out_trade_no: made.value.clientNo, total_amount: new WireNumber(made.value.amount) });
}

async function find(call: Call, source: Source): Promise<WireReply> {
  const merchantNo = merchantOf(call);
  if (!merchantNo.ok) return merchantNo.reply;
  const payout = await call.backend.findPayout(call.caller, { channel: source, clientNo: call.form.need("out_trade_no") });
  const named = call.form.get("merchant_no");
  if (!payout || (named !== null && named !== payout.merchantNo)) return refuse(12002, "out_trade_no");
  return success(queriedWithdrawal(payout));
}

/** 对公 (account_attr 1) needs 联行号 and 开户行; a 联行号 has twelve digits wherever it stands. */
function bankRefusal(form: Form): WireReply | null {
  const code = form.get("bank_code");
  if (form.need("account_attr") === "1") {
    if (code === null) return badField("bank_code", "对公账户不能为空");
    if (form.get("bank_name") === null) return badField("bank_name", "对公账户不能为空");
  }
  return code === null || /^\d{12}$/.test(code) ? null : badField("bank_code", "联行号必须为 12 位数字");
}

function newPayout(form: Form, source: Source, merchantNo: string): NewPayout {
  // What the query repeats; an identity card's number is checked and forgotten.
  const kept = ["account_attr", "bank_mobile", "remark", "bank_code", "bank_name"].flatMap((name): [string, string][] => {
    const text = form.get(name);
    return text === null ? [] : [[name, text]];
  });
  return {
    channel: source,
    merchantNo,
    clientNo: form.need("out_trade_no"),
    currency: "CNY",
    amount: yuan(form.need("amount")),
    accountNo: form.need("bakn_account_no"),
    accountName: form.need("bank_account_name"),
    notifyUrl: null,
    extra: Object.fromEntries(kept),
  };
}
