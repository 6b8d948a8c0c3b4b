import type { WireReply } from "#lib/dialects/dialect.ts";
import type { Call, Route } from "#lib/dialects/xxpay/call.ts";
import { fenOfYuan } from "#lib/dialects/xxpay/fen.ts";
import { success } from "#lib/dialects/xxpay/reply.ts";

/** Not printed, but exists in the wild (protocols.md §3): what may be paid out, in fen. Clients send mchId and a queryTime. */
export const BALANCE_ROUTE: Route = { path: "/api/query/query_balance", assumed: true, answer: queryBalance };

async function queryBalance({ caller, backend }: Call): Promise<WireReply> {
  const { available } = await backend.holdings(caller);
  return success(caller, { mchId: caller.callerNo, balance: fenOfYuan(available).toString() });
}
