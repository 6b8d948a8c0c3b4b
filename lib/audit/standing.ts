import { atCommit, type Database, inTransaction, type Tx } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import {
  aloneChecking,
  type HeadRow,
  readAuditHash,
  readAuditHead,
  readOneMoment,
  recordCheck,
  repairHead,
} from "#db/queries/audit-chain.ts";
import { acceptanceOf, sealOf } from "#lib/audit/acceptance.ts";
import { auditSentence } from "#lib/audit/sentence.ts";
import { type AuditProblem, type Verified, verifyAudit, type WitnessSaid } from "#lib/audit/verify.ts";
import { readWitnessFile, writeWitnessFile } from "#lib/audit/witness-file.ts";
import { constantTimeEqual } from "#lib/crypto/digest.ts";
import type { AuditActor } from "#lib/domain/audit.ts";
import { type AuditKey, type ChainEnd, headMac } from "#lib/domain/audit-chain.ts";
import { log } from "#lib/log.ts";
import { auditKeys } from "#lib/secrets.ts";

/** What the last check of the audit said, and when; `forged`: its row was not written by us. */
export type Standing =
  | { kind: "unchecked" }
  | { kind: "whole"; sequence: number; at: Date }
  | { kind: "broken"; sequence: number; at: Date; problem: AuditProblem }
  | { kind: "forged" };

/** What the last check said, as its row is proven by us. */
export async function auditStanding(tx: Tx): Promise<Standing> {
  const row = await readAuditHead(tx, "checked");
  if (!row) return { kind: "unchecked" };
  if (!isGenuine(row, auditKeys())) return { kind: "forged" };
  const { sequence, at } = row;
  return row.problem === null
    ? { kind: "whole", sequence, at }
    : { kind: "broken", sequence, at, problem: JSON.parse(row.problem) as AuditProblem };
}

/** What a check found. `accepted`: an older trouble that a person has accepted since, so that the chain counts from there. */
export type Checked = Verified & { accepted: AuditProblem | null };

/**
 * Checks the audit and writes down what was found, in the database and, when it is whole, in the file beside the keys.
 * `all`: from the first row; `new`: what has come since the last check. Null when another process is just doing it.
 */
export async function checkAudit(database: Database, which: "all" | "new", now: Date = new Date()): Promise<Checked | null> {
  const keys = auditKeys();
  const [key] = keys;
  if (!key) throw new Error("no audit key");
  return inTransaction(database, async (tx) => {
    await readOneMoment(tx);
    if (!(await aloneChecking(tx))) return null;
    const checked = await readAuditHead(tx, "checked");
    const file = readWitnessFile(keys);
    const witnesses = [checked && said(checked, keys), file].filter((one) => one !== null);
    const from = which === "new" ? await goOnFrom(tx, checked, keys) : null;
    let accepted: AuditProblem | null = null;
    const excuse = async (problem: AuditProblem) => {
      const acceptance = await acceptanceOf(tx, keys, problem);
      if (acceptance) accepted ??= problem;
      return acceptance;
    };
    const found: Checked = { ...(await verifyAudit(tx, keys, witnesses, { from: from ?? START, excuse })), accepted };
    // A witness that knew a longer or another chain keeps saying so: only what is whole moves it on.
    if (found.ok && (file === null || found.end.sequence > file.sequence)) keepWitness(found.end, key, now);
    if (found.ok || checked?.problem == null) await recordCheck(tx, recordOf(found, checked && trusted(checked, keys), key, now));
    return found;
  });
}

/**
 * A person has looked at what is wrong (a backup was put back, a row was tampered with) and goes on from here: says so in the audit
 * itself, under their name, and lets the witnesses begin anew. The trouble stays readable: `all` still finds it. They accept that
 * trouble and no other: one more, before it or after, is told, and so is any change of the rows in between.
 */
export async function acceptAudit(
  database: Database,
  by: { actor: AuditActor; why: string; problem: AuditProblem },
  now: Date = new Date(),
): Promise<void> {
  const [key] = auditKeys();
  if (!key) throw new Error("no audit key");
  await inTransaction(database, async (tx) => {
    const { actor, why, problem } = by;
    await repairHead(tx, (end) => headMac("head", end, key), key.id);
    const seal = await sealOf(tx, problem);
    const detail = { why, problem: auditSentence(problem), ...(seal !== null && { seal }) };
    await appendAudit(tx, { actor, merchantId: null, action: "audit.accept", target: null, detail });
    // After the row: the witnesses begin anew at it.
    atCommit(tx, async () => {
      const head = await readAuditHead(tx, "head");
      if (!head) throw new Error("the audit has no head");
      const end = { sequence: head.sequence, hash: head.hash };
      await recordCheck(tx, recordOf({ ok: true, end }, null, key, now));
      writeWitnessFile(end, key, now);
    });
  });
}

const START: ChainEnd = { sequence: 0, hash: "" };

/** Where a check of what is new begins: where the last one ended well, if that place is still as it was. */
async function goOnFrom(tx: Tx, checked: HeadRow | null, keys: readonly AuditKey[]): Promise<ChainEnd | null> {
  if (checked === null || checked.problem !== null || !isGenuine(checked, keys)) return null;
  const { sequence, hash } = checked;
  return (await readAuditHash(tx, sequence)) === hash ? { sequence, hash } : null;
}

/** A broken chain's check keeps how long it was known to be: a cut must not be forgotten by the next check. */
function recordOf(found: { ok: true; end: ChainEnd } | Verified, known: ChainEnd | null, key: AuditKey, now: Date) {
  const { sequence, hash } = found.ok || known === null ? found.end : known;
  const problem = found.ok ? null : JSON.stringify(found.problem);
  const mac = headMac("checked", { sequence, hash, more: moreOf(now, problem) }, key);
  return { sequence, hash, at: now, problem, keyId: key.id, mac };
}

function trusted(row: HeadRow, keys: readonly AuditKey[]): ChainEnd | null {
  return isGenuine(row, keys) ? row : null;
}

function keepWitness(end: ChainEnd, key: AuditKey, now: Date): void {
  try {
    writeWitnessFile(end, key, now);
  } catch (error) {
    log.warn({ error: (error as Error).message }, "the audit's head could not be kept beside the keys");
  }
}

function said(row: HeadRow, keys: readonly AuditKey[]): WitnessSaid {
  return { by: "checked", sequence: row.sequence, hash: row.hash, genuine: isGenuine(row, keys) };
}

function isGenuine(row: HeadRow, keys: readonly AuditKey[]): boolean {
  const key = keys.find(({ id }) => id === row.keyId);
  const { sequence, hash } = row;
  return key !== undefined && constantTimeEqual(row.mac, headMac("checked", { sequence, hash, more: moreOf(row.at, row.problem) }, key));
}

function moreOf(at: Date, problem: string | null): string {
  return JSON.stringify([at.toISOString(), problem]);
}
