/**
 * For SQL: whether a row of `notifications` still waits for a person. An orphan does while it has found neither an order nor a
 * payout and nobody set it aside, a mismatch until somebody decided on it. However old it is: partial index notifications_waiting.
 */
export const WAITING = `(notifications.verdict in ('orphan', 'mismatch')
  and not exists (select from notification_matches m where m.notification_id = notifications.id
    and (m.reason is not null or notifications.verdict = 'orphan'))
  and (notifications.verdict <> 'orphan' or not exists (select from payouts p
    where p.account_id = notifications.account_id and p.payout_no = notifications.gateway_order_no)))`;
