import type { Tx } from "#db/client.ts";
import { type HeadRow, readAuditHash, readAuditHead, walkAudit } from "#db/queries/audit-chain.ts";
import { constantTimeEqual } from "#lib/crypto/digest.ts";
import { type AuditKey, type ChainEnd, hashOf, headMac, problemOfRow, type RowProblem } from "#lib/domain/audit-chain.ts";

/** What is wrong with the audit; `sequence` is the first row it is about. */
export type AuditProblem =
  | (RowProblem & { sequence: number })
  /** Rows `sequence` to `until` are not there, and later ones are. */
  | { kind: "missing"; sequence: number; until: number }
  /** A second row under the same number. */
  | { kind: "repeated"; sequence: number }
  /** The row was proven by a key that is not (or no longer) in keys.json. */
  | { kind: "key_unknown"; sequence: number; keyId: string }
  /** The chain's end as the database says it is not what was last appended. */
  | { kind: "head_changed"; sequence: number }
  /** Rows `sequence` to `until` were there and are gone, with nothing after them. `by`: who remembers them. */
  | { kind: "cut"; sequence: number; until: number; by: Witness }
  /** Row `sequence` was another when it was last checked. */
  | { kind: "rewritten"; sequence: number; by: Witness }
  /** What the witness says was not written by us. */
  | { kind: "witness_forged"; sequence: number; by: "file" | "checked" };

/** Who remembers how long the chain was: its own head, the last check's row, or the file outside the database. */
export type Witness = "head" | "checked" | "file";

export interface WitnessSaid extends ChainEnd {
  by: "file" | "checked";
  /** False when its own HMAC does not fit. */
  genuine: boolean;
}

export type Verified = { ok: true; end: ChainEnd; rows: number } | { ok: false; problem: AuditProblem; end: ChainEnd; rows: number };

/**
 * Walks the chain after `from` (a place known to be whole; the beginning when none is given) and finds the first thing wrong with it;
 * `end` is how far it is whole. Give it a transaction that sees one moment. Constant memory.
 */
export async function verifyAudit(
  tx: Tx,
  keys: readonly AuditKey[],
  witnesses: readonly WitnessSaid[],
  from: ChainEnd = { sequence: 0, hash: "" },
): Promise<Verified> {
  let end = from;
  let rows = 0;
  const broken = (problem: AuditProblem): Verified => ({ ok: false, problem, end, rows });
  const forged = witnesses.find((one) => !one.genuine);
  for await (const row of walkAudit(tx, from.sequence)) {
    const { sequence } = row;
    if (sequence === end.sequence) return broken({ kind: "repeated", sequence });
    if (sequence !== end.sequence + 1) return broken({ kind: "missing", sequence: end.sequence + 1, until: sequence - 1 });
    const key = keys.find(({ id }) => id === row.keyId);
    if (!key) return broken(unknownKey(row, keys));
    if (!constantTimeEqual(row.hash, hashOf(row, end.hash, key))) return broken({ ...problemOfRow(row, key), sequence });
    end = { sequence, hash: row.hash };
    rows += 1;
  }
  const head = await readAuditHead(tx, "head");
  if (head && head.sequence > end.sequence) return broken({ kind: "cut", sequence: end.sequence + 1, until: head.sequence, by: "head" });
  for (const witness of witnesses.filter((one) => one.genuine)) {
    const { sequence, by } = witness;
    if (sequence > end.sequence) return broken({ kind: "cut", sequence: end.sequence + 1, until: sequence, by });
    if ((await readAuditHash(tx, sequence)) !== witness.hash) return broken({ kind: "rewritten", sequence, by });
  }
  if (!head || !isGenuine(head, end, keys)) return broken({ kind: "head_changed", sequence: end.sequence });
  if (forged) return broken({ kind: "witness_forged", sequence: end.sequence, by: forged.by });
  return { ok: true, end, rows };
}

/** A key id nobody knows is either a changed column or a key that was taken away: the marks of any key that fits tell. */
function unknownKey(row: Parameters<typeof problemOfRow>[0], keys: readonly AuditKey[]): AuditProblem {
  for (const key of keys) {
    const problem = problemOfRow(row, key);
    if (problem.kind === "changed" && problem.columns.length === 1) return { ...problem, sequence: row.sequence };
  }
  return { kind: "key_unknown", sequence: row.sequence, keyId: row.keyId };
}

function isGenuine(head: HeadRow, end: ChainEnd, keys: readonly AuditKey[]): boolean {
  if (head.sequence !== end.sequence || head.hash !== end.hash) return false;
  if (head.sequence === 0) return head.mac === "";
  const key = keys.find(({ id }) => id === head.keyId);
  return key !== undefined && constantTimeEqual(head.mac, headMac("head", head, key));
}
