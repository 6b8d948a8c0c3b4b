import { prepared, type Tx } from "#db/client.ts";
import type { Attempt, Order } from "#db/queries/locks.ts";
import { type NewEvent, storableJson } from "#db/queries/save-change.ts";
import { columnsAs, rowAs } from "#db/rows.ts";
import { attempts } from "#db/schema/attempts.ts";
import { orders } from "#db/schema/orders.ts";
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
 * Writes an order, its first attempt and both events in one statement, which commits by itself: four round trips less than a
 * transaction each. Null, and nothing written, when the shop already has an order under this reference, or an endpoint that is
 * to be told of new orders (lib/webhooks/decisions.ts: of these two events `order.created` alone, where an endpoint names it).
 */
export async function insertSentOrder(tx: Tx, made: NewSentOrder): Promise<{ order: Order; attempt: Attempt } | null> {
  const { order, attempt } = made;
  const [row] = await prepared(tx, "insert_sent_order", INSERT_SENT_ORDER, [
    order.id,
    order.token,
    order.merchantId,
    order.reference,
    order.accountId,
    order.title,
    order.currency,
    order.amount.toString(),
    order.live,
    order.notifyUrl,
    order.endpointId,
    order.returnUrl,
    order.locale,
    JSON.stringify(order.metadata),
    made.lifetimeSeconds,
    attempt.id,
    attempt.accountId,
    attempt.method,
    attempt.gatewayOrderNo,
    attempt.state,
    made.sweepSeconds,
    made.closeSeconds,
    storableJson(made.events),
    made.events.at(-1)?.sequence ?? 0,
  ]);
  return row ? { order: rowAs(orders, row, "o_"), attempt: rowAs(attempts, row, "a_") } : null;
}

const INSERT_SENT_ORDER = `
with o as (
  insert into orders (id, token, merchant_id, reference, account_id, title, currency, amount, live, notify_url, endpoint_id,
    return_url, locale, metadata, expires_at, event_sequence)
  select $1, $2, $3, $4, $5, $6, $7, $8::bigint, $9, $10, $11, $12, $13, $14::jsonb, now() + make_interval(secs => $15::int), $24::int
  where not exists (
    select from webhook_endpoints w
    where w.merchant_id = $3 and w.kind = 'merchant' and w.deleted_at is null and w.live = $9 and 'order.created' = any(w.event_types)
  )
  on conflict (merchant_id, reference, live) do nothing
  returning *
), a as (
  insert into attempts (id, merchant_id, order_id, account_id, method, gateway_order_no, currency, amount, state, expires_at,
    order_created_at, next_sweep_at, close_due_at)
  select $16, o.merchant_id, o.id, $17, $18, $19, o.currency, o.amount, $20, o.expires_at, o.created_at, now() + make_interval(secs => $21::int),
    now() + make_interval(secs => $22::int)
  from o
  returning *
), e as (
  insert into order_events (order_id, sequence, merchant_id, type, actor, data, at)
  select o.id, e.sequence, o.merchant_id, e.type, e.actor, e.data, now()
  from o, jsonb_to_recordset($23::jsonb) as e(sequence int, type text, actor text, data jsonb)
)
select ${ORDER}, ${ATTEMPT} from o, a`;

/**
 * Writes what the gateway presented for an attempt nobody has touched since it was sent, with its event, in one statement.
 * False, and nothing written, when a notification (or anybody else) was faster: then the order has to be locked and looked at.
 */
export async function presentUntouched(
  tx: Tx,
  order: Pick<Order, "id" | "merchantId" | "eventSequence">,
  attempt: Pick<Attempt, "id" | "state">,
  told: {
    state: AttemptState;
    presentation: Presentation;
    gatewayRef: string | null;
    exchangeRate: string | null;
    event: Omit<NewEvent, "at">;
  },
): Promise<boolean> {
  const rows = await prepared(tx, "present_untouched", PRESENT_UNTOUCHED, [
    order.id,
    order.merchantId,
    order.eventSequence,
    attempt.id,
    attempt.state,
    told.state,
    storableJson(told.presentation),
    told.gatewayRef,
    told.exchangeRate,
    told.event.sequence,
    told.event.type,
    told.event.actor,
    storableJson(told.event.data),
  ]);
  return rows.length === 1;
}

// The order is locked first, as everywhere; who waited for its lock sees the sequence its last holder left.
const PRESENT_UNTOUCHED = `
with l as (
  select id from orders where id = $1 and merchant_id = $2 and event_sequence = $3::int and state || '' = 'open' for update
), a as (
  update attempts t set state = $6, presentation = $7::jsonb, gateway_ref = coalesce(t.gateway_ref, $8),
    exchange_rate = coalesce(t.exchange_rate, $9), updated_at = now()
  from l where t.id = $4 and t.order_id = l.id and t.state = $5
  returning t.order_id
), o as (
  update orders t set event_sequence = $10::int, updated_at = now() from a where t.id = a.order_id returning t.id
), e as (
  insert into order_events (order_id, sequence, merchant_id, type, actor, data, at)
  select o.id, $10::int, $2, $11, $12, $13::jsonb, clock_timestamp() from o
)
select 1 as written from o`;
