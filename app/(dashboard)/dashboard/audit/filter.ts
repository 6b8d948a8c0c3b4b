import { addressOf, addressReader, type Search } from "#app/(dashboard)/address.ts";
import type { AuditCursor } from "#db/queries/dashboard-audit.ts";
import { AUDIT_ACTIONS } from "#lib/domain/audit.ts";

/** The filter as the address says it; days are YYYY-MM-DD in the merchant's zone. */
export interface AuditAddress {
  actor: string | null;
  action: string | null;
  target: string | null;
  from: string | null;
  to: string | null;
}

export type AuditField = keyof AuditAddress | "cursor";

const ID = /^[\w:.-]{1,80}$/;
const CURSOR = /^(older|newer)\.(\d{1,15})$/;

/** Reads the list's address. What cannot be used is named and left out. */
export function readAddress(search: Search): {
  address: AuditAddress;
  cursor: AuditCursor | null;
  bad: AuditField[];
} {
  const { bad, read, days } = addressReader<AuditField>(search);
  const id = (text: string) => (ID.test(text) ? text : null);
  const address = {
    actor: read("actor", id),
    action: read("action", (text) => AUDIT_ACTIONS.find((one) => one === text) ?? null),
    target: read("target", id),
    ...days(),
  };
  return { address, cursor: read("cursor", readCursor), bad };
}

function readCursor(text: string): AuditCursor | null {
  const match = CURSOR.exec(text);
  return match ? { direction: match[1] === "newer" ? "newer" : "older", sequence: Number(match[2]) } : null;
}

/** The list's address for a filter, optionally at a place. */
export function auditHref(address: Partial<AuditAddress>, cursor: AuditCursor | null = null): string {
  const place = cursor && `${cursor.direction}.${cursor.sequence}`;
  return addressOf("/dashboard/audit", { ...address, cursor: place });
}
