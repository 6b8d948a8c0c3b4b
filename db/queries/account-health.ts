import { prepared, type Tx } from "#db/client.ts";
import { type KnownTrouble, readTroubles, type SentTroubles, TROUBLES_OF_ACCOUNT } from "#db/queries/channels.ts";

/** How many of an account's newest calls its figures are made of at most: a day's, where it has no more. */
export const CALLS_MAX = 2000;

export interface AccountHealth {
  accountId: string;
  /** What of it failed lately, with the clock that is read against. */
  troubles: (KnownTrouble & { cause: string })[];
  calls: {
    count: number;
    /** Those the gateway answered, whatever it said. */
    answered: number;
    /** Milliseconds an answered call took: half of them at most, and nineteen of twenty. */
    p50: number | null;
    p95: number | null;
  };
  /** Tries begun in the last seven days, as far as they are counted (home_figures). */
  tries: { paid: number; ended: number };
}

const HEALTH = `
select g.id as "accountId", ${TROUBLES_OF_ACCOUNT} as troubles,
  (select jsonb_object_agg(h.scope, h.cause) from channel_health h where h.account_id = g.id) as causes,
  c.count, c.answered, c.p50, c.p95, coalesce(f.paid, 0)::int as paid, coalesce(f.ended, 0)::int as ended
from gateway_accounts g
cross join lateral (
  select count(*)::int as count, count(x.status)::int as answered,
    percentile_disc(0.5) within group (order by x.duration_ms) filter (where x.status is not null) as p50,
    percentile_disc(0.95) within group (order by x.duration_ms) filter (where x.status is not null) as p95
  from (select status, duration_ms from exchanges where account_id = g.id and started_at > now() - interval '24 hours'
    order by started_at desc limit ${CALLS_MAX}) x
) c
left join lateral (
  select sum(paid) as paid, sum(ended) as ended from home_figures
  where account_id = g.id and kind = 'attempt' and slot > now() - interval '7 days'
) f on true
where g.merchant_id = $1 and ($2::text is null or g.id = $2)`;

/** How a merchant's accounts (or one of them) have been working. */
export async function readAccountHealth(tx: Tx, merchantId: string, accountId: string | null = null): Promise<AccountHealth[]> {
  type Row = { accountId: string; troubles: SentTroubles; causes: Record<string, string> | null } & AccountHealth["calls"] &
    AccountHealth["tries"];
  const rows = await prepared<Row>(tx, "account_health", HEALTH, [merchantId, accountId]);
  return rows.map(({ accountId: id, troubles, causes, count, answered, p50, p95, paid, ended }) => ({
    accountId: id,
    troubles: readTroubles(troubles).map((trouble) => ({ ...trouble, cause: causes?.[trouble.scope] ?? "" })),
    calls: { count, answered, p50, p95 },
    tries: { paid, ended },
  }));
}

/** A call to the gateway as it was, secrets and personal data masked. */
export interface AccountCall {
  id: string;
  operation: string;
  method: string;
  url: string;
  requestBody: string;
  status: number | null;
  responseBody: string;
  error: string | null;
  durationMs: number;
  startedAt: Date;
}

/** An account's newest calls. */
export async function listAccountCalls(tx: Tx, merchantId: string, accountId: string, most: number): Promise<AccountCall[]> {
  const text = `select id, operation, method, url, request_body as "requestBody", status, response_body as "responseBody", error,
    duration_ms as "durationMs", started_at as "startedAt"
    from exchanges where account_id = $2 and merchant_id = $1 order by started_at desc limit $3`;
  return prepared<AccountCall>(tx, "account_calls", text, [merchantId, accountId, most]);
}

/**
 * Puts an account one place up or down in the order its merchant's accounts are tried, and numbers all of them anew (10, 20,
 * …). False when it is not the merchant's or stands at that end already.
 */
export async function moveAccount(tx: Tx, merchantId: string, accountId: string, by: -1 | 1): Promise<boolean> {
  const text = "select id from gateway_accounts where merchant_id = $1 order by position, id for no key update";
  const ids = (await prepared<{ id: string }>(tx, "lock_accounts", text, [merchantId])).map(({ id }) => id);
  const from = ids.indexOf(accountId);
  const other = ids[from + by];
  if (from < 0 || other === undefined) return false;
  [ids[from], ids[from + by]] = [other, accountId];
  const write = `update gateway_accounts g set position = o.place * 10 from unnest($1::text[]) with ordinality as o(id, place) where g.id = o.id`;
  await prepared(tx, "number_accounts", write, [ids]);
  return true;
}

/** Forgets that channels of this merchant's account failed: they are tried again at once. Gives what had been paused or failing. */
export async function resumeAccount(tx: Tx, merchantId: string, accountId: string): Promise<string[]> {
  const text = `delete from channel_health h using gateway_accounts g
    where g.id = h.account_id and g.id = $2 and g.merchant_id = $1 returning h.scope`;
  const rows = await prepared<{ scope: string }>(tx, "resume_account", text, [merchantId, accountId]);
  return rows.map(({ scope }) => scope);
}
