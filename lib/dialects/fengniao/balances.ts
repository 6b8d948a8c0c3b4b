import type { WireReply } from "#lib/dialects/dialect.ts";
import { type Call, type Endpoint, merchantOf } from "#lib/dialects/fengniao/call.ts";
import { WireNumber } from "#lib/dialects/fengniao/json.ts";
import { fenOf, fenText } from "#lib/dialects/fengniao/money.ts";
import { success } from "#lib/dialects/fengniao/reply.ts";

/** seeds/004 §2.17 and §2.25. */
export const BALANCE_ENDPOINTS: readonly Endpoint[] = [
  { method: "unionpay.withdraw_balance_query", needs: {}, takes: { merchant_no: 32 }, answer: withdrawBalance },
  { method: "merchant.balance", needs: { merchant_no: 32 }, takes: {}, answer: merchantBalance },
];

/** Strings here: the total is what is frozen and what is not. */
async function withdrawBalance(call: Call): Promise<WireReply> {
  const merchantNo = merchantOf(call);
  if (!merchantNo.ok) return merchantNo.reply;
  const { available, frozen } = await call.backend.holdings(call.caller);
  const total = fenText(fenOf(available) + fenOf(frozen));
  return success({ withdraw_balance: total, freeze_balance: frozen, normal_balance: available });
}

/** Floats here. 当前余额 is what can be withdrawn now (assumed): frozen and 待清算 stand beside it. */
async function merchantBalance(call: Call): Promise<WireReply> {
  const merchantNo = merchantOf(call);
  if (!merchantNo.ok) return merchantNo.reply;
  const { available, frozen, unsettled } = await call.backend.holdings(call.caller);
  return success({ balance: new WireNumber(available), freeze: new WireNumber(frozen), unliquidated: new WireNumber(unsettled) });
}
