import { prepared, type Tx } from "#db/client.ts";

/** Refunds that no gateway has said anything clear of for so long, minutes. */
export const REFUND_UNCLEAR_MINUTES = 30;

/** Opens an alert for each refund that has been unclear for half an hour, and ends those of refunds that are clear now. */
export async function watchRefunds(tx: Tx): Promise<void> {
  const unclear = `r.state in ('reserved','sent','unknown') and r.next_try_at is not null`;
  await prepared(
    tx,
    "watch_refunds",
    `select open_alert('refund_unclear', r.id, r.merchant_id, o.live, jsonb_build_object('order', o.id, 'reference', o.reference,
       'refund', r.id, 'number', r.refund_no, 'currency', r.currency, 'amount', r.amount::text))
     from refunds r join orders o on o.id = r.order_id
     where ${unclear} and r.created_at < now() - make_interval(mins => $1)
       and not exists (select from alerts a where a.kind = 'refund_unclear' and a.subject = r.id and a.resolved_at is null)`,
    [REFUND_UNCLEAR_MINUTES],
  );
  await endWhere(tx, "refund_unclear", `not exists (select from refunds r where r.id = a.subject and ${unclear})`);
}

/** Ends the alert of an endpoint none of whose deliveries of the last week is given up any more. */
export async function watchDeliveries(tx: Tx): Promise<void> {
  const dead = `select from deliveries d where d.merchant_id = a.merchant_id and d.endpoint_id = a.subject and d.state = 'dead'
    and d.created_at > now() - interval '7 days' and d.type <> 'webhook.test'`;
  await endWhere(tx, "delivery_dead", `a.last_at < now() - interval '1 minute' and not exists (${dead})`);
}

/** A queue, and how long its oldest due work has waited. */
export interface Waiting {
  queue: string;
  minutes: number;
}

const DUE = {
  recheck: "select min(next_sweep_at) as at from attempts where next_sweep_at is not null",
  close: "select min(close_due_at) as at from attempts where close_due_at is not null",
  // One that a worker has been asked to end waits for the gateway, not for us.
  expire: "select min(greatest(expires_at, expiry_lease_until)) as at from orders where state = 'open' and expires_at < now()",
  refund: "select min(greatest(next_try_at, lease_until)) as at from refunds where next_try_at is not null",
  payout: "select min(greatest(next_try_at, lease_until)) as at from payouts where next_try_at is not null",
  // Rows wait for their own shop's server; a job that nobody takes waits for us.
  deliver: "select min(start_after) as at from pgboss.job where name = 'deliver' and state = 'created'",
} as const;

/** Queues whose oldest due work has waited at least so long, by the database's clock. */
export async function readBacklog(tx: Tx, minutes: number): Promise<Waiting[]> {
  const each = Object.entries(DUE).map(([queue, text]) => `select '${queue}' as queue, at from (${text}) q`);
  return prepared(
    tx,
    "alert_backlog",
    `select queue, floor(extract(epoch from now() - at) / 60)::int as minutes from (${each.join(" union all ")}) all_queues
     where at < now() - make_interval(mins => $1)`,
    [minutes],
  );
}

/** Opens, keeps or ends the alerts of queues that wait. */
export async function saveBacklog(tx: Tx, waiting: readonly Waiting[]): Promise<void> {
  for (const { queue, minutes } of waiting) {
    await prepared(
      tx,
      "save_backlog",
      `select open_alert('backlog', $1, null, null, jsonb_build_object('queue', $1::text, 'minutes', $2::int))
       where not exists (select from alerts where kind = 'backlog' and subject = $1 and resolved_at is null)`,
      [queue, minutes],
    );
  }
  const text = `update alerts set resolved_at = now(), resolved_by = 'itself' where kind = 'backlog' and resolved_at is null and subject <> all($1)`;
  await prepared(tx, "end_backlog", text, [waiting.map(({ queue }) => queue)]);
}

/** How many minutes no worker has been alive; null when one was within `seconds`, or none has ever been. */
export async function minutesWithoutWorker(tx: Tx, seconds: number): Promise<number | null> {
  const [row] = await prepared<{ minutes: number | null }>(
    tx,
    "minutes_without_worker",
    `select floor(extract(epoch from now() - max(at)) / 60)::int as minutes from heartbeats having max(at) < now() - make_interval(secs => $1)`,
    [seconds],
  );
  return row?.minutes ?? null;
}

/** Opens the alert that no worker is alive, unless it is open. */
export async function openStalled(tx: Tx, minutes: number): Promise<void> {
  await prepared(
    tx,
    "open_stalled",
    `select open_alert('worker_stalled', 'worker', null, null, jsonb_build_object('minutes', $1::int))
     where not exists (select from alerts where kind = 'worker_stalled' and resolved_at is null)`,
    [minutes],
  );
}

/** Ends it: a worker is alive. Not before it was told, so that an installation that was away says so when it is back. */
export async function endStalled(tx: Tx): Promise<void> {
  await endWhere(tx, "worker_stalled", "a.announced_at is not null");
}

async function endWhere(tx: Tx, kind: string, condition: string): Promise<void> {
  const text = `update alerts a set resolved_at = now(), resolved_by = 'itself' where a.kind = '${kind}' and a.resolved_at is null and ${condition}`;
  await prepared(tx, `end_${kind}`, text, []);
}

/** Deletes what nobody looks up any more: messages and troubles that have been over for a year. */
export async function purgeAlerts(tx: Tx): Promise<void> {
  const old = "interval '1 year'";
  await prepared(tx, "purge_alert_messages", `delete from alert_messages where settled_at < now() - ${old}`, []);
  await prepared(tx, "purge_alerts", `delete from alerts where resolved_at < now() - ${old}`, []);
}
