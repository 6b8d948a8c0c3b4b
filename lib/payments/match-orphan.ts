import { type Database, db, inTransaction, type Tx } from "#db/client.ts";
import { attemptsByNumber, holdNumber, insertAttempt } from "#db/queries/attempts.ts";
import { type Attempt, type Locked, lockOrder, type Order } from "#db/queries/locks.ts";
import { lockNotification, matchesOf } from "#db/queries/notifications.ts";
import { orderById } from "#db/queries/orders.ts";
import type { NotificationVerdict } from "#db/schema/notifications.ts";
import type { AttemptState } from "#lib/domain/attempt.ts";
import { newId } from "#lib/domain/ids.ts";
import { type Method, walletOf } from "#lib/domain/methods.ts";
import { judge, type Standing } from "#lib/domain/verdict.ts";
import { amountData, commit, draft, moneyOf, record } from "#lib/payments/change.ts";
import {
  askAndNote,
  type Decided,
  type Decision,
  type DecisionProblem,
  note,
  openForDecision,
  type Refused,
  reasonOf,
  refuse,
} from "#lib/payments/decide-notification.ts";
import { announce } from "#lib/payments/live.ts";
import type { Opened } from "#lib/payments/open-account.ts";
import { reopenNotification, type Verified } from "#lib/payments/reopen-notification.ts";
import { settleAttempt } from "#lib/payments/settle-attempt.ts";
import { VERDICT_WORDS } from "#lib/payments/stored-notification.ts";

/** What an attempt is that a number is given to an order by. */
const ADOPTED: AttemptState = "closed";

type Paid = Extract<Standing, { kind: "paid" | "refunded" }>;

/**
 * Gives an orphan to the order a person says it is for. What credits is never the message: its bytes are verified anew, then
 * the gateway is asked under the account's own keys, and only when it says that this very number is paid, with the amount and
 * currency the order asks for, does the order get an attempt of that number, which settleAttempt then judges as any other:
 * credited once, surplus where the order is paid already. Another amount or currency is refused with both (`other_amount`) before
 * anything is written, because a number once given to an order stays with it: a mistaken choice can be made anew. A number we
 * know belongs to its own attempt and to no other order.
 * A number is held while it is given away (holdNumber), and a unique index lets one number of an account have one attempt, so
 * one payment can never be given to two orders, were its message sent to two accounts and both matched at once.
 */
export async function matchOrphan(input: Decision & { orderId: string }, database: Database = db()): Promise<Decided> {
  const opened = openForDecision(input, await reopenNotification(database, input.merchantId, input.notificationId));
  if (!opened.ok) return opened;
  const { row, matches, reading } = opened.value;
  if (row.verdict !== "orphan") return refuse("not_waiting");
  const matched = matches.find((one) => one.orderId !== null);
  if (matched) return repeated(matched, input.orderId);
  const order = await orderById(database, input.orderId);
  if (order?.merchantId !== input.merchantId) return refuse("order_not_found");
  const known = await attemptsByNumber(database, row.gatewayOrderNo);
  const own = known.find((one) => one.orderId === order.id);
  if (own) return askAndNote(database, input, own, "notifications.match");
  if (known.length > 0) return refuse("number_elsewhere");
  const problem = unfit(order, reading.opened);
  if (problem) return refuse(problem);
  const answer = await askGateway(database, order, opened.value);
  if (!answer.ok) return answer;
  const other = otherAmount(order, answer.standing);
  if (other) return other;
  const done = await inTransaction(database, (tx) => adopt(tx, input, opened.value, answer));
  if (done.told) announce(database, done.told.token, done.told.sequence);
  return done.decided;
}

// The second press of a button finds the first one's work.
function repeated({ orderId, verdict }: { orderId: string | null; verdict: NotificationVerdict }, wanted: string): Decided {
  return orderId === wanted ? { ok: true, verdict, orderId } : refuse("already_matched");
}

function unfit(order: Order, { row }: Opened): DecisionProblem | null {
  if (order.live !== row.live) return "other_mode";
  return order.accountId !== null && order.accountId !== row.id ? "other_account" : null;
}

/** What the verdict's own table would call a mismatch, told before the number is bound by it. An order's amount never changes. */
function otherAmount(order: Order, standing: Paid): Refused | null {
  const asked = moneyOf(order);
  const verdict = judge({ order: { state: order.state, amount: asked }, attempt: { state: ADOPTED, amount: asked } }, standing);
  return verdict.do === "mismatch" ? { ...refuse("other_amount"), amounts: { expected: verdict.expected, got: verdict.got } } : null;
}

