import type { Tx } from "#db/client.ts";
import type { OrderEventType } from "#db/schema/order-events.ts";
import { type AttemptState, nextAttemptState } from "#lib/domain/attempt.ts";
import { nextOrderState, type OrderState } from "#lib/domain/order.ts";
import { EFFECTS, type Effect } from "#lib/domain/order-history.ts";
import type { Check } from "./check.ts";

interface Line {
  sequence: number;
  type: OrderEventType;
  attempt: string | null;
}

interface History {
  id: string;
  state: OrderState;
  last: number;
  events: Line[];
  attempts: Record<string, AttemptState>;
}

/** Tells every order's history over again by the transition tables: it must be legal, gapless, and end where the rows stand. */
export const HISTORY_CHECK: Check = {
  name: "every history is a gapless path of the transition tables that ends where the rows stand",
  means: "wrong",
  find: async (tx) => (await histories(tx)).flatMap((history) => problemOf(history) ?? []).slice(0, 20),
  broken: {
    sql: `delete from order_events where (order_id, sequence) = (select order_id, sequence from order_events where type = 'attempt.sent' limit 1)`,
  },
};

/** What is wrong with a history, or null. */
export function problemOf({ id, state, last, events, attempts }: History): string | null {
  let order: OrderState = "open";
  const tries: Record<string, AttemptState> = {};
  for (const [index, event] of events.entries()) {
    const at = `${id} #${event.sequence} ${event.type}`;
    if (event.sequence !== index + 1) return `${at}: ${index + 1} was next`;
    if ((event.type === "order.created") !== (index === 0)) return `${at}: an order is created once and first`;
    const { order: move, attempt: step }: Effect = EFFECTS[event.type];
    const next: OrderState | null = move ? nextOrderState(order, move) : order;
    if (next === null) return `${at}: illegal when ${order}`;
    order = next;
    if (!step) continue;
    const from = tries[event.attempt ?? ""] ?? "new";
    const to = nextAttemptState(from, step);
    if (event.attempt === null || to === null) return `${at}: illegal when ${event.attempt ?? "of no attempt"} is ${from}`;
    tries[event.attempt] = to;
  }
  if (events.length !== last) return `${id}: ${events.length} events, the order counts ${last}`;
  if (order !== state) return `${id}: ${state}, its history says ${order}`;
  const other = Object.keys({ ...attempts, ...tries }).find((attempt) => attempts[attempt] !== tries[attempt]);
  return other ? `${id}: ${other} is ${attempts[other]}, its history says ${tries[other]}` : null;
}

async function histories(tx: Tx): Promise<History[]> {
  const { rows } = await tx.$client.query<History>(
    `select o.id, o.state, o.event_sequence as last,
       (select coalesce(json_agg(json_build_object('sequence', e.sequence, 'type', e.type, 'attempt', e.data ->> 'attempt') order by e.sequence), '[]')
        from order_events e where e.order_id = o.id) as events,
       (select coalesce(json_object_agg(a.id, a.state), '{}') from attempts a where a.order_id = o.id) as attempts
     from orders o`,
  );
  return rows;
}
