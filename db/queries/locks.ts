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
  const given = storableJson(messages);
  const rows = await prepared<LockedRow>(tx, "lock_orders_of_numbers", LOCK_ORDERS_OF_NUMBERS, [given]);
  const found = await prepared(tx, "attempts_of_orders", ATTEMPTS_OF_ORDERS, [rows.map((row) => row.id)]);
  const known = await prepared<{ verdict: NotificationVerdict | null }>(tx, "known_of_messages", KNOWN_OF_MESSAGES, [given]);
  const all = found.map((row) => rowOf(attempts, row));
  const free = new Map(rows.map((row) => [row.id, row]));
  return messages.map(({ accountId, gatewayOrderNo }, place) => {
    const attempt = all.find((one) => one.accountId === accountId && one.gatewayOrderNo === gatewayOrderNo);
    const row = attempt && free.get(attempt.orderId);
    if (!row) return null;
    free.delete(row.id);
    const order = rowOf(orders, row);
    const own = all.filter((one) => one.orderId === order.id);
    return { order, attempts: own, known: known[place]?.verdict ?? null, now: row.locked_at };
  });
}

// Each row by a step into an index of its own, never by a join: a planner that knows a table from when it was small would read all of it.
const MESSAGES = `jsonb_array_elements($1::jsonb) with ordinality as m (one, place)`;
const LOCK_ORDERS_OF_NUMBERS = `select ${ORDER_AND_CLOCK} from orders o where o.id = any(array(
    select (select a.order_id from attempts a where a.account_id = one->>'accountId' and a.gateway_order_no = one->>'gatewayOrderNo') from ${MESSAGES}
  )) for update skip locked`;
// Statements of their own, after the locks: they see what the locks' last holders committed.
const ATTEMPTS_OF_ORDERS = `select ${ATTEMPT} from attempts a where a.order_id = any($1) order by a.created_at, a.id`;
const KNOWN_OF_MESSAGES = `select (select n.verdict from notifications n where n.account_id = one->>'accountId'
    and n.fingerprint = one->>'fingerprint') as verdict from ${MESSAGES} order by place`;

type LockedRow = Record<string, unknown> & { locked_at: Date };

async function lockedOf(tx: Tx, row: LockedRow): Promise<Locked> {
  const order = rowOf(orders, row);
  return { order, attempts: await attemptsOf(tx, order.id), now: row.locked_at };
}

async function attemptsOf(tx: Tx, orderId: string): Promise<Attempt[]> {
  const text = `select ${ATTEMPT} from attempts a where a.order_id = $1 order by a.created_at, a.id`;
  return (await prepared(tx, "attempts_of_order", text, [orderId])).map((row) => rowOf(attempts, row));
}
