import { createHash } from "node:crypto";
import type { Tx } from "#db/client.ts";
import { acceptances, readAuditHash, walkAudit } from "#db/queries/audit-chain.ts";
import { auditSentence } from "#lib/audit/sentence.ts";
import type { AuditProblem } from "#lib/audit/verify.ts";
import { constantTimeEqual } from "#lib/crypto/digest.ts";
import { clip } from "#lib/domain/audit.ts";
import { type AuditKey, hashOf, rowDigest } from "#lib/domain/audit-chain.ts";

/** A person's word that they looked into one trouble: the row that says so, and what it keeps of the rows nobody else can prove. */
export interface Acceptance {
  sequence: number;
  /** `sealOf` as it was then; null of one from before there were seals. */
  seal: string | null;
}

/**
 * The newest acceptance of this very trouble, later than it, that we wrote: it is proven by its own hash after the row before it.
 * Null when there is none. A trouble of the chain's end is never excused: accepting it begins the end anew.
 */
export async function acceptanceOf(tx: Tx, keys: readonly AuditKey[], problem: AuditProblem): Promise<Acceptance | null> {
  if (atEnd(problem)) return null;
  const sentence = clip(auditSentence(problem));
  for (const row of await acceptances(tx, problem.sequence)) {
    const said = readDetail(row.detail);
    const key = keys.find(({ id }) => id === row.keyId);
    const before = await readAuditHash(tx, row.sequence - 1);
    if (said?.problem !== sentence || !key || before === null) continue;
    if (constantTimeEqual(row.hash, hashOf(row, before, key))) return { sequence: row.sequence, seal: said.seal };
  }
  return null;
}

/**
 * What an acceptance keeps of rows whose hashes cannot prove them once a trouble stands before them: the first row after it (what
 * its hash goes on from is not there any more); of a key that is gone, all rows of it. Null where there are none.
 */
export async function sealOf(tx: Tx, problem: AuditProblem): Promise<string | null> {
  if (atEnd(problem)) return null;
  if (problem.kind !== "key_unknown") {
    for await (const row of walkAudit(tx, problem.sequence)) return rowDigest(row);
    return null;
  }
  const seal = createHash("sha256");
  for await (const row of walkAudit(tx, problem.sequence - 1)) if (row.keyId === problem.keyId) seal.update(rowDigest(row));
  return seal.digest("hex");
}

const END_KINDS: ReadonlySet<AuditProblem["kind"]> = new Set(["head_changed", "cut", "rewritten", "witness_forged"]);

function atEnd({ kind }: AuditProblem): boolean {
  return END_KINDS.has(kind);
}

function readDetail(detail: string): { problem: unknown; seal: string | null } | null {
  try {
    const said = JSON.parse(detail) as { problem?: unknown; seal?: unknown };
    return { problem: said.problem, seal: typeof said.seal === "string" ? said.seal : null };
  } catch {
    return null;
  }
}
