import { prepared, type Tx } from "#db/client.ts";
import { openMessage, sealMessage } from "#db/queries/kept-message.ts";
import type { DisabledReason } from "#db/schema/webhook-endpoints.ts";
import type { KeptMessage } from "#db/schema/webhooks.ts";

export interface DueDelivery {
  id: string;
  merchantId: string;
  endpointId: string;
  orderId: string | null;
  url: string;
  type: string;
  format: string;
  body: string;
  /** What was sent at the first try, where the format signs once; as stored (`openMessage`). */
  message: KeptMessage | string | null;
  /** Before this one. */
  tries: number;
  triesBefore: number;
  /** The merchant's own secret, sealed, for its orders' notify_urls; null for an endpoint with its own. */
  merchantSecret: string | null;
  /** Sealed, newest first: those that are valid now. */
  secrets: { id: string; secret: string }[];
  createdAt: Date;
}

/** Those that sign now: an endpoint's own, or the merchant's former ones that have not expired. */
const SECRETS = `(select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'secret', s.secret) order by s.created_at desc, s.id), '[]')
  from webhook_secrets s where s.merchant_id = e.merchant_id
    and s.endpoint_id is not distinct from case when e.kind = 'merchant' then e.id end
    and (s.expires_at is null or s.expires_at > now()))`;

const CLAIM = `update deliveries d set next_try_at = now() + interval '30 seconds', lease_until = null from webhook_endpoints e, merchants m`;
const CLAIMED = `d.state = 'pending' and e.id = d.endpoint_id and m.id = d.merchant_id
  returning d.id, d.merchant_id as "merchantId", d.endpoint_id as "endpointId", d.order_id as "orderId", e.url, d.type, d.format,
    d.body, d.message, d.tries, d.tries_before as "triesBefore", d.created_at as "createdAt",
    case when e.kind = 'order' then m.webhook_secret end as "merchantSecret", ${SECRETS} as secrets`;

/**
 * Claims the lowest event of a stream (an order's, a payout's) that an endpoint has not acknowledged, when it is due; later
 * ones wait for it. What is sent again by hand is a line of its own: it keeps nothing else waiting. The claim moves its next
 * try on: of two senders one gets it, and when that one dies it is due again, no try having counted.
 */
export async function claimLowestUndelivered(tx: Tx, endpointId: string, stream: string): Promise<DueDelivery | null> {
  const rows = await prepared<DueDelivery>(
    tx,
    "claim_lowest_undelivered",
    `with heads as (
       (select id, next_try_at from deliveries where endpoint_id = $1 and stream = $2 and state = 'pending' and not again order by sequence limit 1)
       union all
       (select id, next_try_at from deliveries where endpoint_id = $1 and stream = $2 and state = 'pending' and again order by sequence limit 1)
     )
     ${CLAIM} where d.id = (select id from heads where next_try_at <= now() limit 1) and d.next_try_at <= now() and e.active and ${CLAIMED}`,
    [endpointId, stream],
  );
  return rows[0] ?? null;
}

/** Claims one delivery whatever the state of its endpoint: a test is sent to a disabled one too. */
export async function claimById(tx: Tx, id: string): Promise<DueDelivery | null> {
  const rows = await prepared<DueDelivery>(tx, "claim_delivery", `${CLAIM} where d.id = $1 and ${CLAIMED}`, [id]);
  return rows[0] ?? null;
}

/** Keeps the message a delivery was first sent with; gives the one that is kept, which may be an earlier one. */
export async function keepMessage(tx: Tx, deliveryId: string, message: KeptMessage): Promise<KeptMessage> {
  const text = "update deliveries set message = coalesce(message, $2::jsonb) where id = $1 returning message";
  const sealed = JSON.stringify(sealMessage(deliveryId, message));
  const [row] = await prepared<{ message: KeptMessage | string }>(tx, "keep_message", text, [deliveryId, sealed]);
  const kept = row && openMessage(deliveryId, row.message);
  if (!kept) throw new Error(`delivery ${deliveryId} vanished`);
  return kept;
}

/** What was sent and what came of it. */
export interface MadeTry {
  url: string;
  requestHeaders: Record<string, string>;
  status: number | null;
  responseHeaders: Record<string, string>;
  responseBody: string;
  /** Why no answer came; null when one came. */
  error: string | null;
  durationMs: number;
  acknowledged: boolean;
  /** Until the next try; null: there is none. */
  waitSeconds: number | null;
  /** The endpoint is to be disabled at once (410). */
  gone: boolean;
  /** Whether a failure counts against the endpoint: a test's does not. */
  counts: boolean;
}

/**
 * When an endpoint is disabled for failing: its failed tries, none acknowledged between them, reach back this many days, …
 */
export const FAILING_DAYS = 5;
/** … were at least so many, … */
export const FAILING_TRIES = 10;
/**
 * … and never so far apart: a silence this long says nothing of the endpoint, and its next failure is the first of a new row. Longer
 * than the longest wait between two tries of one message (37.4 h, jittered), so that a message's own waits break no row.
 */
export const SILENCE_DAYS = 2;

/**
 * Writes down a claimed try and what follows from it, in one statement: acknowledged, due again in `waitSeconds`, or dead; and
 * the endpoint's health, whose row is not touched while all goes well. Gives why the endpoint was disabled, when it was.
 */
