import { prepared, type Tx } from "#db/client.ts";
import type { Attempt, Order } from "#db/queries/locks.ts";
import type { NotificationVerdict, VerdictReason } from "#db/schema/notifications.ts";
import type { OrderEventType } from "#db/schema/order-events.ts";
import { storableText } from "#db/storable.ts";

export interface NewEvent {
  sequence: number;
  type: OrderEventType;
  actor: string;
  data: Record<string, unknown>;
  at: Date;
}

/** An event to be told: which endpoints it is owed to is found as it is written. */
export interface NewDelivery {
  /** 128 random bits; the id of the order's own endpoint's delivery, and what the others' ids are made of. */
  id: string;
  sequence: number;
  type: OrderEventType;
  body: string;
  /** Told to endpoints that name no types. */
  common: boolean;
  /** The gateways' own formats have words for it. */
  inGatewayWords: boolean;
}

export interface NewNotification {
  id: string;
  accountId: string;
  fingerprint: string;
  gatewayOrderNo: string;
  orderId: string | null;
  attemptId: string | null;
  verdict: NotificationVerdict;
  why?: VerdictReason;
  fields: Record<string, string>;
  raw: string;
}

/** What a use case decided about one locked order, to be written in one statement. */
export interface Change {
  before: Order;
  order: Order;
  /** Each with the state it had under the lock. */
  attempts: { from: Attempt["state"]; attempt: Attempt }[];
  events: NewEvent[];
  deliveries: NewDelivery[];
  notification: NewNotification | null;
}

/**
 * Writes a change and gives the endpoints that are owed webhooks by it. Updates are guarded by the state (and the event sequence) read under the lock: when a guard does not
 * hold, the lock was not held, which is a bug, and the transaction fails rather than write half of it.
 */
export async function saveChange(tx: Tx, change: Change): Promise<string[]> {
  const { before, order } = change;
  const rows = await prepared<{ orders: number; attempts: number; told: string[] }>(tx, "save_change", SAVE_CHANGE, [
    order.id,
    order.merchantId,
    before.state,
    before.eventSequence,
    order.state,
    order.eventSequence,
    order.paidAt,
    order.paidAttemptId,
    order.paidLate,
    order.paidAmount.toString(),
    order.refundedAmount.toString(),
    order.needsReview,
    JSON.stringify(change.attempts.map(attemptPatch), storable),
    JSON.stringify(change.events, storable),
    JSON.stringify(change.deliveries),
    order.endpointId,
    change.notification ? JSON.stringify([change.notification], storable) : "[]",
    order.live,
  ]);
  const [written] = rows;
  if (written?.orders !== 1 || written.attempts !== change.attempts.length) {
    throw new Error(`order ${order.id}: changed outside its lock`);
  }
  return written.told;
}

/**
 * Gateways' words stand in histories and rows, and jsonb refuses two things they may hold: NUL and half a surrogate pair
 * (a message cut in the middle of an emoji). Refused, they would keep a payment's outcome from ever being written.
 */
function storable(_key: string, value: unknown): unknown {
  return typeof value === "string" ? storableText(value) : value;
}

/** JSON of a value whose texts PostgreSQL can keep. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, storable);
}

function attemptPatch({ from, attempt }: Change["attempts"][number]): Record<string, unknown> {
  return {
    id: attempt.id,
    from,
    state: attempt.state,
    gateway_ref: attempt.gatewayRef,
    wallet_ref: attempt.walletRef,
    presentation: attempt.presentation,
    problem: attempt.problem,
    surplus: attempt.surplus,
    pay_amount: attempt.payAmount,
    pay_currency: attempt.payCurrency,
    exchange_rate: attempt.exchangeRate,
    payer: attempt.payer,
    refunded_amount: attempt.refundedAmount.toString(),
    next_sweep_at: attempt.nextSweepAt,
    close_due_at: attempt.closeDueAt,
    gateway_closed_at: attempt.gatewayClosedAt,
    last_queried_at: attempt.lastQueriedAt,
    seen_at: attempt.seenAt,
    sweeps: attempt.sweeps,
    paid_at: attempt.paidAt,
  };
}

/**
 * The common table expressions `told` and `d` of a statement that owes an order's events to whom it may concern: its own
 * notify_url's endpoint, and every endpoint of the merchant's own in the same mode that wants the type. `deliveries` is jsonb,
 * a list of NewDelivery. `select distinct endpoint_id from d` are those to send a `deliver` job for, in the same transaction.
 */
