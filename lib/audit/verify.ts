import { createHash, type Hash } from "node:crypto";
import type { Tx } from "#db/client.ts";
import { type HeadRow, readAuditHash, readAuditHead, walkAudit } from "#db/queries/audit-chain.ts";
import type { Acceptance } from "#lib/audit/acceptance.ts";
import { constantTimeEqual } from "#lib/crypto/digest.ts";
import {
  type AuditKey,
  type AuditRow,
  type ChainEnd,
  hashOf,
  headMac,
  problemOfRow,
  type RowProblem,
  rowDigest,
} from "#lib/domain/audit-chain.ts";

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

/** Where to begin (a place known to be whole), and what a person has accepted: null of a trouble nobody has. */
export interface How {
  from: ChainEnd;
  excuse(problem: AuditProblem): Promise<Acceptance | null>;
}

/**
 * Walks the chain after `from` and finds the first thing wrong with it that is not excused; `end` is how far it is whole. It goes on
 * right after what is excused: the row there is proven by the acceptance's seal, or by its own marks where there is none, and all
 * others by the hash before them as ever. Give it a transaction that sees one moment. Constant memory.
 */
export async function verifyAudit(tx: Tx, keys: readonly AuditKey[], witnesses: readonly WitnessSaid[], how: How): Promise<Verified> {
  const walk: Walk = { end: how.from, after: null, lost: new Map() };
  let rows = 0;
  const broken = (problem: AuditProblem): Verified => ({ ok: false, problem, end: walk.end, rows });
  const forged = witnesses.find((one) => !one.genuine);
  for await (const row of walkAudit(tx, how.from.sequence)) {
    const gap = gapBefore(row, walk.end);
    if (gap) {
      walk.after = await how.excuse(gap);
      if (!walk.after) return broken(gap);
      if (gap.kind === "repeated") continue;
      walk.end = { sequence: row.sequence - 1, hash: "" };
    }
    const problem = await step(row, walk, keys, how);
    if (problem) return broken(problem);
    rows += 1;
  }
  const { end } = walk;
  for (const [keyId, { sequence, seal, expected }] of walk.lost)
    if (expected !== null && seal.digest("hex") !== expected) return broken({ kind: "key_unknown", sequence, keyId });
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

/** How far a walk has come. */
interface Walk {
  end: ChainEnd;
  /** What stands before the next row is an accepted trouble, so its hash may prove nothing. */
  after: Acceptance | null;
  /** Keys that are gone, as a person accepted: the rows they proved, up to the acceptance, are held to its seal. */
  lost: Map<string, { sequence: number; until: number; seal: Hash; expected: string | null }>;
}

/** What is wrong with a row's number. */
function gapBefore({ sequence }: AuditRow, end: ChainEnd): AuditProblem | null {
  if (sequence === end.sequence + 1) return null;
  return sequence === end.sequence ? { kind: "repeated", sequence } : { kind: "missing", sequence: end.sequence + 1, until: sequence - 1 };
}

/** What is wrong with a row's content, unless it is accepted: the walk then stands behind the row. */
async function step(row: AuditRow, walk: Walk, keys: readonly AuditKey[], how: How): Promise<AuditProblem | null> {
  const problem = problemWith(row, walk, keys);
  const excused = problem && (await how.excuse(problem));
  if (problem && !excused) return problem;
  if (problem?.kind === "key_unknown" && excused) {
    const seal = createHash("sha256").update(rowDigest(row));
    walk.lost.set(row.keyId, { sequence: row.sequence, until: excused.sequence, seal, expected: excused.seal });
  }
  // A key that is gone hands on the hash that stands there; what else was accepted may have been changed, hash and all.
  walk.after = problem?.kind === "key_unknown" ? null : excused;
  walk.end = { sequence: row.sequence, hash: row.hash };
  return null;
}

function problemWith(row: AuditRow, { end, after, lost }: Walk, keys: readonly AuditKey[]): AuditProblem | null {
  const key = keys.find(({ id }) => id === row.keyId);
  if (!key) {
    const problem = unknownKey(row, keys);
    const known = problem.kind === "key_unknown" ? lost.get(row.keyId) : undefined;
    if (!known || row.sequence >= known.until) return problem;
    known.seal.update(rowDigest(row));
    return null;
  }
  if (constantTimeEqual(row.hash, hashOf(row, end.hash, key))) return null;
  const problem = problemOfRow(row, key);
  const sealed = after !== null && (after.seal === null || after.seal === rowDigest(row));
  return problem.kind === "unproven" && sealed ? null : { ...problem, sequence: row.sequence };
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
