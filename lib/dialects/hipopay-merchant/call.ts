import type { Backend, Caller, Payment } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { wrong } from "#lib/dialects/hipopay/fault.ts";
import type { Form } from "#lib/dialects/hipopay/form.ts";
import type { Fields } from "#lib/dialects/hipopay/parse.ts";
import { badRequest, refuse, type Step } from "#lib/dialects/hipopay-merchant/reply.ts";

/** A request that passed the door: parsed, and verified where its route demands it. */
export interface Call {
  fields: Fields;
  caller: Caller;
  backend: Backend;
  receivedAt: Date;
}

/**
 * Who may knock. `signed`: a merchant's server. `either`: signed, or a mini program's or page's own script without a
 * signature (seeds/001, Place an Order: "Signature is not required").
 */
export type Access = "signed" | "either";

/** One row of the path table. `assumed`: printed nowhere and known from no client. */
export interface Route {
  method: "GET" | "POST";
  path: string;
  access: Access;
  assumed?: true;
  answer(call: Call): Promise<WireReply>;
}

/** What most of the document calls a payment's numbers. */
export const NUMBERS = { no: "payment_no", clientNo: "out_trade_id" } as const;

/** The caller's payment by the gateway's number or, failing that, the caller's own. */
export async function paymentBy(call: Call, form: Form, names: { no: string; clientNo: string } = NUMBERS): Promise<Step<Payment>> {
  const no = form.get(names.no);
  const clientNo = form.get(names.clientNo);
  if (no === null && clientNo === null) {
    return { ok: false, reply: badRequest(wrong(`${names.no}, ${names.clientNo}`, "all_missing").fault) };
  }
  const payment = await call.backend.find(call.caller, no === null ? { clientNo: clientNo ?? "" } : { no });
  return payment ? { ok: true, value: payment } : { ok: false, reply: refuse("PAYMENT_NOT_FOUND") };
}

/** The merchant a request is for: the caller itself, unless it names one it may act for; else the error to answer. */
export function merchantOf(call: Call, form: Form): Step<string> {
  const merchantNo = form.get("merchant_no") ?? call.caller.callerNo;
  return call.caller.merchantNos.includes(merchantNo) ? { ok: true, value: merchantNo } : { ok: false, reply: refuse("ILLEGAL_PARTNER") };
}
