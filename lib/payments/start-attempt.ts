import { type Database, db, inTransaction } from "#db/client.ts";
import type { GatewayAccount } from "#db/queries/accounts.ts";
import { insertAttempt } from "#db/queries/attempts.ts";
import { type Attempt, lockOrder, lockOrderOfAttempt, type Order } from "#db/queries/locks.ts";
import { orderByToken } from "#db/queries/orders.ts";
import { isLiveAttempt, nextAttemptState } from "#lib/domain/attempt.ts";
import { fail, type ProblemCode, type Result } from "#lib/domain/errors.ts";
import { newGatewayNumber, newId } from "#lib/domain/ids.ts";
import { CHARGES_AT_ONCE, type Method } from "#lib/domain/methods.ts";
import type { Presentation } from "#lib/domain/presentation.ts";
import { SWEEP_STEPS } from "#lib/domain/schedules.ts";
import type { Shopper } from "#lib/domain/shopper.ts";
import { env } from "#lib/env.ts";
import type { Created, CreateRequest, Outcome } from "#lib/gateways/gateway.ts";
import { amountData, commit, draft, moneyOf, moveAttempt, record, touch } from "#lib/payments/change.ts";
import { announce } from "#lib/payments/live.ts";
import { type Opened, openActiveAccounts } from "#lib/payments/open-account.ts";
import { settleAttempt } from "#lib/payments/settle-attempt.ts";

export interface StartAttempt {
  token: string;
  method: Method;
  shopper: Shopper;
  openid?: string | undefined;
  /** Scan pay: the code read from the shopper's wallet. */
  authCode?: string | undefined;
}

export interface Started {
  attemptId: string;
  /** Null while another request is still creating the same attempt. */
  presentation: Presentation | null;
}

/** An attempt whose create has not answered after this long belongs to a process that died: a new one may be made. */
const STALE_MS = 20_000;
/** Tries to pay one order, each of which the sweep has to follow for a day. */
const ATTEMPTS_MAX = 50;

/**
 * Starts a try to pay, or gives the one of this method that is still alive: double clicks, refreshes and second tabs make
 * nothing new. Three steps (reliability.md 2): the intent is committed under a number of its own, the gateway is called
 * outside any transaction, the result is committed. When an account surely was not reached, the next one is tried.
 * Problems: order_not_found, order_not_open, order_expired, method_unavailable, openid_missing, gateway_refused,
 * gateway_unreachable; an unclear answer is no problem but an attempt in state unknown, which a query solves.
 */
export async function startAttempt(input: StartAttempt, database: Database = db()): Promise<Result<Started>> {
  const order = await orderByToken(database, input.token);
  if (!order) return fail("order_not_found");
  const candidates = await accountsFor(database, order, input.method);
  if (candidates.length === 0) return fail("method_unavailable", "method");
  let problem: ProblemCode = "gateway_unreachable";
  for (const opened of candidates) {
    if (opened.gateway.asks[input.method]?.includes("openid") && !input.openid) return fail("openid_missing", "openid");
    const intent = await writeIntent(database, order.id, opened.row, input.method);
    if (!intent.ok) return intent;
    if (intent.value.alive) return { ok: true, value: intent.value.alive };
    const outcome = await callGateway(database, order, opened, intent.value.attempt, input);
    if (outcome.ok) return outcome;
    problem = outcome.problem.code;
    if (problem !== "gateway_unreachable") return outcome;
  }
  return fail(problem);
}

async function accountsFor(database: Database, order: Order, method: Method): Promise<Opened[]> {
  const accounts = await openActiveAccounts(database, order.merchantId, order.live);
  return accounts.filter(
    ({ account, gateway }) => account.methods.includes(method) && gateway.currencies.some((currency) => currency === order.currency),
  );
}

type Intent = { attempt: Attempt; alive: null } | { attempt: null; alive: Started };

/** Commits the attempt as sent, under the order's lock: from here on its number may be paid. */
async function writeIntent(database: Database, orderId: string, account: GatewayAccount, method: Method): Promise<Result<Intent>> {
  return inTransaction(database, async (tx): Promise<Result<Intent>> => {
    const locked = await lockOrder(tx, orderId);
    if (!locked) return fail("order_not_found");
    if (locked.order.state !== "open") return fail(locked.order.state === "expired" ? "order_expired" : "order_not_open");
    if (locked.order.expiresAt <= locked.now) return fail("order_expired");
    const alive = locked.attempts.find((one) => one.method === method && isLiveAttempt(one.state));
    if (!alive && locked.attempts.length >= ATTEMPTS_MAX) return fail("too_many_requests");
    const change = draft(locked);
    if (alive) {
      if (!mayReplace(alive, locked.now))
        return { ok: true, value: { attempt: null, alive: { attemptId: alive.id, presentation: alive.presentation } } };
      const closed = moveAttempt(change, alive, "close");
      closed.problem = "superseded";
      record(change, "attempt.closed", "shopper", { reason: "no answer; tried anew" }, closed);
      await commit(tx, change);
    }
    return {
      ok: true,
      value: { attempt: await insertSent(tx, alive ? change.order : locked.order, account, method, locked.now), alive: null },
    };
  });
}

