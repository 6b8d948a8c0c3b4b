import { atCommit, prepared, type Tx } from "#db/client.ts";
import { HEADS } from "#db/queries/audit-chain.ts";
import { storableText } from "#db/storable.ts";
import { type AuditEntry, clip, detailText } from "#lib/domain/audit.ts";
import { type AuditFacts, headMac, proofOf } from "#lib/domain/audit-chain.ts";
import { auditKeys } from "#lib/secrets.ts";

/**
 * Appends one privileged action to the audit, in the transaction that makes its change: neither is without the other. Whenever it
 * is called, it is written last, right before the commit: it locks the chain's end, so that whoever appends next waits, and an
 * append before other locks could wait for somebody who waits for it. Rows of one transaction follow one another as they were
 * called for. Texts are cut at 300 characters. Throws outside a transaction of `inTransaction`.
 */
export async function appendAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  atCommit(tx, () => write(tx, entry));
}

async function write(tx: Tx, entry: AuditEntry): Promise<void> {
  const [key] = auditKeys();
  if (!key) throw new Error("no audit key");
  const [head] = await prepared<{ sequence: string; hash: string; at: Date }>(
    tx,
    "lock_audit_head",
    "select sequence, hash, date_trunc('milliseconds', clock_timestamp()) as at from audit_heads where id = $1 for update",
    [HEADS.head],
  );
  if (!head) throw new Error("the audit has no head");
  const { actor, target } = entry;
  const facts: AuditFacts = {
    sequence: Number(head.sequence) + 1,
    at: head.at,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: text(actor.name),
    merchantId: entry.merchantId,
    action: entry.action,
    targetKind: target && text(target.kind),
    targetId: target && text(target.id),
    detail: storableText(detailText(entry.detail)),
    ip: text(actor.ip),
    userAgent: text(actor.userAgent),
    keyId: key.id,
  };
  const { marks, hash } = proofOf(facts, head.hash, key);
  const mac = headMac("head", { sequence: facts.sequence, hash }, key);
  await prepared(tx, "append_audit", APPEND, [...Object.values(facts), marks, hash, HEADS.head, mac]);
}

/** What a use case writes along with its change, in its transaction. `id`: of the thing that was changed or made. */
export type Also = (tx: Tx, id: string) => Promise<void>;

/** Nothing along with it: for what no privileged person, key or policy does. */
export const nothingAlong: Also = async () => {};

/** Writes the audit row along with a change to a thing of this kind. */
export function auditing(entry: Omit<AuditEntry, "target">, kind: string): Also {
  return async (tx, id) => {
    await appendAudit(tx, { ...entry, target: { kind, id } });
  };
}

const APPEND = `with moved as (update audit_heads set sequence = $1, hash = $15, at = $2, key_id = $13, mac = $17 where id = $16)
  insert into audit (sequence, at, actor_kind, actor_id, actor_name, merchant_id, action, target_kind, target_id, detail, ip, user_agent,
    key_id, marks, hash)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`;

function text(value: string): string {
  return clip(storableText(value));
}
