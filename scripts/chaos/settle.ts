import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "#db/client.ts";
import type { Visit } from "./check.ts";

/** Everything is settled within this long of the last kill. */
export const SETTLE_LIMIT_SECONDS = 120;

/** What is still on its way; nothing of it means settled. */
export interface Owed {
  /** Paid at the gateway, not yet here. */
  payments: number;
  /** Genuine notifications not yet acknowledged. */
  notices: number;
  webhooks: number;
  refunds: number;
}

const OWED = `select
  (select count(*)::int from sandbox.payments p where p.state = 'PAID' and p.code = any($1)
     and not exists (select 1 from attempts a where a.gateway_order_no = p.client_no and a.state = 'paid')) as payments,
  (select count(*)::int from sandbox.notices where state = 'waiting' and content = 'genuine') as notices,
  (select count(*)::int from deliveries where state = 'pending') as webhooks,
  (select count(*)::int from refunds where state in ('reserved', 'sent', 'unknown')) as refunds`;

/** Waits until nothing is owed; `seconds` counts from `since` (performance.now()), null when the limit came first. */
export async function settle(
  database: Database,
  visits: readonly Visit[],
  since: number,
  signal: AbortSignal,
): Promise<{ seconds: number | null; owed: Owed }> {
  const codes = visits.flatMap((visit) => [...visit.paid]);
  for (;;) {
    const { rows } = await database.$client.query<Owed>(OWED, [codes]);
    const owed = rows[0] ?? { payments: 0, notices: 0, webhooks: 0, refunds: 0 };
    const seconds = (performance.now() - since) / 1000;
    if (Object.values(owed).every((open) => open === 0)) return { seconds: Math.round(seconds * 10) / 10, owed };
    if (seconds > SETTLE_LIMIT_SECONDS) return { seconds: null, owed };
    await pause(200, null, { signal });
  }
}

/** What is still owed, row by row, with its own idea of when it goes on. */
export async function stuck(database: Database): Promise<unknown[]> {
  const { rows } = await database.$client.query(
    `select 'webhook' as what, d.id, d.tries, d.next_try_at - now() as due_in, d.lease_until - now() as leased_for,
       (select t.error from delivery_tries t where t.delivery_id = d.id order by number desc limit 1) as last from deliveries d where state = 'pending'
     union all select 'refund', id, tries, next_try_at - now(), null, state from refunds where state in ('reserved', 'sent', 'unknown')
     union all select 'notice', n.id::text, n.tries, n.next_at - now(), n.lease_until - now(), n.state from sandbox.notices n
       where state = 'waiting' and content = 'genuine'
     limit 50`,
  );
  return rows;
}
