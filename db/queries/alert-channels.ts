import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { alertChannels, alertMessages } from "#db/schema/alert-channels.ts";

export type AlertChannel = typeof alertChannels.$inferSelect;
type Values = Omit<typeof alertChannels.$inferInsert, "id" | "merchantId" | "createdAt">;

/** A channel as its list shows it. */
export type ListedChannel = Omit<AlertChannel, "target"> & { lastSentAt: Date | null };

/** The channels of a merchant, or (null) the installation's own, oldest first. */
export async function listAlertChannels(tx: Tx, merchantId: string | null): Promise<ListedChannel[]> {
  const last = sql<
    string | null
  >`(select max(m.settled_at) from alert_messages m where m.channel_id = ${alertChannels.id} and m.state = 'sent')`;
  const rows = await tx
    .select({ channel: alertChannels, last })
    .from(alertChannels)
    .where(and(of(merchantId), isNull(alertChannels.deletedAt)))
    .orderBy(alertChannels.createdAt, alertChannels.id);
  return rows.map(({ channel: { target: _, ...channel }, last }) => ({ ...channel, lastSentAt: last === null ? null : new Date(last) }));
}

/** One channel of a merchant, or of the installation; null when it is another's, deleted or unknown. `lock`: its row is held. */
export async function readAlertChannel(tx: Tx, merchantId: string | null, id: string, lock = false): Promise<AlertChannel | null> {
  const query = tx
    .select()
    .from(alertChannels)
    .where(and(eq(alertChannels.id, id), of(merchantId), isNull(alertChannels.deletedAt)));
  const [row] = await (lock ? query.for("update") : query);
  return row ?? null;
}

export async function countAlertChannels(tx: Tx, merchantId: string | null): Promise<number> {
  return tx.$count(alertChannels, and(of(merchantId), isNull(alertChannels.deletedAt)));
}

export async function insertAlertChannel(tx: Tx, channel: Values & { id: string; merchantId: string | null }): Promise<void> {
  await tx.insert(alertChannels).values(channel);
}

/** Changes a channel; what waits for it is tried again at once, for the change may be what it waited for. */
export async function updateAlertChannel(tx: Tx, id: string, values: Partial<Values>): Promise<void> {
  await tx
    .update(alertChannels)
    .set({ ...values, updatedAt: sql`now()` })
    .where(eq(alertChannels.id, id));
  await tx
    .update(alertMessages)
    .set({ nextTryAt: sql`now()` })
    .where(and(eq(alertMessages.channelId, id), eq(alertMessages.state, "pending"), sql`tries <> '[]'`));
}

export type LoggedMessage = Pick<
  typeof alertMessages.$inferSelect,
  "id" | "purpose" | "kind" | "state" | "title" | "tries" | "createdAt" | "alertIds"
>;

/** What a channel was sent last, newest first. */
export async function listAlertMessages(tx: Tx, channelId: string, limit: number): Promise<LoggedMessage[]> {
  const { id, purpose, kind, state, title, tries, createdAt, alertIds } = alertMessages;
  return tx
    .select({ id, purpose, kind, state, title, tries, createdAt, alertIds })
    .from(alertMessages)
    .where(eq(alertMessages.channelId, channelId))
    .orderBy(desc(alertMessages.createdAt), desc(alertMessages.id))
    .limit(limit);
}

function of(merchantId: string | null): SQL {
  return merchantId === null ? isNull(alertChannels.merchantId) : eq(alertChannels.merchantId, merchantId);
}
