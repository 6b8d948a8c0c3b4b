import type { Backend, Caller } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import type { Fields } from "#lib/dialects/xxpay/signature.ts";

/** A request whose signature fitted, of an account the gateway knows. */
export interface Call {
  fields: Fields;
  caller: Caller;
  backend: Backend;
  /** The public address of the gateway's root: QR codes are pictures of its own. */
  root: string | undefined;
}

/** One signed endpoint; POST or GET (seeds/003 §1.1). `assumed`: the document does not print it. */
export interface Route {
  path: string;
  assumed?: true;
  answer(call: Call): Promise<WireReply>;
}
