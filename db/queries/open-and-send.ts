import { prepared } from "#db/client.ts";
import type { Attempt, Order } from "#db/queries/locks.ts";
import type { NewEvent } from "#db/queries/save-change.ts";
import { columnsAs, rowAs } from "#db/rows.ts";
import { attempts } from "#db/schema/attempts.ts";
import { orders } from "#db/schema/orders.ts";
import { storableJson } from "#db/storable.ts";
import { together } from "#db/together.ts";
import type { AttemptState } from "#lib/domain/attempt.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { Presentation } from "#lib/domain/presentation.ts";

/** An order and its first attempt, committed as sent, both by one statement. Money in minor units, times in seconds from now. */
export interface NewSentOrder {
  order: Pick<
    Order,
    | "id"
    | "token"
    | "merchantId"
    | "reference"
    | "accountId"
    | "title"
    | "currency"
    | "amount"
    | "live"
    | "notifyUrl"
    | "endpointId"
    | "returnUrl"
    | "locale"
    | "metadata"
  >;
  lifetimeSeconds: number;
  attempt: { id: string; accountId: string; method: Method; gatewayOrderNo: string; state: AttemptState };
  sweepSeconds: number;
  closeSeconds: number | null;
  /** `at` is the database's clock whatever stands there. */
  events: readonly Omit<NewEvent, "at">[];
}

const ORDER = columnsAs(orders, "o", "o_");
const ATTEMPT = columnsAs(attempts, "a", "a_");

/**
 * Writes an order, its first attempt and both events in one statement, which commits by itself, and together with other shops'
 * orders that come at the same moment. Null, and nothing of it written, when the shop already has an order under this
 * reference, or an endpoint that is to be told of new orders (lib/webhooks/decisions.ts: of these two events `order.created`
 * alone, where an endpoint names it).
 */
export const insertSentOrder = together(
  async (tx, made: readonly NewSentOrder[]): Promise<({ order: Order; attempt: Attempt } | null)[]> => {
    const rows = await prepared(tx, "insert_sent_orders", INSERT_SENT_ORDERS, [storableJson(made.map(given))]);
    const written = new Map(rows.map((row) => [row.o_id as string, row]));
    return made.map(({ order }) => {
      const row = written.get(order.id);
      return row ? { order: rowAs(orders, row, "o_"), attempt: rowAs(attempts, row, "a_") } : null;
    });
  },
);

function given({ order, attempt, ...made }: NewSentOrder): Record<string, unknown> {
  return {
    id: order.id,
    token: order.token,
    merchant_id: order.merchantId,
    reference: order.reference,
    account_id: order.accountId,
    title: order.title,
    currency: order.currency,
    amount: order.amount.toString(),
    live: order.live,
    notify_url: order.notifyUrl,
    endpoint_id: order.endpointId,
    return_url: order.returnUrl,
    locale: order.locale,
    metadata: order.metadata,
    lifetime: made.lifetimeSeconds,
    attempt_id: attempt.id,
    attempt_account: attempt.accountId,
    method: attempt.method,
    gateway_order_no: attempt.gatewayOrderNo,
    attempt_state: attempt.state,
    sweep: made.sweepSeconds,
    close: made.closeSeconds,
    events: made.events,
    sequence: made.events.at(-1)?.sequence ?? 0,
  };
}

