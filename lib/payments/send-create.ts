import { type Database, inTransaction } from "#db/client.ts";
import { type Attempt, lockOrderOfAttempt, type Order } from "#db/queries/locks.ts";
import { presentUntouched } from "#db/queries/open-and-send.ts";
import { isLiveAttempt, nextAttemptState } from "#lib/domain/attempt.ts";
import type { ProblemCode } from "#lib/domain/errors.ts";
import { CHARGES_AT_ONCE } from "#lib/domain/methods.ts";
import { nextScanAt } from "#lib/domain/schedules.ts";
import { env } from "#lib/env.ts";
import type { Created, CreateRequest, Outcome, RefusalCode } from "#lib/gateways/gateway.ts";
import { commit, type Draft, draft, moneyOf, moveAttempt, record, touch } from "#lib/payments/change.ts";
import { announce } from "#lib/payments/live.ts";
import type { Opened } from "#lib/payments/open-account.ts";
import { settleAttempt } from "#lib/payments/settle-attempt.ts";
import { isTold } from "#lib/webhooks/decisions.ts";

/** An order and its attempt as a statement has just left them. */
export interface Rows {
  order: Order;
  attempt: Attempt;
}

/** What of a create's request is not the order's or the attempt's own. */
export type Particulars = Pick<CreateRequest, "clientIp" | "openid" | "authCode" | "appId" | "bank" | "cardNumber" | "payer">;

/**
 * Calls the gateway for an attempt that was committed as sent, outside any transaction, and commits the result. What it
 * learnt is a value; an answer that is not clear is `unknown`, solved only by a query. `untouched`: the order, where it was
 * written together with this attempt; then the usual outcome is one statement, and `rows` are both as it left them.
 */
export async function sendCreate(
  database: Database,
  order: Pick<Order, "id" | "token" | "title">,
  opened: Opened,
  attempt: Attempt,
  particulars: Particulars,
  untouched?: Order,
): Promise<{ outcome: Outcome<Created>; rows: Rows | null }> {
  const outcome = await opened.account
    .create(attempt.method, requestFor(order, opened, attempt, particulars))
    .catch((error: Error): Outcome<Created> => ({ ok: false, kind: "unknown", message: error.name }));
  const [saved] = await Promise.all([
    save(database, attempt, outcome, untouched),
    opened.flush(database, { orderId: order.id, attemptId: attempt.id }),
  ]);
  announce(database, saved.token, saved.sequence);
  return { outcome, rows: saved.rows ?? null };
}

/** Refusals a person can do something about have words of their own. */
const WORDS: Partial<Record<RefusalCode, ProblemCode>> = { busy: "gateway_busy", code_expired: "auth_code_used" };

/** A create that brought nothing, in the words pages have. */
export function createProblem(outcome: Extract<Outcome<Created>, { ok: false }>): ProblemCode {
  if (outcome.kind === "unreachable") return "gateway_unreachable";
  if (outcome.kind === "unknown") return "gateway_unclear";
  return WORDS[outcome.code] ?? "gateway_refused";
}

function requestFor(order: Pick<Order, "token" | "title">, { row }: Opened, attempt: Attempt, particulars: Particulars): CreateRequest {
  const origin = env().PUBLIC_URL;
  return {
    gatewayOrderNo: attempt.gatewayOrderNo,
    amount: moneyOf(attempt),
    subject: order.title,
    notifyUrl: `${origin}/api/notify/${row.gateway}/${row.id}`,
    returnUrl: `${origin}/pay/${order.token}/return`,
    expiresAt: attempt.expiresAt,
    ...particulars,
  };
}

interface Saved {
  token: string;
  sequence: number;
  rows?: Rows;
}

async function save(database: Database, attempt: Attempt, outcome: Outcome<Created>, untouched?: Order): Promise<Saved> {
  const rows = untouched && (await presentFirst(database, untouched, attempt, outcome));
  if (!rows) return saveOutcome(database, attempt.id, outcome);
  return { token: rows.order.token, sequence: rows.order.eventSequence, rows };
}

