import type { Backend, Caller, Payment } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import type { Form } from "#lib/dialects/hipopay/form.ts";
import type { Fields } from "#lib/dialects/hipopay/parse.ts";
import { type Wallet, walletOf } from "#lib/dialects/hipopay/wallet.ts";
import { refuse, type Step } from "#lib/dialects/hipopay-agent/reply.ts";

/** A request that passed the door: parsed, and verified where its route demands it. */
export interface Call {
  fields: Fields;
  version: string;
  caller: Caller;
  backend: Backend;
  receivedAt: Date;
  clientIp: string;
}

/**
 * Who may knock. `signed`: an agent's server. `open`: a shopper's browser, redirected, with no headers of ours (desks).
 * `either`: signed, or a page's own script with only the Version header (POST /mp_pay, protocols.md §1).
 */
export type Access = "signed" | "open" | "either";

/** One row of the path table. `assumed`: the document does not print this path (protocols.md §1). */
export interface Route {
  method: "GET" | "POST";
  path: string;
  access: Access;
  assumed?: true;
  answer(call: Call): Promise<WireReply>;
}

/** What the two wallets' halves of the document call a payment's numbers. */
export const NUMBER_NAMES: Readonly<Record<Wallet, { no: string; clientNo: string }>> = {
  wechat: { no: "order_no", clientNo: "agent_order_id" },
  alipay: { no: "payment_no", clientNo: "out_order_no" },
};

/** The caller's payment of this wallet by the gateway's number or, failing that, the caller's own; 400 without either, 404 when there is none. */
export async function paymentBy(
  call: Call,
  form: Form,
  wallet: Wallet,
  names: { no: string; clientNo: string } = NUMBER_NAMES[wallet],
): Promise<Step<Payment>> {
  const no = form.get(names.no);
  const clientNo = form.get(names.clientNo);
  if (no === null && clientNo === null) {
    return { ok: false, reply: refuse(400, `${names.no}, ${names.clientNo} 不能都为空`) };
  }
  const payment = await call.backend.find(call.caller, no === null ? { clientNo: clientNo ?? "" } : { no });
  return payment && walletOf(payment) === wallet ? { ok: true, value: payment } : { ok: false, reply: refuse(404) };
}

/** 403 unless the caller may act for the merchant. */
export function merchantRefusal(call: Call, merchantNo: string): WireReply | null {
  return call.caller.merchantNos.includes(merchantNo) ? null : refuse(403, "merchant_no");
}
