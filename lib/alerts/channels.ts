import { type Database, db, inTransaction, type Tx } from "#db/client.ts";
import {
  type AlertChannel,
  countAlertChannels,
  insertAlertChannel,
  readAlertChannel,
  updateAlertChannel,
} from "#db/queries/alert-channels.ts";
import { insertTestMessage } from "#db/queries/alert-messages.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { storableText } from "#db/storable.ts";
import { type ChannelInput, type ChannelValues, readChannel, shownTarget, type WrongField } from "#lib/alerts/channel-fields.ts";
import type { Target } from "#lib/alerts/chat-service.ts";
import { type Sent, sendAlert, TARGET_COLUMN } from "#lib/alerts/send-alert.ts";
import type { AuditActor, AuditDetail } from "#lib/domain/audit.ts";
import { newId } from "#lib/domain/ids.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

/** Channels of a merchant, or of the installation. */
export const CHANNELS_MAX = 20;

/** Whose channels: a merchant's, or (null) the installation's; and who does it. */
export interface ChannelOwner {
  merchantId: string | null;
  actor: AuditActor;
}

export type SavedChannel = { ok: true; id: string } | { ok: false; wrong: WrongField } | { ok: false; problem: "gone" | "limit" };

/** Makes a channel, or changes one (`id`). A secret left empty stays; the audit says what was changed, never to where exactly. */
export async function saveChannel(
  owner: ChannelOwner,
  input: ChannelInput & { id: string | null; timeZone: string },
  database: Database = db(),
): Promise<SavedChannel> {
  return inTransaction(database, async (tx): Promise<SavedChannel> => {
    const before = input.id === null ? null : await readAlertChannel(tx, owner.merchantId, input.id, true);
    if (input.id !== null && !before) return { ok: false, problem: "gone" };
    const stored = before && before.service === input.service ? targetOf(before) : null;
    const read = readChannel(input, stored);
    if (!read.ok) return read;
    if (!before && (await countAlertChannels(tx, owner.merchantId)) >= CHANNELS_MAX) return { ok: false, problem: "limit" };
    const id = before?.id ?? newId("alertChannel");
    const row = rowOf(id, read.values, input.timeZone);
    if (before) await updateAlertChannel(tx, id, row);
    else await insertAlertChannel(tx, { ...row, id, merchantId: owner.merchantId });
    const { service, name, kinds } = read.values;
    await note(tx, owner, "save", id, { what: before ? "edited" : "added", service, name, kinds: kinds?.join(" ") ?? "all" });
    return { ok: true, id };
  });
}

export const CHANNEL_VERBS = ["pause", "resume", "delete"] as const;
export type ChannelVerb = (typeof CHANNEL_VERBS)[number];

/** Pauses, resumes or deletes a channel; false when it is no longer there. */
export async function switchChannel(owner: ChannelOwner, id: string, verb: ChannelVerb, database: Database = db()): Promise<boolean> {
  return inTransaction(database, async (tx) => {
    const channel = await readAlertChannel(tx, owner.merchantId, id, true);
    if (!channel) return false;
    await updateAlertChannel(tx, id, verb === "delete" ? { active: false, deletedAt: new Date() } : { active: verb === "resume" });
    await note(tx, owner, "switch", id, { what: verb, service: channel.service, name: channel.name });
    return true;
  });
}

/** Sends one test message now and gives what the service answered; null when the channel is no longer there. */
export async function testChannel(owner: ChannelOwner, id: string, database: Database = db()): Promise<Sent | null> {
  const messageId = newId("alertMessage");
  const there = await inTransaction(database, async (tx) => {
    const channel = await readAlertChannel(tx, owner.merchantId, id);
    if (!channel) return false;
    await insertTestMessage(tx, { id: messageId, channelId: id, merchantId: owner.merchantId });
    await note(tx, owner, "test", id, { service: channel.service, name: channel.name });
    return true;
  });
  return there ? sendAlert(messageId, database) : null;
}

/** What is stored of where a channel leads. */
export function targetOf(channel: Pick<AlertChannel, "id" | "target">): Target {
  return JSON.parse(unsealFor(TARGET_COLUMN, channel.id, channel.target)) as Target;
}

function rowOf(id: string, values: ChannelValues, timeZone: string) {
  const { target, name, service, ...rest } = values;
  const sealed = sealFor(TARGET_COLUMN, id, JSON.stringify(target));
  return { ...rest, service, name: storableText(name), target: sealed, shown: shownTarget(service, target), timeZone };
}

type Verb = "save" | "switch" | "test";

function note(tx: Tx, { merchantId, actor }: ChannelOwner, verb: Verb, id: string, detail: AuditDetail): Promise<void> {
  const action = merchantId === null ? (`alerts.platform_${verb}` as const) : (`alerts.${verb}` as const);
  return appendAudit(tx, { actor, merchantId, action, target: { kind: "alert_channel", id }, detail });
}
