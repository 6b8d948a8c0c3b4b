/**
 * One batch of seeded orders in one statement. $1 merchant, $2 to $3 the numbers of this batch, $4 to $5 those of the whole
 * run (time goes over them evenly), $6 the ways as jsonb, $7 the ways' numbers by weight, $8 whether histories are written.
 * Ids come of the number, so that rows find one another; everything else is drawn.
 */
export const SEED_BATCH = `
with way as materialized (
  select w.place::int, "accountId" as account_id, method, live, "tellsWallet" as tells_wallet
  from rows from (jsonb_to_recordset($6::jsonb) as ("accountId" text, method text, live boolean, "tellsWallet" boolean)) with ordinality
    as w("accountId", method, live, "tellsWallet", place)
), drawn as materialized (
  select n, md5($1 || ':' || n) as hash, random() as outcome, random() as spread, random() as late, random() as refund, random() as again,
    ($7::int[])[1 + floor(random() * array_length($7::int[], 1))::int] as place,
    ($7::int[])[1 + floor(random() * array_length($7::int[], 1))::int] as before,
    (array['HKD','HKD','HKD','HKD','HKD','HKD','CNY','CNY','CNY','USD','EUR','JPY'])[1 + floor(random() * 12)::int] as currency,
    case when random() < 0.7
      then (array[1990,2900,3900,4800,5800,6800,8800,9900,12800,16800,19900,29900,38800,68800])[1 + floor(power(random(), 1.6) * 14)::int]
      else 100 + floor(exp(4 + 7.5 * random()))::bigint end::bigint as amount,
    730 * (n - $4::bigint)::float8 / ($5::bigint - $4::bigint + 1) as day
  from generate_series($2::bigint, $3::bigint) as n
), made as materialized (
  select d.*, w.account_id, w.method, w.live, w.tells_wallet, b.account_id as before_account, b.method as before_method,
    'ord_' || substr(md5('ord' || hash), 1, 26) as order_id, 'att_' || substr(md5('att' || hash), 1, 26) as attempt_id,
    -- Quiet nights and busy evenings, and still in the order of the numbers.
    date_trunc('milliseconds', now() - interval '730 days' + interval '1 day' * (floor(day) + (day - floor(day))
      - 0.12 * sin(2 * pi() * (day - floor(day))))) as at,
    case when $5::bigint - n < ($5::bigint - $4::bigint) * 0.004 and outcome < 0.7 then 'open' when outcome < 0.79 then 'paid'
      when outcome < 0.975 then 'expired' else 'cancelled' end as state
  from drawn d join way w on w.place = d.place join way b on b.place = d.before
), fact as materialized (
  select m.*, case when state = 'paid' then at + interval '1 second' * (8 + floor(spread * 240)) end as paid_at,
    state = 'paid' and late < 0.003 as paid_late,
    -- An order left before a method was chosen has no attempt; one in eight is paid at the second try.
    case when state in ('expired', 'cancelled') and again < 0.4 then 0 when again > 0.875 and before <> place then 2 else 1 end as tries,
    case when state <> 'paid' or refund > 0.04 then null when refund < 0.002 then 'failed' when refund < 0.003 then 'manual' else 'succeeded' end
      as refund_state,
    case when refund < 0.026 then amount else greatest(1, amount / 2) end as refund_amount,
    upper(substr(md5('no' || hash), 1, 20)) as tail, lpad((('x' || substr(hash, 1, 12))::bit(48)::bigint)::text, 15, '0') as digits
  from made m
), o as (
  insert into orders (id, token, merchant_id, reference, title, currency, amount, state, live, expires_at, paid_at, paid_attempt_id,
    paid_late, paid_amount, refunded_amount, needs_review, event_sequence, created_at, updated_at)
  select order_id, substr(md5('tok' || hash), 1, 26), $1, 'SEED-' || lpad(n::text, 10, '0'),
    (array['Tea 茶','Coffee beans','Dinner 晚餐','Ticket','Delivery 外賣','Book'])[1 + n % 6], currency, amount, state, live,
    case when state = 'open' then now() + interval '10 years' else at + interval '30 minutes' end, paid_at,
    case when state = 'paid' then attempt_id end, paid_late, case when state = 'paid' then amount else 0 end,
    case when refund_state in ('succeeded', 'manual') then refund_amount else 0 end, paid_late and late < 0.001,
    case when $8 then 1 + 2 * tries + (state <> 'open')::int + coalesce((refund_state is not null)::int * 2, 0) else 0 end, at, coalesce(paid_at, at)
  from fact
), a as (
  insert into attempts (id, merchant_id, order_id, account_id, method, gateway_order_no, gateway_ref, wallet_ref, currency, amount, state,
    problem, refunded_amount, expires_at, sweeps, paid_at, order_created_at, created_at, updated_at)
  select attempt_id, $1, order_id, account_id, method, to_char(at at time zone 'Asia/Shanghai', 'YYYYMMDD') || tail,
    case when state <> 'cancelled' then 'P' || to_char(at at time zone 'Asia/Shanghai', 'YYYYMMDD') || digits end,
    case when state = 'paid' and tells_wallet then '420000' || to_char(at at time zone 'Asia/Shanghai', 'YYYYMMDD') || right(digits, 10) end,
    currency, amount, case state when 'paid' then 'paid' when 'open' then 'presented' else 'closed' end, null,
    case when refund_state in ('succeeded', 'manual') then refund_amount else 0 end, at + interval '30 minutes', 3, paid_at, at,
    at + interval '2 seconds', coalesce(paid_at, at)
  from fact where tries > 0
  union all
  select 'att_' || substr(md5('bef' || hash), 1, 26), $1, order_id, before_account, before_method,
    to_char(at at time zone 'Asia/Shanghai', 'YYYYMMDD') || upper(substr(md5('bno' || hash), 1, 20)), null, null, currency, amount,
    'closed', 'superseded', 0, at + interval '30 minutes', 2, null, at, at + interval '1 second', at
  from fact where tries = 2
), e as (
  insert into order_events (order_id, sequence, merchant_id, type, actor, data, at)
  select order_id, row_number() over (partition by order_id order by step), $1, type, actor,
    case when step = 0 then jsonb_build_object('amount', case when currency = 'JPY' then amount::text
      else amount / 100 || '.' || lpad((amount % 100)::text, 2, '0') end, 'currency', currency)
      else jsonb_build_object('attempt', case when step in (1, 2) then 'att_' || substr(md5('bef' || hash), 1, 26) when step < 6 then attempt_id end) end,
    at + interval '1 second' * step
  from fact, (values (0, 'order.created', 'shop'), (1, 'attempt.sent', 'shopper'), (2, 'attempt.closed', 'shopper'), (3, 'attempt.sent', 'shopper'),
    (4, 'attempt.presented', 'gateway'), (5, '', 'gateway'), (6, 'refund.created', 'policy'), (7, 'refund.succeeded', 'gateway')) as s(step, kind, actor),
    lateral (select case when kind <> '' then replace(kind, 'refund.succeeded', case when refund_state = 'failed' then 'refund.failed' else kind end)
      when paid_late then 'order.paid_late' else 'order.' || state end as type) as named
  where $8 and (step = 0 or step in (1, 2) and tries = 2 or step in (3, 4) and tries > 0 or step = 5 and state <> 'open'
    or step in (6, 7) and refund_state is not null)
)
insert into refunds (id, merchant_id, order_id, attempt_id, account_id, refund_no, gateway_refund_ref, currency, amount, state, reason,
  requested_by, idempotency_key, tries, settled_at, created_at, updated_at)
select 'rfd_' || substr(md5('rfd' || hash), 1, 26), $1, order_id, attempt_id, account_id,
  to_char(paid_at at time zone 'Asia/Shanghai', 'YYYYMMDD') || upper(substr(md5('rno' || hash), 1, 20)),
  case when refund_state = 'succeeded' then 'R' || digits end, currency, refund_amount, refund_state, 'seeded', 'policy', 'seed:' || hash, 1,
  paid_at + interval '1 day', paid_at + interval '1 day', paid_at + interval '1 day'
from fact where refund_state is not null`;
