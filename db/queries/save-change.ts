import { prepared, type Tx } from "#db/client.ts";
import type { Attempt, Order } from "#db/queries/locks.ts";
import type { NotificationVerdict, VerdictReason } from "#db/schema/notifications.ts";
import type { OrderEventType } from "#db/schema/order-events.ts";
import { storableJson } from "#db/storable.ts";

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

/** How many orders' changes one statement writes at most. */
export const CHANGES_MOST = 16;

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

/** An order's webhooks are owed to these endpoints. */
export interface ToldEndpoint {
  orderId: string;
  endpointId: string;
}

/**
 * Writes changes of so many orders, all of them or none, and gives the endpoints that are owed webhooks by them. Updates are
 * guarded by the state (and the event sequence) read under the lock: when a guard does not hold, the lock was not held, which is a
 * bug, and the transaction fails rather than write half of it.
 */
export async function saveChanges(tx: Tx, changes: readonly Change[]): Promise<ToldEndpoint[]> {
  const of = <T>(list: (change: Change) => readonly T[]) =>
    storableJson(changes.flatMap((change) => list(change).map((one) => ({ order_id: change.order.id, ...one }))));
  const rows = await prepared<{ orders: number; attempts: number; told: [string, string][] }>(tx, "save_changes", SAVE_CHANGES, [
    storableJson(changes.map(orderPatch)),
    of((change) => change.attempts.map(attemptPatch)),
    of((change) => change.events),
    of((change) => change.deliveries),
    of((change) => (change.notification ? [change.notification] : [])),
  ]);
  const [written] = rows;
  const touched = changes.reduce((sum, change) => sum + change.attempts.length, 0);
  if (written?.orders !== changes.length || written.attempts !== touched) {
    throw new Error(`order ${changes.map(({ order }) => order.id).join(", ")}: changed outside its lock`);
  }
  return written.told.map(([orderId, endpointId]) => ({ orderId, endpointId }));
}

function orderPatch({ before, order }: Change): Record<string, unknown> {
  return {
    id: order.id,
    merchant_id: order.merchantId,
    endpoint_id: order.endpointId,
    live: order.live,
    was_state: before.state,
    was_sequence: before.eventSequence,
    state: order.state,
    event_sequence: order.eventSequence,
    paid_at: order.paidAt,
    paid_attempt_id: order.paidAttemptId,
    paid_late: order.paidLate,
    paid_amount: order.paidAmount.toString(),
    refunded_amount: order.refundedAmount.toString(),
    needs_review: order.needsReview,
  };
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

// `state || ''`: else a planner without statistics takes the partial index of open orders for this and reads all of them. The
// `any(array(…))` and `lateral` make it take steps into indexes: of a function's rows it expects a hundred, and would rather join a
// table whole that it knows from when it was small.
const SAVE_CHANGES = `
with c as materialized (
  select * from jsonb_to_recordset($1::jsonb) as c(id text, merchant_id text, endpoint_id text, live boolean, was_state text,
    was_sequence int, state text, event_sequence int, paid_at timestamptz, paid_attempt_id text, paid_late boolean, paid_amount bigint,
    refunded_amount bigint, needs_review boolean)
  limit ${CHANGES_MOST}
), o as (
  update orders t set state = c.state, event_sequence = c.event_sequence, paid_at = c.paid_at, paid_attempt_id = c.paid_attempt_id,
    paid_late = c.paid_late, paid_amount = c.paid_amount, refunded_amount = c.refunded_amount, needs_review = c.needs_review,
    updated_at = now()
  from c where t.id = any(array(select id from c)) and t.id = c.id and t.merchant_id = c.merchant_id and t.state || '' = c.was_state and t.event_sequence = c.was_sequence
  returning 1
), p as materialized (
  select * from jsonb_to_recordset($2::jsonb) as p(order_id text, id text, "from" text, state text, gateway_ref text, wallet_ref text,
    presentation jsonb, problem text, surplus boolean, pay_amount text, pay_currency text, exchange_rate text, payer text,
    refunded_amount bigint, next_sweep_at timestamptz, close_due_at timestamptz, gateway_closed_at timestamptz,
    last_queried_at timestamptz, seen_at timestamptz, sweeps int, paid_at timestamptz)
), a as (
  update attempts t set state = p.state, gateway_ref = p.gateway_ref, wallet_ref = p.wallet_ref, presentation = p.presentation, problem = p.problem,
    surplus = p.surplus, pay_amount = p.pay_amount, pay_currency = p.pay_currency, exchange_rate = p.exchange_rate,
    payer = p.payer, refunded_amount = p.refunded_amount, next_sweep_at = p.next_sweep_at,
    close_due_at = p.close_due_at, gateway_closed_at = p.gateway_closed_at,
    last_queried_at = p.last_queried_at, seen_at = p.seen_at, sweeps = p.sweeps, paid_at = p.paid_at, updated_at = now()
  from p where t.id = any(array(select id from p)) and t.id = p.id and t.order_id = p.order_id and t.state = p."from"
  returning 1
), e as (
  insert into order_events (order_id, sequence, merchant_id, type, actor, data, at)
  select c.id, e.sequence, c.merchant_id, e.type, e.actor, e.data, e.at
  from jsonb_to_recordset($3::jsonb) as e(order_id text, sequence int, type text, actor text, data jsonb, at timestamptz)
  join c on c.id = e.order_id
), told as (
  -- Its own notify_url's endpoint, and every endpoint of the merchant's own in the same mode that wants the type.
  select c.id as order_id, w.id, w.format, null::text[] as types
  from c cross join lateral (select id, format from webhook_endpoints where id = c.endpoint_id limit 1) w
  union all
  select c.id, w.id, w.format, w.event_types
  from c cross join lateral (select id, format, event_types from webhook_endpoints
    where merchant_id = c.merchant_id and kind = 'merchant' and deleted_at is null and live = c.live offset 0) w
), d as (
  -- Due at once by the job that is sent along; the ticker makes another if that one is lost.
  insert into deliveries (id, merchant_id, endpoint_id, order_id, sequence, type, body, format, next_try_at, lease_until)
  select case when w.id = c.endpoint_id then d.id else 'msg_' || md5(d.id || w.id) end, c.merchant_id, w.id, c.id, d.sequence, d.type,
    d.body, w.format, now(), now() + interval '15 seconds'
  from jsonb_to_recordset($4::jsonb) as d(order_id text, id text, sequence int, type text, body text, common boolean, "inGatewayWords" boolean)
  join c on c.id = d.order_id
  join told w on w.order_id = c.id and (w.format = 'standard' or d."inGatewayWords")
    and case when w.types is null then d.common else d.type = any(w.types) end
  returning order_id, endpoint_id
), n as (
  insert into notifications (id, merchant_id, account_id, fingerprint, gateway_order_no, order_id, attempt_id, verdict, why, fields, raw)
  select n.id, c.merchant_id, n."accountId", n.fingerprint, n."gatewayOrderNo", n."orderId", n."attemptId", n.verdict, n.why, n.fields, n.raw
  from jsonb_to_recordset($5::jsonb) as n(order_id text, id text, "accountId" text, fingerprint text, "gatewayOrderNo" text, "orderId" text,
    "attemptId" text, verdict text, why text, fields jsonb, raw text)
  join c on c.id = n.order_id
)
select (select count(*)::int from o) as orders, (select count(*)::int from a) as attempts,
  (select coalesce(jsonb_agg(distinct jsonb_build_array(order_id, endpoint_id)), '[]') from d) as told`;
