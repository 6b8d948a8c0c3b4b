import type { Payout } from "#lib/dialects/backend.ts";
import { type Shape, WireNumber } from "#lib/dialects/fengniao/json.ts";

/** A withdrawal's `trade_status`, an int of its own dictionary (seeds/004 §2.16, §2.24). */
const STATUS: Readonly<Record<Payout["state"], string>> = { CREATED: "0", PROCESSING: "0", PAID: "1", FAIL: "2" };

/** The reply of both withdrawal queries: here the account's number is spelt right. The bank stands there for 对公 only. */
export function queriedWithdrawal(payout: Payout): Shape {
  const { extra } = payout;
  const bank = extra.account_attr === "1" ? { bank_code: extra.bank_code ?? "", bank_name: extra.bank_name ?? "" } : {};
  return {
    out_trade_no: payout.clientNo,
    trade_no: payout.no,
    amount: new WireNumber(payout.amount),
    fee: new WireNumber(payout.fee),
    trade_status: new WireNumber(STATUS[payout.state]),
    bank_account_no: payout.accountNo,
    bank_account_name: payout.accountName,
    bank_mobile: extra.bank_mobile ?? "",
    remark: extra.remark ?? "",
    ...bank,
  };
}
