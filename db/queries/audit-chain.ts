import { prepared, type Tx } from "#db/client.ts";
import { columnsOf, rowOf } from "#db/rows.ts";
import { audit, auditHeads } from "#db/schema/audit.ts";
import type { AuditRow, ChainEnd } from "#lib/domain/audit-chain.ts";

/** The rows of `audit_heads`. */
export const HEADS = { head: 1, checked: 2 } as const;

export type HeadRow = typeof auditHeads.$inferSelect;

const WALK_ROWS = 500;

/** The chain's end as the database says it, or how far it was last found whole; null when that row is not there. */
export async function readAuditHead(tx: Tx, which: keyof typeof HEADS): Promise<HeadRow | null> {
  const text = `select ${columnsOf(auditHeads, "h")} from audit_heads h where h.id = $1`;
  const [row] = await prepared(tx, "audit_head", text, [HEADS[which]]);
  return row ? rowOf(auditHeads, row) : null;
}

/** The hash that stands at a place of the chain; "" before its first row, null where there is no row. */
export async function readAuditHash(tx: Tx, sequence: number): Promise<string | null> {
  if (sequence === 0) return "";
  const [row] = await prepared<{ hash: string }>(tx, "audit_hash", "select hash from audit where sequence = $1", [sequence]);
  return row?.hash ?? null;
}

/**
 * All rows after one, in order, 500 at a time by a cursor: constant memory, and two rows under one number are both seen. Call it
 * in a transaction that reads one moment (`readOneMoment`).
 */
export async function* walkAudit(tx: Tx, after: number): AsyncGenerator<AuditRow> {
  const rows = `select ${columnsOf(audit, "a")} from audit a where a.sequence > ${Number(after)} order by a.sequence`;
  await tx.$client.query(`declare audit_walk no scroll cursor for ${rows}`);
  try {
    for (;;) {
      const { rows: page } = await tx.$client.query(`fetch ${WALK_ROWS} from audit_walk`);
      for (const row of page) yield rowOf(audit, row);
      if (page.length < WALK_ROWS) break;
    }
  } finally {
    await tx.$client.query("close audit_walk").catch(() => {});
  }
}

/** Makes a transaction, as its first statement, see the database as it is at one moment. */
export async function readOneMoment(tx: Tx): Promise<void> {
  await tx.$client.query("set transaction isolation level repeatable read");
}

/** Whether this transaction is the only one checking the audit: another process's check is as good. */
export async function aloneChecking(tx: Tx): Promise<boolean> {
  const text = "select pg_try_advisory_xact_lock(hashtextextended('audit.check', 0)) as got";
  const [row] = await prepared<{ got: boolean }>(tx, "audit_check_lock", text, []);
  return row?.got ?? false;
}

/** Writes down how far the chain was found whole, or what is wrong with it. */
export async function recordCheck(
  tx: Tx,
  said: ChainEnd & { at: Date; problem: string | null; keyId: string; mac: string },
): Promise<void> {
  const text = `insert into audit_heads (id, sequence, hash, at, problem, key_id, mac) values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (id) do update set sequence = $2, hash = $3, at = $4, problem = $5, key_id = $6, mac = $7`;
  await prepared(tx, "audit_checked", text, [HEADS.checked, said.sequence, said.hash, said.at, said.problem, said.keyId, said.mac]);
}

/** The rows after `after` by which somebody accepted a trouble (lib/audit/standing.ts), newest first; nothing says here that they are proven. */
export async function acceptances(tx: Tx, after: number): Promise<AuditRow[]> {
  const text = `select ${columnsOf(audit, "a")} from audit a where a.action = 'audit.accept' and a.sequence > $1 order by a.sequence desc`;
  return (await prepared(tx, "audit_accepted", text, [after])).map((row) => rowOf(audit, row));
}

/** Puts the head back to where the rows really end, so that rows can be appended again after some were cut off. */
export async function repairHead(tx: Tx, macOf: (end: ChainEnd) => string, keyId: string): Promise<void> {
  const [last] = await prepared<{ sequence: string; hash: string }>(
    tx,
    "audit_last",
    "select sequence, hash from audit order by sequence desc limit 1",
    [],
  );
  const end = last ? { sequence: Number(last.sequence), hash: last.hash } : { sequence: 0, hash: "" };
  const text = "update audit_heads set sequence = $2, hash = $3, mac = $4, key_id = $5 where id = $1 and (sequence <> $2 or hash <> $3)";
  await prepared(tx, "audit_repair", text, [HEADS.head, end.sequence, end.hash, last ? macOf(end) : "", keyId]);
}
