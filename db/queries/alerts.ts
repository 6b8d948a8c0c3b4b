import { prepared, type Tx } from "#db/client.ts";
import type { AlertFacts, AlertKind } from "#lib/domain/alert.ts";

/** An alert as its screen shows it. */
export interface AlertRow {
  id: string;
  kind: AlertKind;
  subject: string;
  live: boolean | null;
  facts: AlertFacts;
  count: number;
  openedAt: Date;
  lastAt: Date;
  /** How many channels were told of it, or are about to be. */
  told: number;
  resolvedAt: Date | null;
  /** `itself`, or the name of whoever closed it. */
  resolvedBy: string | null;
}

/** Open ones shown at a time, and a page of those that are over. */
export const OPEN_SHOWN = 100;
export const HISTORY_PAGE = 30;

const ROW = `a.id, a.kind, a.subject, a.live, a.facts, a.count, a.opened_at as "openedAt", a.last_at as "lastAt", a.resolved_at as "resolvedAt",
  case when a.resolved_by = 'itself' then a.resolved_by else coalesce((select u.name from users u where u.id = a.resolved_by), a.resolved_by) end
    as "resolvedBy"`;

/** What a merchant (null: the installation) has open, oldest first, and how many there are in all. */
export async function readOpenAlerts(tx: Tx, merchantId: string | null): Promise<{ rows: AlertRow[]; total: number }> {
  const rows = await prepared<AlertRow & { total: number }>(
    tx,
    "open_alerts",
    `select ${ROW}, (select count(*)::int from alert_channels c
       where (c.merchant_id is not distinct from a.merchant_id or c.merchant_id is null) and exists (select from alert_messages m
         where m.channel_id = c.id and m.created_at >= a.opened_at and m.state in ('pending','sent') and a.id = any(m.alert_ids))) as told, count(*) over ()::int as total
     from alerts a where a.merchant_id is not distinct from $1 and a.resolved_at is null order by a.opened_at, a.id limit $2`,
    [merchantId, OPEN_SHOWN],
  );
  return { rows, total: rows[0]?.total ?? 0 };
}

/** A place in the history: the row before which the next page begins. */
export interface HistoryPlace {
  at: Date;
  id: string;
}

/** What is over, the latest opened first; `next` is where the older ones begin. */
export async function readAlertHistory(
  tx: Tx,
  merchantId: string | null,
  before: HistoryPlace | null,
): Promise<{ rows: AlertRow[]; next: HistoryPlace | null }> {
  const rows = await prepared<AlertRow>(
    tx,
    "alert_history",
    `select ${ROW}, 0 as told from alerts a where a.merchant_id is not distinct from $1 and a.resolved_at is not null
       and ($2::timestamptz is null or (a.opened_at, a.id) < ($2, $3)) order by a.opened_at desc, a.id desc limit $4`,
    [merchantId, before?.at ?? null, before?.id ?? null, HISTORY_PAGE + 1],
  );
  const last = rows.length > HISTORY_PAGE ? rows[HISTORY_PAGE - 1] : undefined;
  return { rows: rows.slice(0, HISTORY_PAGE), next: last ? { at: last.openedAt, id: last.id } : null };
}

/** A person says that an alert needs nobody any more. Its kind must be one a person may close; gives it, or null. */
export async function closeAlert(
  tx: Tx,
  merchantId: string | null,
  id: string,
  userId: string,
  kinds: readonly AlertKind[],
): Promise<{ kind: AlertKind; subject: string } | null> {
  const [row] = await prepared<{ kind: AlertKind; subject: string }>(
    tx,
    "close_alert",
    `update alerts set resolved_at = now(), resolved_by = $3, cleared_at = now(), announced_at = coalesce(announced_at, now())
     where id = $2 and merchant_id is not distinct from $1 and resolved_at is null and kind = any($4) returning kind, subject`,
    [merchantId, id, userId, kinds],
  );
  return row ?? null;
}
