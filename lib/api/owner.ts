import type { Owner } from "#db/queries/api-orders.ts";
import type { Caller } from "#lib/api/operation.ts";

/** Whose things a call is about. */
export function ownerOf({ caller }: { caller: Caller }): Owner {
  return { merchantId: caller.merchantId, live: caller.live };
}
