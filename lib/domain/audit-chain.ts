import { createHash, createHmac } from "node:crypto";

/** The columns that say what happened, in the order in which they are hashed. */
export const SEALED_COLUMNS = [
  "sequence",
  "at",
  "actorKind",
  "actorId",
  "actorName",
  "merchantId",
  "action",
  "targetKind",
  "targetId",
  "detail",
  "ip",
  "userAgent",
  "keyId",
] as const;
export type SealedColumn = (typeof SEALED_COLUMNS)[number];

/** An audit row without what proves it. */
export interface AuditFacts {
  sequence: number;
  at: Date;
  actorKind: string;
  actorId: string | null;
  actorName: string;
  merchantId: string | null;
  action: string;
  targetKind: string | null;
  targetId: string | null;
  detail: string;
  ip: string;
  userAgent: string;
  keyId: string;
}

export interface AuditRow extends AuditFacts {
  marks: string;
  hash: string;
}

/** One of the installation's audit keys: 32 bytes, and the id it is remembered by. */
export interface AuditKey {
  id: string;
  bytes: Uint8Array;
}

const MARK_CHARACTERS = 16;

/**
 * What proves a row: `hash`, HMAC-SHA256 over all its columns, its marks and the hash before it, in hex; and `marks`, 64 bits of
 * HMAC for each column alone. The hash proves; the marks only tell which column no longer fits.
 */
export function proofOf(facts: AuditFacts, previousHash: string, key: AuditKey): { marks: string; hash: string } {
  const marks = marksOf(facts, key);
  return { marks, hash: hashOf({ ...facts, marks }, previousHash, key) };
}

/** The hash a row must carry after `previousHash`. */
export function hashOf(row: AuditFacts & { marks: string }, previousHash: string, key: AuditKey): string {
  return hmac(JSON.stringify(["shouyin.audit.1", previousHash, row.marks, ...SEALED_COLUMNS.map((column) => wireValue(column, row))]), key);
}

/** A digest of all that stands in a row, its proofs as well: two rows with one digest are the same. */
export function rowDigest(row: AuditRow): string {
  const columns = SEALED_COLUMNS.map((column) => wireValue(column, row));
  return createHash("sha256")
    .update(JSON.stringify([...columns, row.marks, row.hash]))
    .digest("hex");
}

/** Why a row's hash does not fit, as far as it can be told. Call it for a row whose hash does not. */
export type RowProblem =
  /** These columns were changed. */
  | { kind: "changed"; columns: string[] }
  /** Only the sequence does not fit: the row is another's, moved here. */
  | { kind: "moved" }
  /** Each column fits, the whole does not: the hash was changed, or the row (or the one before it) was put here from elsewhere. */
  | { kind: "unproven" };

export function problemOfRow(row: AuditRow, key: AuditKey): RowProblem {
  if (row.marks !== marksOf(row, key)) {
    const columns = changedColumns(row, key);
    if (columns?.length === 1 && columns[0] === "sequence") return { kind: "moved" };
    return { kind: "changed", columns: columns?.length ? columns : ["marks"] };
  }
  return { kind: "unproven" };
}

/** The columns whose marks do not fit; `null` when the marks themselves cannot be read. */
function changedColumns(row: AuditRow, key: AuditKey): SealedColumn[] | null {
  const marks = readMarks(row.marks);
  return marks && SEALED_COLUMNS.filter((column) => marks[column] !== markOf(column, row, key));
}

/** Where a chain ends, or ended once. */
export interface ChainEnd {
  sequence: number;
  hash: string;
}

/** The HMAC of the chain's end, or of how far it was found whole: `kind` keeps one from passing for the other, `more` is proven along. */
export function headMac(kind: "head" | "checked" | "file", end: ChainEnd & { more?: string }, key: AuditKey): string {
  return hmac(JSON.stringify(["shouyin.audit.head.1", kind, end.sequence, end.hash, end.more ?? ""]), key);
}

function marksOf(facts: AuditFacts, key: AuditKey): string {
  return JSON.stringify(Object.fromEntries(SEALED_COLUMNS.map((column) => [column, markOf(column, facts, key)])));
}

function markOf(column: SealedColumn, facts: AuditFacts, key: AuditKey): string {
  return hmac(JSON.stringify(["shouyin.audit.mark.1", column, wireValue(column, facts)]), key).slice(0, MARK_CHARACTERS);
}

function wireValue(column: SealedColumn, facts: AuditFacts): string | number | null {
  const value = facts[column];
  return value instanceof Date ? value.toISOString() : value;
}

function readMarks(text: string): Record<string, unknown> | null {
  try {
    const marks: unknown = JSON.parse(text);
    return typeof marks === "object" && marks !== null ? (marks as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function hmac(text: string, key: AuditKey): string {
  return createHmac("sha256", key.bytes).update(text, "utf8").digest("hex");
}
