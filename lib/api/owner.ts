import { noteMade } from "#db/queries/api-idempotency.ts";
import { keyName } from "#db/queries/api-keys.ts";
import type { Owner } from "#db/queries/api-orders.ts";
import { type Also, auditing } from "#db/queries/audit.ts";
import { RunOver } from "#lib/api/idempotency.ts";
import type { Call, Caller } from "#lib/api/operation.ts";
import type { AuditAction, AuditActor, AuditDetail } from "#lib/domain/audit.ts";

/** Whose things a call is about. */
export function ownerOf({ caller }: { caller: Caller }): Owner {
  return { merchantId: caller.merchantId, live: caller.live };
}

type Asked = Pick<Call<unknown, unknown, unknown>, "caller" | "ip" | "database">;
type Running = Asked & Pick<Call<unknown, unknown, unknown>, "run">;

/** Whose name the audit has what a call did under: the key's, as the merchant calls it. */
export async function auditorOf({ caller, ip, database }: Asked): Promise<AuditActor> {
  const name = (await keyName(database, caller.keyId)) ?? caller.keyId;
  return { kind: "key", id: caller.keyId, name, ip, userAgent: "" };
}

/** What a use case writes along with its change when a key asked for it: the audit row, and beside the Idempotency-Key what was done. */
export async function alsoOf(call: Running, action: AuditAction, kind: string, detail: AuditDetail = {}): Promise<Also> {
  const audit = auditing({ actor: await auditorOf(call), merchantId: call.caller.merchantId, action, detail }, kind);
  return async (tx, id) => {
    if (call.run && !(await noteMade(tx, call.run, id))) throw new RunOver();
    await audit(tx, id);
  };
}