// In the order of their references, so that two such statements never wait for each other in a circle.
const INSERT_SENT_ORDERS = `
with g as (
  select * from jsonb_to_recordset($1::jsonb) as g(id text, token text, merchant_id text, reference text, account_id text, title text,
    currency text, amount bigint, live boolean, notify_url text, endpoint_id text, return_url text, locale text, metadata jsonb,
    lifetime int, attempt_id text, attempt_account text, method text, gateway_order_no text, attempt_state text, sweep int,
    close int, events jsonb, sequence int)
), o as (
  insert into orders (id, token, merchant_id, reference, account_id, title, currency, amount, live, notify_url, endpoint_id,
    return_url, locale, metadata, expires_at, event_sequence)
  select id, token, merchant_id, reference, account_id, title, currency, amount, live, notify_url, endpoint_id,
    return_url, locale, metadata, now() + make_interval(secs => lifetime), sequence
  from g
  where not exists (
    select from webhook_endpoints w
    where w.merchant_id = g.merchant_id and w.kind = 'merchant' and w.deleted_at is null and w.live = g.live
      and 'order.created' = any(w.event_types)
  )
  order by merchant_id, reference, live
  on conflict (merchant_id, reference, live) do nothing
  returning *
), a as (
  insert into attempts (id, merchant_id, order_id, account_id, method, gateway_order_no, currency, amount, state, expires_at,
    next_sweep_at, close_due_at, order_created_at)
  select g.attempt_id, o.merchant_id, o.id, g.attempt_account, g.method, g.gateway_order_no, o.currency, o.amount, g.attempt_state,
    o.expires_at, now() + make_interval(secs => g.sweep), now() + make_interval(secs => g.close), o.created_at
  from o join g on g.id = o.id
  returning *
), e as (
  insert into order_events (order_id, sequence, merchant_id, type, actor, data, at)
  select o.id, e.sequence, o.merchant_id, e.type, e.actor, e.data, now()
  from o join g on g.id = o.id, jsonb_to_recordset(g.events) as e(sequence int, type text, actor text, data jsonb)
)
select ${ORDER}, ${ATTEMPT} from o join a on a.order_id = o.id`;

/** What a gateway presented for an attempt, and the order and the attempt as their writer left them. */
export interface Presented {
  order: Pick<Order, "id" | "merchantId" | "eventSequence">;
  attempt: Pick<Attempt, "id" | "state">;
  state: AttemptState;
  presentation: Presentation;
  gatewayRef: string | null;
  exchangeRate: string | null;
  event: Omit<NewEvent, "at">;
}

/**
 * Writes what the gateway presented for an attempt nobody has touched since it was sent, with its event, together with others
 * that come at the same moment. False, and nothing of it written, when a notification (or anybody else) was faster or is at it
 * now: then the order has to be locked and looked at.
 */
export const presentUntouched = together(async (tx, told: readonly Presented[]): Promise<boolean[]> => {
  const given = told.map(({ order, attempt, state, presentation, gatewayRef, exchangeRate, event }) => ({
    id: order.id,
    merchant_id: order.merchantId,
    was: order.eventSequence,
    attempt_id: attempt.id,
    from_state: attempt.state,
    state,
    presentation,
    gateway_ref: gatewayRef,
    exchange_rate: exchangeRate,
    sequence: event.sequence,
    type: event.type,
    actor: event.actor,
    data: event.data,
  }));
  const rows = await prepared<{ id: string }>(tx, "present_untouched", PRESENT_UNTOUCHED, [storableJson(given)]);
  const written = new Set(rows.map(({ id }) => id));
  return told.map(({ order }) => written.has(order.id));
});

// The orders are locked first, as everywhere, and one that somebody else holds is theirs: nobody waits here.
const PRESENT_UNTOUCHED = `
with g as (
  select * from jsonb_to_recordset($1::jsonb) as g(id text, merchant_id text, was int, attempt_id text, from_state text, state text,
    presentation jsonb, gateway_ref text, exchange_rate text, sequence int, type text, actor text, data jsonb)
), l as (
  select o.id from g join orders o on o.id = g.id and o.merchant_id = g.merchant_id
  where o.event_sequence = g.was and o.state || '' = 'open'
  for update of o skip locked
), a as (
  update attempts t set state = g.state, presentation = g.presentation, gateway_ref = coalesce(t.gateway_ref, g.gateway_ref),
    exchange_rate = coalesce(t.exchange_rate, g.exchange_rate), updated_at = now()
  from l join g on g.id = l.id where t.id = g.attempt_id and t.order_id = l.id and t.state = g.from_state
  returning t.order_id
), o as (
  update orders t set event_sequence = g.sequence, updated_at = now()
  from a join g on g.id = a.order_id where t.id = a.order_id returning t.id
), e as (
  insert into order_events (order_id, sequence, merchant_id, type, actor, data, at)
  select g.id, g.sequence, g.merchant_id, g.type, g.actor, g.data, clock_timestamp() from o join g on g.id = o.id
)
select id from o`;
