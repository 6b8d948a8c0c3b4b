import { COMMON_TYPES } from "#lib/webhooks/decisions.ts";
import { sqlCheck } from "./check.ts";

const TOLD = COMMON_TYPES.map((type) => `'${type}'`).join(", ");

/** What is said about states, histories and queues. */
export const STATE_CHECKS = [
  sqlCheck(
    "nothing unclear is left without a time at which it is asked again",
    "lost",
    `select id from attempts where state in ('new', 'sent', 'unknown') and next_sweep_at is null
     union all select id from refunds where state in ('reserved', 'sent', 'unknown') and next_try_at is null`,
    `update attempts set state = 'unknown', paid_at = null, next_sweep_at = null
     where id = (select id from attempts where state = 'paid' and refunded_amount = 0 limit 1)`,
  ),
  sqlCheck(
    "every event a shop is to be told of has one delivery, and it is acknowledged",
    "lost",
    `select e.order_id || ' ' || e.sequence from order_events e join orders o on o.id = e.order_id
     where o.endpoint_id is not null and e.type in (${TOLD}) and 1 <> (
       select count(*) from deliveries d where d.order_id = e.order_id and d.sequence = e.sequence and d.type = e.type and d.state = 'acknowledged')`,
    `update deliveries set state = 'dead' where id = (select id from deliveries limit 1)`,
  ),
  sqlCheck(
    "no delivery tells of something that did not happen",
    "doubled",
    `select d.id from deliveries d where not exists (
       select 1 from order_events e where e.order_id = d.order_id and e.sequence = d.sequence and e.type = d.type)`,
    `update deliveries set sequence = 9999 where id = (select id from deliveries limit 1)`,
  ),
  sqlCheck(
    "no job ended as failed",
    "lost",
    `select id from pgboss.job where state = 'failed'`,
    `insert into pgboss.job (name, state) values ('recheck', 'failed')`,
  ),
  sqlCheck(
    "everything of an order belongs to its merchant",
    "wrong",
    `select o.id from orders o where
       exists (select 1 from attempts a join gateway_accounts g on g.id = a.account_id
               where a.order_id = o.id and (a.merchant_id <> o.merchant_id or g.merchant_id <> o.merchant_id))
       or exists (select 1 from order_events e where e.order_id = o.id and e.merchant_id <> o.merchant_id)
       or exists (select 1 from notifications n where n.order_id = o.id and n.merchant_id <> o.merchant_id)
       or exists (select 1 from refunds r where r.order_id = o.id and r.merchant_id <> o.merchant_id)
       or exists (select 1 from deliveries d join webhook_endpoints w on w.id = d.endpoint_id
                  where d.order_id = o.id and (d.merchant_id <> o.merchant_id or w.merchant_id <> o.merchant_id))`,
    `update order_events set merchant_id = 'mer_other' where (order_id, sequence) = (select order_id, sequence from order_events limit 1)`,
  ),
];