export function owedWebhooks(sql: { order: string; merchant: string; notifyEndpoint: string; live: string; deliveries: string }): string {
  return `told as (
  select id, format, null::text[] as types from webhook_endpoints where id = ${sql.notifyEndpoint}
  union all
  select id, format, event_types from webhook_endpoints
  where merchant_id = ${sql.merchant} and kind = 'merchant' and deleted_at is null and live = ${sql.live}
), d as (
  -- Due at once by the job that is sent along; the ticker makes another if that one is lost.
  insert into deliveries (id, merchant_id, endpoint_id, order_id, sequence, type, body, format, next_try_at, lease_until)
  select case when e.id = ${sql.notifyEndpoint} then d.id else 'msg_' || md5(d.id || e.id) end, ${sql.merchant}, e.id, ${sql.order},
    d.sequence, d.type, d.body, e.format, now(), now() + interval '15 seconds'
  from jsonb_to_recordset(${sql.deliveries}::jsonb) as d(id text, sequence int, type text, body text, common boolean, "inGatewayWords" boolean)
  join told e on (e.format = 'standard' or d."inGatewayWords") and case when e.types is null then d.common else d.type = any(e.types) end
  returning endpoint_id
)`;
}

// `state || ''`: else a planner without statistics takes the partial index of open orders for this and reads all of them.
const SAVE_CHANGE = `
with o as (
  update orders set state = $5, event_sequence = $6::int, paid_at = $7::timestamptz, paid_attempt_id = $8, paid_late = $9,
    paid_amount = $10::bigint, refunded_amount = $11::bigint, needs_review = $12, updated_at = now()
  where id = $1 and merchant_id = $2 and state || '' = $3 and event_sequence = $4::int
  returning 1
), a as (
  update attempts t set state = p.state, gateway_ref = p.gateway_ref, wallet_ref = p.wallet_ref, presentation = p.presentation, problem = p.problem,
    surplus = p.surplus, pay_amount = p.pay_amount, pay_currency = p.pay_currency, exchange_rate = p.exchange_rate,
    payer = p.payer, refunded_amount = p.refunded_amount, next_sweep_at = p.next_sweep_at,
    close_due_at = p.close_due_at, gateway_closed_at = p.gateway_closed_at,
    last_queried_at = p.last_queried_at, seen_at = p.seen_at, sweeps = p.sweeps, paid_at = p.paid_at, updated_at = now()
  from jsonb_to_recordset($13::jsonb) as p(id text, "from" text, state text, gateway_ref text, wallet_ref text, presentation jsonb, problem text,
    surplus boolean, pay_amount text, pay_currency text, exchange_rate text, payer text, refunded_amount bigint,
    next_sweep_at timestamptz, close_due_at timestamptz, gateway_closed_at timestamptz, last_queried_at timestamptz, seen_at timestamptz, sweeps int, paid_at timestamptz)
  where t.id = p.id and t.order_id = $1 and t.state = p."from"
  returning 1
), e as (
  insert into order_events (order_id, sequence, merchant_id, type, actor, data, at)
  select $1, e.sequence, $2, e.type, e.actor, e.data, e.at
  from jsonb_to_recordset($14::jsonb) as e(sequence int, type text, actor text, data jsonb, at timestamptz)
), ${owedWebhooks({ order: "$1", merchant: "$2", notifyEndpoint: "$16", live: "$18", deliveries: "$15" })}, n as (
  insert into notifications (id, merchant_id, account_id, fingerprint, gateway_order_no, order_id, attempt_id, verdict, why, fields, raw)
  select n.id, $2, n."accountId", n.fingerprint, n."gatewayOrderNo", n."orderId", n."attemptId", n.verdict, n.why, n.fields, n.raw
  from jsonb_to_recordset($17::jsonb) as n(id text, "accountId" text, fingerprint text, "gatewayOrderNo" text, "orderId" text,
    "attemptId" text, verdict text, why text, fields jsonb, raw text)
)
select (select count(*)::int from o) as orders, (select count(*)::int from a) as attempts,
  (select coalesce(array_agg(distinct endpoint_id), '{}') from d) as told`;
