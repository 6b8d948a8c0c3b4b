import type { Tx } from "#db/client.ts";

/** What a shopper did and saw: what the run must account for. */
export interface Visit {
  /** The form's own key: every press of the same form must lead to the same order. */
  key: string;
  /** Every checkout the key ever led to. */
  tokens: Set<string>;
  /** Codes the wallet confirmed as paid, to the shopper's eyes. */
  paid: Set<string>;
  wants: "pay" | "pay twice" | "walk away";
}

/** One webhook as the shop received it. */
export interface Hook {
  id: string;
  body: string;
  /** The signature verified. */
  genuine: boolean;
  /** What the shop answered. */
  status: number;
}

export interface Evidence {
  visits: readonly Visit[];
  /** Oldest first; the same webhook may stand here several times. */
  hooks: readonly Hook[];
}

/**
 * Something that must hold after every run (reliability.md, invariants). `find` names what breaks it. `broken` makes
 * exactly such a thing (in a transaction that is rolled back, or in a copy of the evidence), so that every run also
 * proves that the check can fail.
 */
export interface Check {
  name: string;
  /** What a violation means for the shop. */
  means: "lost" | "doubled" | "wrong";
  find(tx: Tx, evidence: Evidence): Promise<string[]>;
  broken: { sql: string } | { evidence: (evidence: Evidence) => Evidence };
}

/** A check that one statement answers: it selects one column, the id of whatever is wrong. */
export function sqlCheck(name: string, means: Check["means"], find: string, broken: string): Check {
  const text = `select found::text as id from (${find}) as violation(found) limit 20`;
  return {
    name,
    means,
    find: async (tx) => (await tx.$client.query<{ id: string }>(text)).rows.map(({ id }) => id),
    broken: { sql: broken },
  };
}
