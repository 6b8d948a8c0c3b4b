import type { Backend, Caller, Payment } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import type { Form } from "#lib/dialects/mpgateway/form.ts";
import type { Fields } from "#lib/dialects/mpgateway/message.ts";
import type { Refusal } from "#lib/dialects/mpgateway/reply.ts";

/** A request whose signature fitted: whatever it says, the merchant said it. */
export interface Call {
  fields: Fields;
  caller: Caller;
  backend: Backend;
}

/** One signed endpoint. */
export interface Route {
  method: "POST" | "GET";
  path: string;
  /** Opened by the shopper's browser: a refusal is a line for a person, not an envelope for a server. */
  browser?: true;
  answer(call: Call): Promise<WireReply>;
}

/** seeds/002 §3.5.3: at least one of both; a queryid makes the orderid ignored. */
export async function paymentBy(call: Call, form: Form): Promise<Payment | Refusal> {
  const no = form.get("queryid");
  const clientNo = form.get("orderid");
  if (no === null && clientNo === null) return { respcode: "parameter", detail: "queryid, orderid 不能都为空" };
  const payment = await call.backend.find(call.caller, no === null ? { clientNo: clientNo ?? "" } : { no });
  return payment ?? { respcode: "not_found" };
}
