import { type Database, inTransaction, type Tx } from "#db/client.ts";
import {
  type AlertGroup,
  channelsFor,
  claimAnnouncing,
  claimReminders,
  type ListeningChannel,
  markAnnounced,
  markCleared,
  owe,
  toldOf,
  unclearedAlerts,
  untoldAlerts,
} from "#db/queries/alert-announcing.ts";
import { ALERT_KINDS, GATHER } from "#lib/domain/alert.ts";
import { timeToTell } from "#lib/domain/alert-gathering.ts";
import { newId } from "#lib/domain/ids.ts";
import { quietUntil } from "#lib/domain/quiet-hours.ts";

/**
 * Turns alerts into messages owed to channels: each alert once, gathered by kind, merchant and mode; and tells where a trouble
 * that was told is over. Marking and owing are one transaction, and one process does it at a time. Gives how many alerts were
 * dealt with.
 */
export async function announceAlerts(database: Database): Promise<number> {
  return inTransaction(database, async (tx) => {
    if (!(await claimAnnouncing(tx))) return 0;
    let count = 0;
    for (const group of await untoldAlerts(tx, GATHER.after)) {
      if (!timeToTell(group, group.now)) continue;
      for (const channel of await channelsFor(tx, group)) await oweAlert(tx, channel, group);
      await markAnnounced(tx, group.ids);
      count += group.ids.length;
    }
    for (const group of await unclearedAlerts(tx)) {
      if (!timeToTell(group, group.now)) continue;
      if (ALERT_KINDS[group.kind].clears) await oweAllClear(tx, group);
      await markCleared(tx, group.ids);
      count += group.ids.length;
    }
    return count;
  });
}

/** Reminds channels of what is still open, after as many hours as each has asked for: one message of all kinds. */
export async function remindOfAlerts(database: Database, now: Date = new Date()): Promise<number> {
  return inTransaction(database, async (tx) => {
    if (!(await claimAnnouncing(tx))) return 0;
    const reminders = await claimReminders(tx);
    for (const { ids, merchantId, ...channel } of reminders) {
      const message = { id: newId("alertMessage"), channelId: channel.id, merchantId, purpose: "reminder", kind: null } as const;
      await owe(tx, { ...message, alertIds: ids, dueAt: dueAt(channel, false, now) });
    }
    return reminders.length;
  });
}

async function oweAlert(tx: Tx, channel: ListeningChannel, { ids, kind, merchantId, now }: AlertGroup): Promise<void> {
  const message = { id: newId("alertMessage"), channelId: channel.id, merchantId, purpose: "alert", kind } as const;
  await owe(tx, { ...message, alertIds: ids, dueAt: dueAt(channel, ALERT_KINDS[kind].urgent, now) });
}

/** Only where the trouble itself was told, or is about to be. */
async function oweAllClear(tx: Tx, group: AlertGroup): Promise<void> {
  const { kind, merchantId, now } = group;
  for (const channel of await channelsFor(tx, group)) {
    const told = channel.allClear ? await toldOf(tx, channel.id, group.ids) : [];
    if (told.length === 0) continue;
    const message = { id: newId("alertMessage"), channelId: channel.id, merchantId, purpose: "all_clear", kind } as const;
    await owe(tx, { ...message, alertIds: told, dueAt: dueAt(channel, ALERT_KINDS[kind].urgent, now) });
  }
}

/** Now, or the end of the channel's quiet hours. */
function dueAt(channel: ListeningChannel, urgent: boolean, now: Date): Date {
  const { quietFrom: from, quietTo: to, timeZone, quietUrgent } = channel;
  if (from === null || to === null || (urgent && quietUrgent)) return now;
  return quietUntil({ from, to }, timeZone, now) ?? now;
}
