import { prepared, type Tx } from "#db/client.ts";
import type { AlertKind, AlertPurpose } from "#lib/domain/alert.ts";

/** One announcer at a time in all processes, so that a group is not told in halves; false: another one is at it. */
export async function claimAnnouncing(tx: Tx): Promise<boolean> {
  const [row] = await prepared<{ mine: boolean }>(tx, "alert_lock", "select pg_try_advisory_xact_lock(7205118462) as mine", []);
  return row?.mine === true;
}

/** Alerts of one kind, merchant and mode that have not been told, or whose end has not. */
export interface AlertGroup {
  merchantId: string | null;
  kind: AlertKind;
  live: boolean | null;
  oldest: Date;
  newest: Date;
  toldAt: Date | null;
  now: Date;
  ids: string[];
}

/** At most so many are told at a time; more wait for the next. */
const GATHER_MAX = 5000;

const GROUP = `g.merchant_id as "merchantId", g.kind, g.live, min(g.at) as oldest, max(g.at) as newest, array_agg(g.id order by g.at) as ids,
  clock_timestamp() as now`;

/** What is open and has not been told, by kind, merchant and mode. What was over before it was told is told to nobody. */
export async function untoldAlerts(tx: Tx, afterSeconds: number): Promise<AlertGroup[]> {
  await prepared(
    tx,
    "alerts_over_untold",
    "update alerts set announced_at = now(), cleared_at = now() where announced_at is null and resolved_at is not null",
    [],
  );
  return prepared(
    tx,
    "alerts_untold",
    `with g as (select id, merchant_id, kind, live, last_at as at from alerts where announced_at is null order by opened_at limit $2)
     select ${GROUP}, (select max(a.announced_at) from alerts a where a.announced_at > now() - make_interval(secs => $1)
       and a.cleared_at is distinct from a.announced_at and a.kind = g.kind and a.merchant_id is not distinct from g.merchant_id and a.live is not distinct from g.live) as "toldAt"
     from g group by g.merchant_id, g.kind, g.live`,
    [afterSeconds, GATHER_MAX],
  );
}

/** What is over and was told, and whose end has not been. */
export async function unclearedAlerts(tx: Tx): Promise<AlertGroup[]> {
  return prepared(
    tx,
    "alerts_uncleared",
    `with g as (select id, merchant_id, kind, live, resolved_at as at from alerts
       where resolved_at is not null and cleared_at is null and announced_at is not null order by resolved_at limit $1)
     select ${GROUP}, null::timestamptz as "toldAt" from g group by g.merchant_id, g.kind, g.live`,
    [GATHER_MAX],
  );
}

export async function markAnnounced(tx: Tx, ids: readonly string[]): Promise<void> {
  await prepared(tx, "alerts_announced", "update alerts set announced_at = clock_timestamp() where id = any($1)", [ids]);
}

export async function markCleared(tx: Tx, ids: readonly string[]): Promise<void> {
  await prepared(tx, "alerts_cleared", "update alerts set cleared_at = clock_timestamp() where id = any($1)", [ids]);
}

/** What the announcer needs to know of a channel. */
export interface ListeningChannel {
  id: string;
  timeZone: string;
  quietFrom: number | null;
  quietTo: number | null;
  quietUrgent: boolean;
  allClear: boolean;
}

/** Channels that want to hear of a kind: the merchant's own, and the installation's where they listen to its merchants. */
export async function channelsFor(tx: Tx, group: Pick<AlertGroup, "merchantId" | "kind" | "live">): Promise<ListeningChannel[]> {
  return prepared(
    tx,
    "alert_channels_for",
    `select id, time_zone as "timeZone", quiet_from as "quietFrom", quiet_to as "quietTo", quiet_urgent as "quietUrgent", all_clear as "allClear"
     from alert_channels c where deleted_at is null and active and (kinds is null or $2 = any(kinds)) and not (live_only and $3 = false)
       and (merchant_id is not distinct from $1 or (merchant_id is null and every_merchant)) order by id`,
    [group.merchantId, group.kind, group.live],
  );
}

/** Of these alerts, those a channel has been told of or is to be told of. */
export async function toldOf(tx: Tx, channelId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await prepared<{ id: string }>(
    tx,
    "alerts_told_of",
    `select distinct u.id from alert_messages m, unnest(m.alert_ids) as u(id)
     where m.channel_id = $1 and m.purpose = 'alert' and m.state <> 'dropped' and m.created_at > now() - interval '30 days'
       and m.alert_ids && $2::text[] and u.id = any($2)`,
    [channelId, ids],
  );
  return rows.map(({ id }) => id);
}

export interface NewMessage {
  id: string;
  channelId: string;
  merchantId: string | null;
  purpose: AlertPurpose;
  kind: AlertKind | null;
  alertIds: readonly string[];
  /** Not sent before. */
  dueAt: Date;
}

/**
 * Owes a message to a channel. One of the same channel, kind and purpose that still waits (quiet hours) and has not been tried
 * takes these alerts in as well: a night is one message in the morning.
 */
export async function owe(tx: Tx, message: NewMessage): Promise<void> {
  const { id, channelId, merchantId, purpose, kind, alertIds, dueAt } = message;
  await prepared(
    tx,
    "alert_owe",
    `with joined as (
       update alert_messages set alert_ids = alert_ids || $6::text[] where id = (
         select id from alert_messages where channel_id = $2 and purpose = $4 and kind = $5 and merchant_id is not distinct from $3
           and state = 'pending' and next_try_at > now() and tries = '[]' limit 1) returning id
     )
     insert into alert_messages (id, channel_id, merchant_id, purpose, kind, alert_ids, next_try_at)
     select $1, $2, $3, $4, $5, $6, $7 where not exists (select from joined)`,
    [id, channelId, merchantId, purpose, kind, alertIds, dueAt],
  );
}

/** A channel that is to be reminded, and of what. */
export interface Reminder extends ListeningChannel {
  merchantId: string | null;
  ids: string[];
}

/** Channels whose time for a reminder has come, with what is still open that they want to hear of; marks them reminded. */
export async function claimReminders(tx: Tx): Promise<Reminder[]> {
  return prepared(
    tx,
    "alert_reminders",
    `with due as (
       select c.id, array_agg(a.id order by a.opened_at) as ids from alert_channels c join alerts a on a.resolved_at is null
         and a.announced_at < now() - make_interval(hours => c.remind_hours) and (c.kinds is null or a.kind = any(c.kinds))
         and not (c.live_only and a.live = false)
         and (a.merchant_id is not distinct from c.merchant_id or (c.merchant_id is null and c.every_merchant))
       where c.deleted_at is null and c.active and c.remind_hours > 0
         and coalesce(c.reminded_at, '-infinity') < now() - make_interval(hours => c.remind_hours)
       group by c.id
     )
     update alert_channels c set reminded_at = now() from due where c.id = due.id
     returning c.id, c.merchant_id as "merchantId", c.time_zone as "timeZone", c.quiet_from as "quietFrom", c.quiet_to as "quietTo",
       c.quiet_urgent as "quietUrgent", c.all_clear as "allClear", due.ids[1:500] as ids`,
    [],
  );
}