interface Answer {
  ok: true;
  method: Method;
  standing: Paid;
}

/**
 * Asks about the number under one method of each wallet, the message not saying which was used: the first that is paid is the
 * one. The exchanges stand in the order's history. Where a document has no query, the message's own word counts if its
 * signature is of the kind that settles.
 */
async function askGateway(database: Database, order: Order, { row, reading }: Verified): Promise<Answer | Refused> {
  const { opened, notification } = reading;
  const { account } = opened;
  const [first] = account.methods;
  const { standing } = notification;
  if (!account.query) {
    const believed = notification.settles === "inline" && isPaid(standing) && first;
    return believed ? { ok: true, method: first, standing } : refuse("gateway_unasked");
  }
  const amount = isPaid(standing) ? standing.amount : moneyOf(order);
  let problem: DecisionProblem = "gateway_unpaid";
  try {
    for (const method of oneOfEachWallet(account.methods)) {
      const key = { method, gatewayOrderNo: row.gatewayOrderNo, gatewayRef: notification.gatewayRef, amount };
      const outcome = await account.query(key).catch(() => null);
      if (outcome?.ok && isPaid(outcome.value)) return { ok: true, method, standing: outcome.value };
      const never = outcome?.ok === false && outcome.kind === "refused" && outcome.code === "not_found";
      if (!never && !(outcome?.ok && outcome.value.kind !== "unknown")) problem = "gateway_unclear";
    }
    return refuse(problem);
  } finally {
    await opened.flush(database, { orderId: order.id, attemptId: null });
  }
}

function isPaid(standing: Standing): standing is Paid {
  return standing.kind === "paid" || standing.kind === "refunded";
}

function oneOfEachWallet(methods: readonly Method[]): Method[] {
  return methods.filter((method, index) => methods.findIndex((one) => walletOf(one) === walletOf(method)) === index);
}

interface Done {
  decided: Decided;
  told: { token: string; sequence: number } | null;
}

/** Writes the attempt the order never had, settles what the gateway said of it, and the decision, in one transaction. */
async function adopt(tx: Tx, input: Decision & { orderId: string }, { row, account }: Verified, answer: Answer): Promise<Done> {
  const locked = await lockOrder(tx, input.orderId);
  if (!locked || !account) return { decided: refuse("order_not_found"), told: null };
  await holdNumber(tx, row.gatewayOrderNo);
  await lockNotification(tx, row.id);
  const matched = (await matchesOf(tx, row.id)).find((one) => one.orderId !== null);
  if (matched) return { decided: repeated(matched, input.orderId), told: null };
  if ((await attemptsByNumber(tx, row.gatewayOrderNo)).length > 0) return { decided: refuse("number_elsewhere"), told: null };
  const { order, attempt } = await writeAttempt(tx, locked, input, {
    ...answer,
    gatewayOrderNo: row.gatewayOrderNo,
    accountId: account.id,
  });
  const position = { order, attempts: [...locked.attempts, attempt], now: locked.now };
  const settled = await settleAttempt(tx, position, attempt.id, answer.standing, "query");
  const verdict = VERDICT_WORDS[settled.verdict.do];
  await note(tx, input, { orderId: order.id, verdict }, "notifications.match");
  return { decided: { ok: true, verdict, orderId: order.id }, told: settled };
}

/** Closed from the start: no shopper is shown it, it takes no method's place, and as every closed attempt it still accepts its payment. */
async function writeAttempt(
  tx: Tx,
  locked: Locked,
  input: Decision,
  { method, gatewayOrderNo, accountId }: { method: Method; gatewayOrderNo: string; accountId: string },
): Promise<{ order: Order; attempt: Attempt }> {
  const { order, now } = locked;
  const attempt = await insertAttempt(tx, {
    ...{ id: newId("attempt"), merchantId: order.merchantId, orderId: order.id, accountId, method, gatewayOrderNo },
    ...{ currency: order.currency, amount: order.amount, expiresAt: order.expiresAt, problem: "superseded" },
    state: ADOPTED,
  });
  const change = draft({ order, now });
  const by = input.actor.id ?? input.actor.kind;
  const facts = { method, account: accountId, gatewayOrderNo, ...amountData(moneyOf(attempt)) };
  record(change, "attempt.sent", by, { ...facts, notification: input.notificationId, reason: reasonOf(input) }, attempt);
  record(change, "attempt.closed", by, { reason: "a notification was matched to this order by hand" }, attempt);
  await commit(tx, change);
  return { order: change.order, attempt };
}
