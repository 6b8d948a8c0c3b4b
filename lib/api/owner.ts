import { keyName } from "#db/queries/api-keys.ts";
import type { Owner } from "#db/queries/api-orders.ts";
import type { Call, Caller } from "#lib/api/operation.ts";
import type { AuditActor } from "#lib/domain/audit.ts";

/** Whose things a call is about. */
export function ownerOf({ caller }: { caller: Caller }): Owner {
  return { merchantId: caller.merchantId, live: caller.live };
}

/** Whose name the audit has what a call did under: the key's, as the merchant calls it. */
export async function auditorOf({
  caller,
  ip,
  database,
}: Pick<Call<unknown, unknown, unknown>, "caller" | "ip" | "database">): Promise<AuditActor> {
  const name = (await keyName(database, caller.keyId)) ?? caller.keyId;
  return { kind: "key", id: caller.keyId, name, ip, userAgent: "" };
}
