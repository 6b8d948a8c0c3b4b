/** The order events that move a figure of the home screen. */
const COUNTED = `'order.created','order.paid','order.paid_late','order.surplus','order.expired','order.cancelled',
  'attempt.sent','attempt.presented','attempt.refused','attempt.failed','attempt.closed'`;
const PAID = `'order.paid','order.paid_late'`;
const LOST = `'attempt.refused','attempt.failed','attempt.closed'`;

/** Begins the five minutes of an instant. Every zone's midnight begins some. */
export const fiveMinutes = (at: string): string => `date_bin('5 minutes', ${at}, timestamptz '2020-01-01 00:00:00Z')`;
/** 1 at the first of an order's events of these types, 0 at the later ones: a shopper who chooses twice chose once. */
const first = (types: string): string => `case when e.type in (${types}) and not exists (select from order_events b
  where b.order_id = e.order_id and b.sequence < e.sequence and b.type in (${types})) then 1 else 0 end`;

/**
 * Common table expressions: what the events of merchant `$1` between two instants (the first included, the second not) add, by the days of `zone`, to
 * home_figures, as rows of `deltas`. Each event counts once whatever way the time is cut, so sums of pieces are the sum of the
 * whole: what is rolled up and what is not yet are counted by this one text. A step implies those before it (a code scanned at
 * the counter is paid and never shown), and one who pays after the order had ended is not ended twice. `limit 1`: looked up one
 * by one by their keys, for a planner that cannot see how short the time is reads all orders there are instead.
 */
export function deltas(from: string, to: string, zone: string): string {
  const day = (at: string): string => `date_trunc('day', ${at}, ${zone})`;
  return `happened as materialized (
  select h.order_id, h.sequence, h.type, h.at, o.live, o.currency, o.amount, o.created_at as opened_at,
    coalesce(h.data ->> 'attempt', case when h.type in (${PAID}) then o.paid_attempt_id end) as attempt_id
  from order_events h
  cross join lateral (select o.live, o.currency, o.amount, o.created_at, o.paid_attempt_id from orders o where o.id = h.order_id limit 1) o
  where h.merchant_id = $1 and h.at >= ${from} and h.at < ${to} and h.type in (${COUNTED})
), deltas as (
  select 'order' as kind, ${day("e.opened_at")} as slot, e.live, '' as account_id, '' as method, '' as currency,
    sum(case when e.type = 'order.created' then 1 else 0 end)::int as opened,
    sum(${first(`'attempt.sent','attempt.presented',${PAID}`)})::int as chosen,
    sum(${first(`'attempt.presented',${PAID}`)})::int as shown,
    sum(case when e.type in (${PAID}) then 1 else 0 end)::int as paid,
    sum(${first(`'order.expired','order.cancelled',${PAID}`)})::int as ended,
    0::bigint as amount
  from happened e group by 2, 3
  union all
  select 'attempt', ${day("a.created_at")}, e.live, a.account_id, a.method, '',
    sum(case when e.type = 'attempt.sent' then 1 else 0 end)::int,
    0,
    sum(case when e.type = 'attempt.presented' then 1 else 0 end)::int,
    sum(case when e.type in (${PAID},'order.surplus') then 1 else 0 end)::int,
    sum(case when e.type in (${LOST}) then 1
      when e.type in (${PAID},'order.surplus') and not exists (select from order_events b where b.order_id = e.order_id
        and b.sequence < e.sequence and b.type in (${LOST}) and b.data ->> 'attempt' = e.attempt_id) then 1 else 0 end)::int,
    0::bigint
  from happened e
  cross join lateral (select a.account_id, a.method, a.created_at from attempts a where a.id = e.attempt_id limit 1) a
  group by 2, 3, 4, 5
  union all
  select 'day', ${day("e.at")}, e.live, '', '', e.currency, 0, 0, 0, count(*)::int, 0, sum(e.amount)::bigint
  from happened e where e.type in (${PAID}) group by 2, 3, 6
  union all
  select 'taken', ${fiveMinutes("e.at")}, e.live, '', '', e.currency, 0, 0, 0, count(*)::int, 0, sum(e.amount)::bigint
  from happened e where e.type in (${PAID}) group by 2, 3, 6
)`;
}
