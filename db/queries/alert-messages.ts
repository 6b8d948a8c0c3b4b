import { prepared, type Tx } from "#db/client.ts";
import type { AlertTry } from "#db/schema/alert-channels.ts";
import type { AlertFacts, AlertKind, AlertPurpose, AlertService } from "#lib/domain/alert.ts";

/** A message that is to be sent now, with its channel; `target` is sealed. */
export interface DueMessage {
  id: string;
  channelId: string;
  merchantId: string | null;
  merchantName: string | null;
  purpose: AlertPurpose;
  kind: AlertKind | null;
  alertIds: string[];
  tries: AlertTry[];
  createdAt: Date;
  service: AlertService;
  channelName: string;
  target: string;
  locale: string;
  timeZone: string;
  /** Of a channel that is paused or gone nothing is sent. */
  listening: boolean;
}

/** Messages that are due and nobody is at, leased for a minute: what the ticker makes jobs of. */
export async function claimAlertMessages(tx: Tx, limit: number): Promise<string[]> {
  const rows = await prepared<{ id: string }>(
    tx,
    "claim_alert_messages",
    `update alert_messages set lease_until = now() + interval '60 seconds' where id in (
       select id from alert_messages where state = 'pending' and next_try_at <= now() and (lease_until is null or lease_until < now())
       order by next_try_at limit $1 for update skip locked) returning id`,
    [limit],
  );
  return rows.map(({ id }) => id);
}

/** Takes one due message: of two senders one gets it, and when that one dies it is due again in a minute and a half. */
export async function takeAlertMessage(tx: Tx, id: string): Promise<DueMessage | null> {
  const [row] = await prepared<DueMessage>(
    tx,
    "take_alert_message",
    `update alert_messages m set next_try_at = now() + interval '90 seconds', lease_until = null from alert_channels c
     where m.id = $1 and m.state = 'pending' and m.next_try_at <= now() and c.id = m.channel_id
     returning m.id, m.channel_id as "channelId", m.merchant_id as "merchantId", m.purpose, m.kind, m.alert_ids as "alertIds", m.tries,
       m.created_at as "createdAt", c.service, c.name as "channelName", c.target, c.locale, c.time_zone as "timeZone",
       c.active and c.deleted_at is null or m.purpose = 'test' as listening,
       (select name from merchants x where x.id = coalesce(m.merchant_id, c.merchant_id)) as "merchantName"`,
    [id],
  );
  return row ?? null;
}

export interface ToldAlert {
  id: string;
  kind: AlertKind;
  live: boolean | null;
  facts: AlertFacts;
  count: number;
  openedAt: Date;
  resolvedAt: Date | null;
}

/** The alerts a message is about, oldest first. */
export async function alertsOf(tx: Tx, ids: readonly string[]): Promise<ToldAlert[]> {
  return prepared(
    tx,
    "alerts_of_message",
    `select id, kind, live, facts, count, opened_at as "openedAt", resolved_at as "resolvedAt" from alerts where id = any($1) order by opened_at`,
    [ids],
  );
}

/** Whether a channel was told of any of these troubles: else nobody needs to hear that they are over. */
export async function wasTold(tx: Tx, channelId: string, ids: readonly string[]): Promise<boolean> {
  const [row] = await prepared<{ told: boolean }>(
    tx,
    "alert_was_told",
    `select exists (select from alert_messages where channel_id = $1 and purpose = 'alert' and state = 'sent' and alert_ids && $2::text[]) as told`,
    [channelId, ids],
  );
  return row?.told === true;
}

export interface MessageOutcome {
  state: "pending" | "sent" | "failed" | "dropped";
  /** What was sent; null when nothing was. */
  title: string | null;
  body: string | null;
  /** Null when nothing was tried. */
  made: AlertTry | null;
  /** Until the next try, while `pending`. */
  waitSeconds: number;
}

/** Writes down a try and what follows from it, and how the channel does. */
export async function saveAlertTry(tx: Tx, message: Pick<DueMessage, "id" | "channelId">, outcome: MessageOutcome): Promise<void> {
  const { state, title, body, made, waitSeconds } = outcome;
  await prepared(
    tx,
    "save_alert_try",
    `with m as (
       update alert_messages set state = $2, title = coalesce($3, title), body = coalesce($4, body),
         tries = case when $5::jsonb is null then tries else tries || $5::jsonb end,
         next_try_at = now() + make_interval(secs => $6), settled_at = case when $2 = 'pending' then null else now() end
       where id = $1 and state = 'pending' returning 1
     )
     update alert_channels set failing_since = case when $7 then null else coalesce(failing_since, now()) end
     where id = $8 and $5::jsonb is not null and (failing_since is null) <> $7`,
    [message.id, state, title, body, made && JSON.stringify([made]), waitSeconds, made?.ok === true, message.channelId],
  );
}

/** A test message, due at once for whoever makes it: leased, so that no worker takes it away. It is not tried again. */
export async function insertTestMessage(tx: Tx, message: { id: string; channelId: string; merchantId: string | null }): Promise<void> {
  await prepared(
    tx,
    "insert_test_message",
    "insert into alert_messages (id, channel_id, merchant_id, purpose, lease_until) values ($1, $2, $3, 'test', now() + interval '60 seconds')",
    [message.id, message.channelId, message.merchantId],
  );
}
