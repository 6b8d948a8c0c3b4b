import { prepared, type Tx } from "#db/client.ts";

/**
 * What is due by the database's clock, claimed so that no other worker asks for it at the same time: each claim moves the
 * row's due time on (or leases it), so a worker that dies loses nothing but a little time. At most `limit` of each.
 */

/**
 * Attempts to ask the gateway about. The next step of the schedule is written by the query itself; this one leases a minute,
 * for a scanned code (the shopper stands at the counter) ten seconds.
 */
export async function claimSweeps(tx: Tx, limit: number): Promise<string[]> {
  return ids(
    tx,
    "claim_sweeps",
    `update attempts set next_sweep_at = now() + case when method like '%.barcode' then interval '10 seconds' else interval '60 seconds' end
     where id in (
       select id from attempts where next_sweep_at <= now() order by next_sweep_at limit $1 for update skip locked) returning id`,
    limit,
  );
}

/** Attempts to close at the gateway: the siblings of a paid one, and scanned codes not confirmed in time. */
export async function claimCloses(tx: Tx, limit: number): Promise<string[]> {
  return ids(
    tx,
    "claim_closes",
    `update attempts set close_due_at = now() + interval '60 seconds' where id in (
       select id from attempts where close_due_at <= now() order by close_due_at limit $1 for update skip locked) returning id`,
    limit,
  );
}

/** Open orders whose time is up. */
export async function claimExpiries(tx: Tx, limit: number): Promise<string[]> {
  return ids(
    tx,
    "claim_expiries",
    `update orders set expiry_lease_until = now() + interval '60 seconds' where id in (
       select id from orders where state = 'open' and expires_at <= now() and (expiry_lease_until is null or expiry_lease_until < now())
       order by expires_at limit $1 for update skip locked) returning id`,
    limit,
  );
}

/** Refunds to send, or to ask about. */
export async function claimRefunds(tx: Tx, limit: number): Promise<string[]> {
  return ids(
    tx,
    "claim_refunds",
    `update refunds set lease_until = now() + interval '60 seconds' where id in (
       select id from refunds where next_try_at <= now() and (lease_until is null or lease_until < now())
       order by next_try_at limit $1 for update skip locked) returning id`,
    limit,
  );
}

/** Verified notifications that came before we knew their number and now have an attempt: the last day's. */
export async function matchableOrphans(tx: Tx, limit: number): Promise<{ notificationId: string; attemptId: string }[]> {
  return prepared(
    tx,
    "matchable_orphans",
    `select n.id as "notificationId", a.id as "attemptId" from notifications n
     join attempts a on a.account_id = n.account_id and a.gateway_order_no = n.gateway_order_no
     where n.verdict = 'orphan' and n.received_at > now() - interval '1 day'
       and not exists (select 1 from notification_matches m where m.notification_id = n.id) limit $1`,
    [limit],
  );
}

async function ids(tx: Tx, name: string, text: string, limit: number): Promise<string[]> {
  return (await prepared<{ id: string }>(tx, name, text, [limit])).map((row) => row.id);
}
