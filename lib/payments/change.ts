import type { Tx } from "#db/client.ts";
import type { Attempt, Locked, Order } from "#db/queries/locks.ts";
import { type Change, type NewDelivery, type NewEvent, type NewNotification, saveChanges } from "#db/queries/save-change.ts";
import type { OrderEventType } from "#db/schema/order-events.ts";
import { type AttemptEvent, nextAttemptState } from "#lib/domain/attempt.ts";
import { storedCurrency } from "#lib/domain/currency.ts";
import { newId } from "#lib/domain/ids.ts";
import { formatMajor, type Money } from "#lib/domain/money.ts";
import { nextOrderState, type OrderEvent } from "#lib/domain/order.ts";
import { sendJobs } from "#lib/jobs/queues.ts";
import { isCommon, isTold } from "#lib/webhooks/decisions.ts";
import { webhookBody } from "#lib/webhooks/events.ts";
import { inGatewayWords } from "#lib/webhooks/format.ts";

/**
 * A change to one locked order under construction: working copies that use cases alter by events of the transition
 * tables, and the history that goes with it. `commit` writes all of it in one statement.
 */
export interface Draft {
  before: Order;
  order: Order;
  touched: Map<string, { from: Attempt["state"]; attempt: Attempt }>;
  events: NewEvent[];
  deliveries: NewDelivery[];
  now: Date;
}

/** Starts a change of an order held under its lock. */
export function draft(locked: Pick<Locked, "order" | "now">): Draft {
  return { before: locked.order, order: { ...locked.order }, touched: new Map(), events: [], deliveries: [], now: locked.now };
}

/** The working copy of an attempt; every later look at it sees the same copy. */
export function touch(change: Draft, attempt: Attempt): Attempt {
  const known = change.touched.get(attempt.id);
  if (known) return known.attempt;
  const copy = { ...attempt };
  change.touched.set(attempt.id, { from: attempt.state, attempt: copy });
  return copy;
}

/** Moves the order along its table; throws when the table forbids it, which the caller should have asked first. */
export function moveOrder(change: Draft, event: OrderEvent): void {
  const next = nextOrderState(change.order.state, event);
  if (next === null) throw new Error(`order ${change.order.id}: ${event} is illegal when ${change.order.state}`);
  change.order.state = next;
}

/** Moves an attempt along its table and gives its working copy; throws when the table forbids it. */
export function moveAttempt(change: Draft, attempt: Attempt, event: AttemptEvent): Attempt {
  const copy = touch(change, attempt);
  const next = nextAttemptState(copy.state, event);
  if (next === null) throw new Error(`attempt ${copy.id}: ${event} is illegal when ${copy.state}`);
  copy.state = next;
  return copy;
}

/** Appends to the history, and owes the webhooks where the event is told. Call it after the state has moved. */
export function record(change: Draft, type: OrderEventType, actor: string, data: Record<string, unknown>, attempt: Attempt | null): void {
  change.order.eventSequence += 1;
  const event = {
    sequence: change.order.eventSequence,
    type,
    actor,
    data: { ...data, ...(attempt && { attempt: attempt.id }) },
    at: change.now,
  };
  change.events.push(event);
  if (!isTold(type)) return;
  const body = webhookBody(event, change.order, attempt);
  change.deliveries.push({
    id: newId("delivery"),
    sequence: event.sequence,
    type,
    body,
    common: isCommon(type),
    inGatewayWords: inGatewayWords(type),
  });
}

/** A change that is ready to be written, with the notification that made it. */
export interface Finished {
  change: Draft;
  notification: NewNotification | null;
}

/** Writes the change, with the jobs that carry it on, in the caller's transaction. */
export async function commit(tx: Tx, change: Draft, notification: NewNotification | null = null): Promise<void> {
  await commitAll(tx, [{ change, notification }]);
}

/** Writes changes of different orders (at most CHANGES_MOST), all or none, with the jobs that carry them on, in the caller's transaction. */
export async function commitAll(tx: Tx, all: readonly Finished[]): Promise<void> {
  const written = all.map(
    ({ change, notification }): Change => ({
      before: change.before,
      order: change.order,
      attempts: [...change.touched.values()],
      events: change.events,
      deliveries: change.deliveries,
      notification,
    }),
  );
  const told = await saveChanges(tx, written);
  await sendJobs(
    tx,
    "deliver",
    told.map(({ orderId, endpointId }) => ({ endpointId, stream: orderId })),
  );
}

/** What an attempt (or its order) asks for, as money. */
export function moneyOf(row: { amount: bigint; currency: string }): Money {
  return { minor: row.amount, currency: storedCurrency(row.currency) };
}

/** An amount for the history: decimal text and currency. */
export function amountData(money: Money): { amount: string; currency: string } {
  return { amount: formatMajor(money), currency: money.currency };
}