export async function saveTry(tx: Tx, delivery: Pick<DueDelivery, "id" | "tries">, made: MadeTry): Promise<DisabledReason | null> {
  const state = made.acknowledged ? "acknowledged" : made.waitSeconds === null ? "dead" : "pending";
  const rows = await prepared<{ reason: DisabledReason | null }>(tx, "save_try", SAVE_TRY, [
    delivery.id,
    delivery.tries + 1,
    made.url,
    JSON.stringify(made.requestHeaders),
    made.status,
    JSON.stringify(made.responseHeaders),
    made.responseBody,
    made.error,
    made.durationMs,
    state,
    made.waitSeconds ?? 0,
    made.gone,
    made.counts,
  ]);
  return rows[0]?.reason ?? null;
}

const SAVE_TRY = `
with t as (
  insert into delivery_tries (delivery_id, number, url, request_headers, status, response_headers, response_body, error, duration_ms)
  values ($1, $2::int, $3, $4::jsonb, $5::int, $6::jsonb, $7, $8, $9::int) on conflict do nothing
), d as (
  update deliveries set state = $10, tries = $2::int, next_try_at = now() + make_interval(secs => $11::float8),
    acknowledged_at = case when $10 = 'acknowledged' then coalesce(acknowledged_at, now()) else acknowledged_at end
  where id = $1 and state = 'pending' returning endpoint_id, order_id
), judged as (
  -- An order's notify_url serves both modes: what a test order is answered there must not keep live ones from being told.
  select e.id, f.since, f.tries, case when $10 = 'acknowledged' then null
    when $12 and (e.kind = 'merchant' or d.order_id is null or exists (select from orders o where o.id = d.order_id and o.live)
      or not exists (select from deliveries x join orders o on o.id = x.order_id where x.endpoint_id = e.id and o.live)) then 'gone'
    when $13 and f.since <= now() - interval '${FAILING_DAYS} days' and f.tries >= ${FAILING_TRIES} then 'failing' end as reason
  from d join webhook_endpoints e on e.id = d.endpoint_id cross join lateral (
    select case when goes_on then e.failing_since else now() end as since, case when goes_on then e.failed_tries else 0 end + 1 as tries
    from (select coalesce(e.failing_since is not null and e.last_failed_at > now() - interval '${SILENCE_DAYS} days', false) as goes_on) s
  ) f
)
update webhook_endpoints e set updated_at = now(),
  failing_since = case when $10 = 'acknowledged' then null when $13 then j.since else e.failing_since end,
  failed_tries = case when $10 = 'acknowledged' then 0 when $13 then j.tries else e.failed_tries end,
  last_failed_at = case when $10 = 'acknowledged' then null when $13 then now() else e.last_failed_at end,
  active = e.active and j.reason is null,
  disabled_reason = coalesce(e.disabled_reason, j.reason),
  disabled_at = case when j.reason is null then e.disabled_at else coalesce(e.disabled_at, now()) end
from judged j
where e.id = j.id and ((j.reason is not null and e.active)
  or case when $10 = 'acknowledged' then e.failing_since is not null else $13 end)
returning j.reason`;

/** What is due: a stream of an endpoint. */
export interface DueStream {
  endpointId: string;
  stream: string;
}

/**
 * Streams with a webhook that is due and nobody is at, at most `each` of one endpoint and `limit` in all, in no order among
 * endpoints: one that owes a hundred thousand does not come before the others. Endpoints that are not active are passed over
 * with all they owe. One that waits for an earlier one of its stream is leased until that one's next try: else those behind a
 * shop that is down would be claimed over and over.
 */
export async function claimDeliveries(tx: Tx, limit: number, each: number): Promise<DueStream[]> {
  return prepared(
    tx,
    "claim_deliveries",
    `with recursive owing as (
       (select endpoint_id from deliveries where state = 'pending' order by endpoint_id limit 1)
       union all
       select (select d.endpoint_id from deliveries d where d.state = 'pending' and d.endpoint_id > o.endpoint_id
         order by d.endpoint_id limit 1) from owing o where o.endpoint_id is not null
     ), shuffled as materialized (
       select e.id from owing o join webhook_endpoints e on e.id = o.endpoint_id where e.active order by random()
     ), due as (
       select d.id from shuffled s cross join lateral (${dueOf("s.id", "$2")}) d limit $1
     ) ${LEASE}`,
    [limit, each],
  );
}

/** The same of one endpoint, for whoever has just finished with it. */
export async function claimDeliveriesOf(tx: Tx, endpointId: string, limit: number): Promise<DueStream[]> {
  return prepared(
    tx,
    "claim_deliveries_of",
    `with due as (${dueOf("(select id from webhook_endpoints where id = $1 and active)", "$2")}) ${LEASE}`,
    [endpointId, limit],
  );
}

function dueOf(endpoint: string, limit: string): string {
  return `select id from deliveries where endpoint_id = ${endpoint} and state = 'pending' and next_try_at <= now()
    and (lease_until is null or lease_until < now()) order by next_try_at limit ${limit} for update skip locked`;
}

const LEASE = `, leased as (
  update deliveries d set lease_until = greatest(now() + interval '60 seconds',
    (select h.next_try_at from deliveries h where h.endpoint_id = d.endpoint_id and h.stream = d.stream and h.again = d.again
     and h.state = 'pending' and h.tries > 0 and h.sequence < d.sequence order by h.sequence limit 1))
  from due where d.id = due.id
  returning d.endpoint_id, d.stream
)
select distinct endpoint_id as "endpointId", stream from leased`;
