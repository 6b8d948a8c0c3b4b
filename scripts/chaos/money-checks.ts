import { sqlCheck } from "./check.ts";

/** What is said about money on both sides: our ledger and the gateway's, which is another company's schema. */
export const MONEY_CHECKS = [
  sqlCheck(
    "paid here means paid at the gateway: same number, amount, currency, account",
    "wrong",
    `select a.id from attempts a join gateway_accounts g on g.id = a.account_id where a.state = 'paid' and not exists (
       select 1 from sandbox.payments p where p.gateway = g.gateway and p.client_no = a.gateway_order_no and p.no = a.gateway_ref
         and p.state = 'PAID' and p.amount_minor = a.amount and p.currency = a.currency)`,
    `update sandbox.payments set amount_minor = amount_minor + 1 where no = (select no from sandbox.payments where state = 'PAID' limit 1)`,
  ),
  sqlCheck(
    "paid at the gateway means paid here",
    "lost",
    `select p.no from sandbox.payments p where p.state = 'PAID' and not exists (
       select 1 from attempts a join orders o on o.id = a.order_id
       where a.gateway_order_no = p.client_no and a.state = 'paid' and o.state = 'paid')`,
    `update attempts set gateway_order_no = 'elsewhere' where id = (select id from attempts where state = 'paid' limit 1)`,
  ),
  sqlCheck(
    "an order is credited once, everything else that was paid is surplus, and each has one event",
    "doubled",
    `select o.id from orders o
     cross join lateral (
       select count(*) filter (where not a.surplus) as credits, count(*) filter (where a.surplus) as surplus,
         coalesce(sum(a.amount), 0) as amount, coalesce(bool_or(a.id = o.paid_attempt_id and not a.surplus), false) as named
       from attempts a where a.order_id = o.id and a.state = 'paid') paid
     cross join lateral (
       select count(*) filter (where e.type in ('order.paid', 'order.paid_late')) as credits,
         count(*) filter (where e.type = 'order.surplus') as surplus
       from order_events e where e.order_id = o.id) told
     where paid.credits <> (o.state = 'paid')::int or told.credits <> paid.credits or told.surplus <> paid.surplus
       or paid.amount <> o.paid_amount or (o.state = 'paid') <> paid.named`,
    `insert into order_events (order_id, sequence, merchant_id, type, actor, data)
     select order_id, 9999, merchant_id, type, actor, data from order_events where type = 'order.paid' limit 1`,
  ),
  sqlCheck(
    "one believed notification at most credits a payment",
    "doubled",
    `select attempt_id from notifications where verdict in ('credited', 'surplus') group by attempt_id having count(*) > 1`,
    `insert into notifications (id, merchant_id, account_id, fingerprint, gateway_order_no, order_id, attempt_id, verdict, fields, raw)
     select n.id || s, merchant_id, account_id, fingerprint || s, gateway_order_no, order_id, attempt_id, 'credited', fields, raw
     from (select * from notifications where attempt_id is not null limit 1) n, generate_series(1, 2) s`,
  ),
  sqlCheck(
    "an acknowledged notification is committed, with the payment it told of",
    "lost",
    `select distinct n.id from sandbox.notice_tries t join sandbox.notices n on n.id = t.notice_id join sandbox.payments p on p.no = n.payment_no
     where t.acknowledged and n.content = 'genuine' and not exists (
       select 1 from notifications k join attempts a on a.id = k.attempt_id where k.gateway_order_no = p.client_no and a.state = 'paid')`,
    `delete from notifications where gateway_order_no = (
       select p.client_no from sandbox.payments p join sandbox.notices n on n.payment_no = p.no where n.state = 'acknowledged' limit 1)`,
  ),
  sqlCheck(
    "a forged notification is never acknowledged",
    "wrong",
    `select n.id from sandbox.notice_tries t join sandbox.notices n on n.id = t.notice_id where t.acknowledged and n.content = 'forged'`,
    `update sandbox.notices set content = 'forged' where id = (select notice_id from sandbox.notice_tries where acknowledged limit 1)`,
  ),
  sqlCheck(
    "every payment was told three times, and each telling acknowledged",
    "wrong",
    `select p.no from sandbox.payments p where p.state = 'PAID' and 3 <> (
       select count(*) from sandbox.notices n where n.payment_no = p.no and n.content = 'genuine' and n.state = 'acknowledged')`,
    `update sandbox.notices set state = 'waiting' where id = (select id from sandbox.notices where state = 'acknowledged' limit 1)`,
  ),
  sqlCheck(
    "what refunds hold back is what the order says, and never more than was paid",
    "wrong",
    `select o.id from orders o cross join lateral (
       select coalesce(sum(r.amount) filter (where r.state <> 'failed'), 0) as held from refunds r where r.order_id = o.id) refunds
     where held <> o.refunded_amount or held > o.paid_amount`,
    `update orders set refunded_amount = 1 where id = (select id from orders where state = 'paid' and refunded_amount = 0 limit 1)`,
  ),
  sqlCheck(
    "no refund above the limit went out that a second person had not approved",
    "wrong",
    `select r.id from refunds r join refund_limits l on l.merchant_id = r.merchant_id and l.currency = r.currency
     where r.requested_by <> 'policy' and r.amount > l.approval_above and not exists (
       select 1 from refund_requests q where q.refund_id = r.id and q.state = 'approved' and q.attempt_id = r.attempt_id
         and q.amount = r.amount and q.decided_by <> q.requested_by)`,
    `insert into refunds (id, merchant_id, order_id, attempt_id, account_id, refund_no, currency, amount, state, reason, requested_by, idempotency_key)
     select 'rfd_alone', merchant_id, order_id, id, account_id, 'alone', currency, amount, 'succeeded', '', 'usr_alone', 'alone' from attempts limit 1`,
  ),
  sqlCheck(
    "an approved request made one refund, and no other request made any",
    "doubled",
    `select q.id from refund_requests q where (q.state = 'approved')::int <> (
       select count(*) from refunds r where r.idempotency_key = 'request:' || q.id and r.merchant_id = q.merchant_id)
     or q.state = 'approved' and not exists (
       select 1 from refunds r where r.id = q.refund_id and r.attempt_id = q.attempt_id and r.amount = q.amount)`,
    "delete from refunds where id = (select refund_id from refund_requests where state = 'approved' limit 1)",
  ),
  sqlCheck(
    "a refund happens once at the gateway: under our number, for our amount",
    "doubled",
    `select coalesce(r.id, g.no) from refunds r full join sandbox.refunds g on g.client_refund_no = r.refund_no
     where (r.state = 'succeeded') is distinct from (g.state = 'SUCCESS') or r.amount <> g.amount_minor`,
    `insert into refunds (id, merchant_id, order_id, attempt_id, account_id, refund_no, currency, amount, state, reason, requested_by, idempotency_key)
     select 'rfd_broken', merchant_id, order_id, id, account_id, 'broken', currency, amount, 'succeeded', '', '', 'broken' from attempts limit 1`,
  ),
];
