import type { CompatKey } from "#db/queries/compat-keys.ts";
import type { AuditActor } from "#lib/domain/audit.ts";

/** Whose name the audit has what a call at `/compat` did under: the key's, as its shop knows it. */
export function auditorOf(key: CompatKey, clientIp: string): AuditActor {
  return { kind: "key", id: key.id, name: `${key.gateway} ${key.callerNo}`, ip: clientIp, userAgent: "" };
}
