import { type Database, inTransaction } from "#db/client.ts";
import type { Check, Evidence } from "./check.ts";
import { EVIDENCE_CHECKS } from "./evidence-checks.ts";
import { HISTORY_CHECK } from "./history-check.ts";
import { MONEY_CHECKS } from "./money-checks.ts";
import { STATE_CHECKS } from "./state-checks.ts";

export const CHECKS: readonly Check[] = [...MONEY_CHECKS, ...STATE_CHECKS, HISTORY_CHECK, ...EVIDENCE_CHECKS];

export interface Finding {
  check: string;
  means: Check["means"];
  violations: string[];
  /** The check found what was broken on purpose: it can fail. */
  sharp: boolean;
}

/** Asks every check, and makes sure of each that it would have seen it. Changes nothing. */
export async function prove(database: Database, evidence: Evidence): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of CHECKS) {
    const violations = await check.find(database, evidence);
    findings.push({ check: check.name, means: check.means, violations, sharp: await isSharp(database, check, evidence) });
  }
  return findings;
}

class Undo extends Error {}

async function isSharp(database: Database, check: Check, evidence: Evidence): Promise<boolean> {
  const { broken } = check;
  if ("evidence" in broken) return (await check.find(database, broken.evidence(evidence))).length > 0;
  let found: string[] = [];
  await inTransaction(database, async (tx) => {
    // Without triggers and foreign keys, which would refuse most of it: the embedded database's own user may do that.
    await tx.$client.query("set local session_replication_role = replica");
    await tx.$client.query(broken.sql);
    found = await check.find(tx, evidence);
    throw new Undo();
  }).catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error;
  });
  return found.length > 0;
}
