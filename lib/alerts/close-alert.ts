import { type Database, db, inTransaction } from "#db/client.ts";
import { closeAlert } from "#db/queries/alerts.ts";
import { appendAudit } from "#db/queries/audit.ts";
import type { ChannelOwner } from "#lib/alerts/channels.ts";
import { ALERT_KINDS, KINDS } from "#lib/domain/alert.ts";

/**
 * A person closes an alert: nobody is reminded of it any more, and the same trouble again is a new one. What only time and the
 * rows can end (an unclear refund, a backlog) cannot be closed. False when it is not open, not theirs, or of such a kind.
 */
export async function closeAlertByHand(owner: ChannelOwner, id: string, database: Database = db()): Promise<boolean> {
  return inTransaction(database, async (tx) => {
    const { merchantId, actor } = owner;
    const closable = KINDS.filter((kind) => ALERT_KINDS[kind].closable);
    const closed = await closeAlert(tx, merchantId, id, actor.id ?? "", closable);
    if (!closed) return false;
    const action = merchantId === null ? "alerts.platform_close" : "alerts.close";
    await appendAudit(tx, {
      actor,
      merchantId,
      action,
      target: { kind: "alert", id },
      detail: { kind: closed.kind, subject: closed.subject },
    });
    return true;
  });
}
