import { prepared, type Tx } from "#db/client.ts";
import { columnsOf, rowOf } from "#db/rows.ts";
import { attempts } from "#db/schema/attempts.ts";
import type { NotificationVerdict } from "#db/schema/notifications.ts";
import { orders } from "#db/schema/orders.ts";
import { storableJson } from "#db/storable.ts";

export type Order = typeof orders.$inferSelect;
export type Attempt = typeof attempts.$inferSelect;

const ORDER_AND_CLOCK = `${columnsOf(orders, "o")}, clock_timestamp() as locked_at`;
const ATTEMPT = columnsOf(attempts, "a");

/** An order under its row lock, with all its attempts as they are now. Whoever writes an attempt holds this lock. */
export interface Locked {
  order: Order;
  /** Oldest first. */
  attempts: Attempt[];
  /** The database's clock when the lock was had: expiry is judged by it, never by this machine's. */
  now: Date;
}

/** Locks an order by id. Lock order everywhere: order, then attempt, then refund (reliability.md 3). */
export async function lockOrder(tx: Tx, orderId: string): Promise<Locked | null> {
  const [row] = await prepared<LockedRow>(tx, "lock_order", `select ${ORDER_AND_CLOCK} from orders o where o.id = $1 for update`, [
    orderId,
  ]);
  return row ? lockedOf(tx, row) : null;
}

/** Locks the order that an attempt belongs to. */
export async function lockOrderOfAttempt(tx: Tx, attemptId: string): Promise<Locked | null> {
  const text = `select ${ORDER_AND_CLOCK} from orders o where o.id = (select order_id from attempts where id = $1) for update`;
  const [row] = await prepared<LockedRow>(tx, "lock_order_of_attempt", text, [attemptId]);
  return row ? lockedOf(tx, row) : null;
}

/** Locks the order a gateway's message is about and tells whether the very same message was believed before. */
export async function lockOrderOfNumber(
  tx: Tx,
  accountId: string,
  gatewayOrderNo: string,
  fingerprint: string,
): Promise<(Locked & { known: NotificationVerdict | null }) | null> {
  const text = `select ${ORDER_AND_CLOCK} from orders o
    where o.id = (select order_id from attempts where account_id = $1 and gateway_order_no = $2) for update`;
  const [row] = await prepared<LockedRow>(tx, "lock_order_of_number", text, [accountId, gatewayOrderNo]);
  if (!row) return null;
  const order = rowOf(orders, row);
  // A statement of its own, after the lock: it sees what the lock's last holder committed.
  const rows = await prepared<{ known: NotificationVerdict | null }>(
    tx,
    "attempts_and_known",
    `select ${ATTEMPT}, (select n.verdict from notifications n where n.account_id = $2 and n.fingerprint = $3) as known
     from attempts a where a.order_id = $1 order by a.created_at, a.id`,
    [order.id, accountId, fingerprint],
  );
  return { order, attempts: rows.map((one) => rowOf(attempts, one)), known: rows[0]?.known ?? null, now: row.locked_at };
}

/** What a gateway's message is about. */
export interface Told {
  accountId: string;
  gatewayOrderNo: string;
  fingerprint: string;
}

/**
 * Locks the orders that several messages are about, without waiting for anybody. Null for a message whose number is unknown, whose
 * order somebody else holds now, and for every further message about an order that is in the list already.
 */
export async function lockOrdersOfNumbers(
  tx: Tx,
  messages: readonly Told[],
): Promise<((Locked & { known: NotificationVerdict | null }) | null)[]> {
  const given = storableJson(messages.map((message, place) => ({ ...message, place })));
  const rows = await prepared<LockedRow & { place: number }>(tx, "lock_orders_of_numbers", LOCK_ORDERS_OF_NUMBERS, [given]);
  const first = new Map<string, (typeof rows)[number]>();
  for (const row of rows) first.set(row.id as string, first.get(row.id as string) ?? row);
  const found = await prepared<{ order_id: string }>(tx, "attempts_of_orders", ATTEMPTS_OF_ORDERS, [[...first.keys()]]);
  const known = await prepared<{ place: number; verdict: NotificationVerdict }>(tx, "known_of_messages", KNOWN_OF_MESSAGES, [given]);
  const locked = new Map<number, Locked & { known: NotificationVerdict | null }>();
  for (const row of first.values()) {
    const order = rowOf(orders, row);
    const own = found.filter((one) => one.order_id === order.id).map((one) => rowOf(attempts, one));
    locked.set(row.place, { order, attempts: own, known: null, now: row.locked_at });
  }
  for (const { place, verdict } of known) {
    const message = locked.get(place);
    if (message) message.known = verdict;
  }
  return messages.map((_, place) => locked.get(place) ?? null);
}

const MESSAGES = `jsonb_to_recordset($1::jsonb) as m("accountId" text, "gatewayOrderNo" text, fingerprint text, place int)`;
const LOCK_ORDERS_OF_NUMBERS = `select m.place, ${ORDER_AND_CLOCK} from ${MESSAGES}
  join attempts a on a.account_id = m."accountId" and a.gateway_order_no = m."gatewayOrderNo" join orders o on o.id = a.order_id
  order by m.place for update of o skip locked`;
// Statements of their own, after the locks: they see what the locks' last holders committed.
const ATTEMPTS_OF_ORDERS = `select ${ATTEMPT} from attempts a where a.order_id = any($1) order by a.created_at, a.id`;
const KNOWN_OF_MESSAGES = `select m.place, n.verdict from ${MESSAGES}
  join notifications n on n.account_id = m."accountId" and n.fingerprint = m.fingerprint`;

type LockedRow = Record<string, unknown> & { locked_at: Date };

async function lockedOf(tx: Tx, row: LockedRow): Promise<Locked> {
  const order = rowOf(orders, row);
  return { order, attempts: await attemptsOf(tx, order.id), now: row.locked_at };
}

async function attemptsOf(tx: Tx, orderId: string): Promise<Attempt[]> {
  const text = `select ${ATTEMPT} from attempts a where a.order_id = $1 order by a.created_at, a.id`;
  return (await prepared(tx, "attempts_of_order", text, [orderId])).map((row) => rowOf(attempts, row));
}
