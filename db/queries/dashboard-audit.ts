import { and, asc, desc, eq, gt, gte, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { PAGE_ROWS } from "#db/queries/dashboard-page.ts";
import { audit } from "#db/schema/audit.ts";
import type { AuditActorKind } from "#lib/domain/audit.ts";

export interface AuditListRow {
  sequence: number;
  at: Date;
  actorKind: AuditActorKind;
  actorId: string | null;
  actorName: string;
  merchantId: string | null;
  action: string;
  targetKind: string | null;
  targetId: string | null;
  /** JSON of facts, as it was written. */
  detail: string;
  ip: string;
  userAgent: string;
}

/** Which rows to list; absent means any. `at` inclusive from, exclusive to. */
export interface AuditFilter {
  actor: string | null;
  action: string | null;
  target: string | null;
  from: Date | null;
  to: Date | null;
}

/** A place in the list: the rows older, or newer, than this sequence. */
export interface AuditCursor {
  direction: "older" | "newer";
  sequence: number;
}

/** `platform`: rows of no merchant (sign-ins, the installation) beside this merchant's, for platform admins only. */
export interface AuditScope {
  merchantId: string;
  platform: boolean;
}

const COLUMNS = {
  sequence: audit.sequence,
  at: audit.at,
  actorKind: audit.actorKind,
  actorId: audit.actorId,
  actorName: audit.actorName,
  merchantId: audit.merchantId,
  action: audit.action,
  targetKind: audit.targetKind,
  targetId: audit.targetId,
  detail: audit.detail,
  ip: audit.ip,
  userAgent: audit.userAgent,
};

/** A page of the audit, newest first, by the sequence: it costs the same wherever it is. */
export async function listAudit(
  tx: Tx,
  scope: AuditScope,
  filter: AuditFilter,
  cursor: AuditCursor | null,
): Promise<{ rows: AuditListRow[]; newer: AuditCursor | null; older: AuditCursor | null }> {
  const backwards = cursor?.direction === "newer";
  const read = await tx
    .select(COLUMNS)
    .from(audit)
    .where(and(withinScope(scope), ...narrowed(filter), cursor ? (backwards ? gt : lt)(audit.sequence, cursor.sequence) : undefined))
    .orderBy(backwards ? asc(audit.sequence) : desc(audit.sequence))
    .limit(PAGE_ROWS + 1);
  const more = read.length > PAGE_ROWS;
  const rows = read.slice(0, PAGE_ROWS);
  if (backwards) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    rows,
    newer: first && (backwards ? more : cursor !== null) ? { direction: "newer", sequence: first.sequence } : null,
    older: last && (backwards || more) ? { direction: "older", sequence: last.sequence } : null,
  };
}

/** How far back the choice of people looks: a list to choose from need not be complete. */
const RECENT_ROWS = 5000;

/** Who stands in the newest rows, by name: what the list can be narrowed to. At most 200. */
export async function auditActors(tx: Tx, scope: AuditScope): Promise<{ id: string; name: string }[]> {
  const recent = tx
    .select({ id: audit.actorId, name: audit.actorName, sequence: audit.sequence })
    .from(audit)
    .where(withinScope(scope))
    .orderBy(desc(audit.sequence))
    .limit(RECENT_ROWS)
    .as("recent");
  const rows = await tx
    .selectDistinctOn([recent.id], { id: recent.id, name: recent.name })
    .from(recent)
    .where(sql`${recent.id} is not null`)
    .orderBy(recent.id, desc(recent.sequence))
    .limit(200);
  return rows.flatMap(({ id, name }) => (id === null ? [] : [{ id, name }])).sort((a, b) => a.name.localeCompare(b.name));
}

function withinScope({ merchantId, platform }: AuditScope): SQL | undefined {
  return platform ? or(eq(audit.merchantId, merchantId), isNull(audit.merchantId)) : eq(audit.merchantId, merchantId);
}

function narrowed({ actor, action, target, from, to }: AuditFilter): (SQL | undefined)[] {
  return [
    actor === null ? undefined : eq(audit.actorId, actor),
    action === null ? undefined : eq(audit.action, action),
    target === null ? undefined : eq(audit.targetId, target),
    from === null ? undefined : gte(audit.at, from),
    to === null ? undefined : lt(audit.at, to),
  ];
}
