import type { Backend, Caller, Payment } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import type { FieldTable, Form } from "#lib/dialects/fengniao/form.ts";
import { refuse, type Step } from "#lib/dialects/fengniao/reply.ts";
import type { SignType } from "#lib/dialects/fengniao/signature.ts";

/** A verified call whose fields are checked. */
export interface Call {
  form: Form;
  caller: Caller;
  /** Notices of what this call creates are signed the same way (seeds/004 §4.1 `sign_type`). */
  signType: SignType;
  backend: Backend;
  receivedAt: Date;
}

/** One `method` of the document, as data. */
export interface Endpoint {
  /** 方法名, e.g. `weixin.qr_code_pay`. */
  method: string;
  /** Its table: fields that are 是, and the others (否, 可选, 特殊必填, which only the account's manager can tell). */
  needs: FieldTable;
  takes: FieldTable;
  answer(call: Call): Promise<WireReply>;
}

/** The merchant a call is for: the one it names, else the account's first, for the methods that name none; 10003 for somebody else's. */
export function merchantOf({ form, caller }: Call): Step<string> {
  const named = form.get("merchant_no");
  if (named !== null && !caller.merchantNos.includes(named)) return { ok: false, reply: refuse(10003, "merchant_no") };
  const merchantNo = named ?? caller.merchantNos[0];
  return merchantNo === undefined ? { ok: false, reply: refuse(10011, "merchant_no") } : { ok: true, value: merchantNo };
}

/** The caller's payment of its `out_trade_no`; 12002 when there is none. */
export async function paymentOf({ form, caller, backend }: Call): Promise<Step<Payment>> {
  const payment = await backend.find(caller, { clientNo: form.need("out_trade_no") });
  return payment ? { ok: true, value: payment } : { ok: false, reply: refuse(12002, "out_trade_no") };
}