/** QR, redirect and JSAPI may be tried anew when no answer came; what charges at once never before a query answers. */
function mayReplace(attempt: Attempt, now: Date): boolean {
  if (CHARGES_AT_ONCE.has(attempt.method)) return false;
  return attempt.state === "unknown" || (attempt.state === "sent" && now.getTime() - attempt.createdAt.getTime() > STALE_MS);
}

async function insertSent(
  tx: Parameters<typeof insertAttempt>[0],
  order: Order,
  account: GatewayAccount,
  method: Method,
  now: Date,
): Promise<Attempt> {
  const attempt = await insertAttempt(tx, {
    id: newId("attempt"),
    merchantId: order.merchantId,
    orderId: order.id,
    accountId: account.id,
    method,
    gatewayOrderNo: newGatewayNumber(now),
    currency: order.currency,
    amount: order.amount,
    state: nextAttemptState("new", "send") ?? "new",
    expiresAt: order.expiresAt,
    nextSweepAt: new Date(now.getTime() + SWEEP_STEPS[0] * 1000),
  });
  const change = draft({ order, now });
  record(
    change,
    "attempt.sent",
    "shopper",
    { method, account: account.id, gatewayOrderNo: attempt.gatewayOrderNo, ...amountData(moneyOf(attempt)) },
    attempt,
  );
  await commit(tx, change);
  return attempt;
}

async function callGateway(
  database: Database,
  order: Order,
  opened: Opened,
  attempt: Attempt,
  input: StartAttempt,
): Promise<Result<Started>> {
  const outcome = await opened.account
    .create(input.method, requestFor(order, opened.row, attempt, input))
    .catch((error: Error): Outcome<Created> => ({ ok: false, kind: "unknown", message: error.message }));
  const saved = await saveOutcome(database, attempt.id, outcome).finally(() =>
    opened.flush(database, { orderId: order.id, attemptId: attempt.id }),
  );
  announce(database, saved.token, saved.sequence);
  if (outcome.ok) return { ok: true, value: { attemptId: attempt.id, presentation: outcome.value.presentation } };
  if (outcome.kind === "unknown") return { ok: true, value: { attemptId: attempt.id, presentation: null } };
  return fail(outcome.kind === "unreachable" ? "gateway_unreachable" : "gateway_refused");
}

function requestFor(order: Order, row: GatewayAccount, attempt: Attempt, input: StartAttempt): CreateRequest {
  const origin = env().PUBLIC_URL;
  return {
    gatewayOrderNo: attempt.gatewayOrderNo,
    amount: moneyOf(attempt),
    subject: order.title,
    notifyUrl: `${origin}/api/notify/${row.gateway}/${row.id}`,
    returnUrl: `${origin}/pay/${order.token}/return`,
    clientIp: input.shopper.ip,
    expiresAt: attempt.expiresAt,
    ...(input.openid && { openid: input.openid }),
    ...(input.authCode && { authCode: input.authCode }),
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
function write(change: ReturnType<typeof draft>, attempt: Attempt, outcome: Outcome<Created>): void {
  if (outcome.ok) {
    const copy = touch(change, attempt);
    copy.gatewayRef ??= outcome.value.gatewayRef;
    copy.exchangeRate ??= outcome.value.exchangeRate ?? null;
    if (nextAttemptState(attempt.state, "present") === null) return;
    moveAttempt(change, attempt, "present").presentation = outcome.value.presentation;
    record(change, "attempt.presented", "gateway", { kind: outcome.value.presentation.kind }, copy);
    return;
  }
  const event = outcome.kind === "unknown" ? "lose" : "refuse";
  if (nextAttemptState(attempt.state, event) === null) return;
  const copy = moveAttempt(change, attempt, event);
  copy.problem =
    outcome.kind === "unknown" ? "gateway_unclear" : outcome.kind === "unreachable" ? "gateway_unreachable" : "gateway_refused";
  if (event === "refuse") copy.nextSweepAt = null;
  const gatewayCode = outcome.kind === "refused" ? (outcome.gatewayCode ?? outcome.code) : undefined;
  record(
    change,
    event === "lose" ? "attempt.unknown" : "attempt.refused",
    "gateway",
    { kind: outcome.kind, message: outcome.message, gatewayCode },
    copy,
  );
}
