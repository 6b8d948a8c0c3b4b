import { prepared, type Tx } from "#db/client.ts";

/** What became of claiming an idempotency key. `claimed`: run it; `made`: what an earlier run has committed; `leaseUntil`: this run's. */
export type Claim =
  | { kind: "claimed"; seed: string; createdAt: Date; leaseUntil: Date; made: string | null }
  | { kind: "in_flight" }
  | { kind: "reused" }
  | { kind: "done"; status: number; body: string };

interface Row extends Record<string, unknown> {
  claimed: boolean;
  seed: string;
  createdAt: Date;
  leaseUntil: Date;
  made: string | null;
  requestHash: string;
  status: number | null;
  body: string | null;
}

// One statement: claims a fresh key, or one whose runner is believed dead (its lease is over, no answer kept); else tells what is there.
const CLAIM = `
with mine as (
  insert into idempotency_keys as k (merchant_id, key, request_hash, seed, lease_until)
  values ($1, $2, $3, $4, now() + make_interval(secs => $5))
  on conflict (merchant_id, key) do update set lease_until = excluded.lease_until
    where k.status is null and k.lease_until <= now() and k.request_hash = excluded.request_hash
  returning seed, created_at, lease_until, made
)
select true as claimed, seed, created_at as "createdAt", lease_until as "leaseUntil", made, null as "requestHash", null::int as status, null as body from mine
union all
select false, seed, created_at, lease_until, made, request_hash, status, body from idempotency_keys where merchant_id = $1 and key = $2 and not exists (select 1 from mine)`;

/**
 * Claims a key for `leaseSeconds`. The statement's own snapshot may miss a row that another request has just committed; then
 * neither part has a row, and it is asked once more.
 */
export async function claimIdempotencyKey(
  tx: Tx,
  claim: { merchantId: string; key: string; requestHash: string; seed: string; leaseSeconds: number },
): Promise<Claim> {
  const values = [claim.merchantId, claim.key, claim.requestHash, claim.seed, claim.leaseSeconds];
  const [row] = await prepared<Row>(tx, "idempotency_claim", CLAIM, values);
  const found = row ?? (await prepared<Row>(tx, "idempotency_claim", CLAIM, values))[0];
  if (!found) return { kind: "in_flight" };
  const { seed, createdAt, leaseUntil, made } = found;
  if (found.claimed) return { kind: "claimed", seed, createdAt, leaseUntil, made };
  if (found.requestHash !== claim.requestHash) return { kind: "reused" };
  return found.status === null || found.body === null ? { kind: "in_flight" } : { kind: "done", status: found.status, body: found.body };
}

/**
 * Writes down, in the transaction of a run's change, what it changed or made. False when this run's lease is over and another has
 * claimed the key: that one will do it, and this change must not be committed.
 */
export async function noteMade(tx: Tx, at: LeasedKey, id: string): Promise<boolean> {
  const text = `update idempotency_keys set made = $3 where merchant_id = $1 and key = $2 and status is null and lease_until = $4 returning 1 as one`;
  return (await prepared(tx, "idempotency_made", text, [at.merchantId, at.key, id, at.leaseUntil])).length === 1;
}

/** A run of a key: whoever claims the key anew has another lease, and what an overtaken run says then counts for nothing. */
interface LeasedKey {
  merchantId: string;
  key: string;
  leaseUntil: Date;
}

/** Keeps the answer of the run that has the key; only the first one stays. */
export async function keepAnswer(tx: Tx, at: LeasedKey, status: number, body: string): Promise<void> {
  const text =
    "update idempotency_keys set status = $3, body = $4 where merchant_id = $1 and key = $2 and status is null and lease_until = $5";
  await prepared(tx, "idempotency_keep_leased", text, [at.merchantId, at.key, status, body, at.leaseUntil]);
}

/** Ends the run's own lease at once, so that the next request under this key runs. The row stays: its seed names what was made. */
export async function endLease(tx: Tx, at: LeasedKey): Promise<void> {
  // The column keeps milliseconds: rounded up, `now()` would be a moment that is not over yet.
  const text =
    "update idempotency_keys set lease_until = now() - interval '1 second' where merchant_id = $1 and key = $2 and status is null and lease_until = $3";
  await prepared(tx, "idempotency_end_own_lease", text, [at.merchantId, at.key, at.leaseUntil]);
}

/** Removes keys and logged requests whose time is over, a bounded number at once; gives how many. */
export async function purgeApiRows(tx: Tx, keep: { idempotencyHours: number; requestDays: number; most: number }): Promise<number> {
  const text = `
    with k as (delete from idempotency_keys where ctid in (
        select ctid from idempotency_keys where created_at < now() - make_interval(hours => $1) order by created_at limit $3) returning 1),
      r as (delete from api_requests where id in (
        select id from api_requests where at < now() - make_interval(days => $2) order by at limit $3) returning 1)
    select ((select count(*) from k) + (select count(*) from r))::int as gone`;
  const [row] = await prepared<{ gone: number }>(tx, "purge_api_rows", text, [keep.idempotencyHours, keep.requestDays, keep.most]);
  return row?.gone ?? 0;
}