/** The usual end of an order's first create, in one statement; null when it has to be written under the order's lock. */
async function presentFirst(database: Database, order: Order, attempt: Attempt, outcome: Outcome<Created>): Promise<Rows | null> {
  const state = nextAttemptState(attempt.state, "present");
  if (!outcome.ok || outcome.value.standing || state === null || CHARGES_AT_ONCE.has(attempt.method)) return null;
  const { presentation, gatewayRef, exchangeRate = null } = outcome.value;
  const type = "attempt.presented";
  if (isTold(type)) return null; // written with its deliveries
  const event = {
    sequence: order.eventSequence + 1,
    type,
    actor: "gateway",
    data: { kind: presentation.kind, attempt: attempt.id },
  } as const;
  const written = await presentUntouched(database, { order, attempt, state, presentation, gatewayRef, exchangeRate, event });
  if (!written) return null;
  const presented = { ...attempt, state, presentation, gatewayRef: attempt.gatewayRef ?? gatewayRef };
  return {
    order: { ...order, eventSequence: event.sequence },
    attempt: { ...presented, exchangeRate: attempt.exchangeRate ?? exchangeRate },
  };
}

async function saveOutcome(database: Database, attemptId: string, outcome: Outcome<Created>): Promise<{ token: string; sequence: number }> {
  return inTransaction(database, async (tx) => {
    const locked = await lockOrderOfAttempt(tx, attemptId);
    const attempt = locked?.attempts.find((one) => one.id === attemptId);
    if (!locked || !attempt) throw new Error(`attempt ${attemptId} vanished`);
    const change = draft(locked);
    write(change, attempt, outcome);
    await commit(tx, change);
    if (!outcome.ok || !outcome.value.standing) return { token: change.order.token, sequence: change.order.eventSequence };
    const attempts = locked.attempts.map((one) => change.touched.get(one.id)?.attempt ?? one);
    return settleAttempt(tx, { order: change.order, attempts, now: locked.now }, attemptId, outcome.value.standing, "create");
  });
}

/** A notification may have overtaken the create's answer: then only what it adds is kept. */
function write(change: Draft, attempt: Attempt, outcome: Outcome<Created>): void {
  const copy = touch(change, attempt);
  if (outcome.ok) {
    copy.gatewayRef ??= outcome.value.gatewayRef;
    copy.exchangeRate ??= outcome.value.exchangeRate ?? null;
    if (nextAttemptState(attempt.state, "present") !== null) {
      moveAttempt(change, attempt, "present").presentation = outcome.value.presentation;
      record(change, "attempt.presented", "gateway", { kind: outcome.value.presentation.kind }, copy);
    }
  } else lose(change, attempt, outcome);
  // A scanned code is followed closely from here on: the shopper stands at the counter.
  const scanned = CHARGES_AT_ONCE.has(copy.method) && isLiveAttempt(copy.state);
  if (scanned) copy.nextSweepAt = nextScanAt(copy.createdAt, copy.expiresAt, change.now);
}

function lose(change: Draft, attempt: Attempt, outcome: Extract<Outcome<Created>, { ok: false }>): void {
  const event = outcome.kind === "unknown" ? "lose" : "refuse";
  if (nextAttemptState(attempt.state, event) === null) return;
  const copy = moveAttempt(change, attempt, event);
  copy.problem = createProblem(outcome);
  if (event === "refuse") {
    copy.nextSweepAt = null;
    copy.closeDueAt = null;
  }
  const gatewayCode = outcome.kind === "refused" ? (outcome.gatewayCode ?? outcome.code) : undefined;
  record(
    change,
    event === "lose" ? "attempt.unknown" : "attempt.refused",
    "gateway",
    { kind: outcome.kind, message: outcome.message, gatewayCode },
    copy,
  );
}
