import { z } from "zod";
import { listOwnAttempts, readOwnAttempt, readOwnOrder } from "#db/queries/api-orders.ts";
import { attemptById, attemptsByOrder } from "#db/queries/attempts.ts";
import type { Attempt, Order } from "#db/queries/locks.ts";
import { PAGE_SHAPE } from "#lib/api/cursor.ts";
import { listOf, page } from "#lib/api/list.ts";
import { ATTEMPT, type AttemptObject, attemptObject } from "#lib/api/objects/attempt.ts";
import { idOf } from "#lib/api/objects/parts.ts";
import { type Call, type Operation, operation } from "#lib/api/operation.ts";
import { LISTING, POSTING, STARTING } from "#lib/api/operations/codes.ts";
import { codeProblem, isScan, ORDER_PATH, PAY_BODY, type PayBody, wantedOf } from "#lib/api/operations/pay-fields.ts";
import { alsoOf, ownerOf } from "#lib/api/owner.ts";
import { type ApiResult, refusalOf, refuse } from "#lib/api/result.ts";
import { isLiveAttempt } from "#lib/domain/attempt.ts";
import { authCodeDigits, methodOfAuthCode } from "#lib/domain/auth-code.ts";
import { major } from "#lib/domain/money.ts";
import { candidatesFor } from "#lib/payments/candidates.ts";
import { scanPay } from "#lib/payments/scan-pay.ts";
import { tryAccounts } from "#lib/payments/try-accounts.ts";

/** Starts an attempt of an order that is there; scan pay by its own use case. Gives the attempt as it is then. */
export async function startOn(
  call: Pick<Call<unknown, unknown, unknown>, "caller" | "database" | "ip" | "run">,
  order: Order,
  pay: PayBody,
): Promise<ApiResult<Attempt>> {
  const { database, ip } = call;
  const started = isScan(pay.method) ? await scan(call, order, pay) : await start(call, order, pay, ip);
  if (!started.ok) return started;
  const attempt = await attemptById(database, started.value);
  return attempt ? { ok: true, value: attempt } : refuse("not_found", "attempt");
}

/**
 * The try an earlier run under this Idempotency-Key made, where it is over by now: it is that run's answer. Paid, it must not become
 * `order_not_open`; declined since, another must not be made. One that lives, or was refused at once, is `tryAccounts`' to go on with.
 */
export async function triedSince(
  { database, resumedFrom }: Pick<Call<unknown, unknown, unknown>, "database" | "resumedFrom">,
  orderId: string,
  method: PayBody["method"],
): Promise<Attempt | null> {
  if (resumedFrom === null) return null;
  const tries = await attemptsByOrder(database, orderId);
  const last = tries.find((one) => one.method === method && one.createdAt >= resumedFrom);
  return last && !isLiveAttempt(last.state) && last.state !== "refused" ? last : null;
}

async function start(
  { database }: Pick<Call<unknown, unknown, unknown>, "database">,
  order: Order,
  pay: PayBody,
  ip: string,
): Promise<ApiResult<string>> {
  const candidates = await candidatesFor(database, order, pay.method);
  if (candidates.length === 0) return refuse("method_unavailable", "method");
  const started = await tryAccounts(database, order, candidates, { ...wantedOf(pay, ip), actor: "shop" });
  return started.ok ? { ok: true, value: started.value.attemptId } : refusalOf(started);
}

async function scan(
  call: Pick<Call<unknown, unknown, unknown>, "caller" | "database" | "ip" | "run">,
  order: Order,
  pay: PayBody,
): Promise<ApiResult<string>> {
  const { caller, database, ip } = call;
  const authCode = authCodeDigits(pay.auth_code ?? "");
  const wrong = codeProblem(pay, methodOfAuthCode(authCode));
  if (wrong) return wrong;
  const input = { merchantId: caller.merchantId, authCode, for: { orderId: order.id }, actor: "shop", clientIp: pay.client_ip ?? ip };
  const detail = { amount: `${major(order.amount, order.currency)} ${order.currency}`, live: order.live };
  const scanned = await scanPay(input, database, await alsoOf(call, "counter.charge", "order", detail));
  return scanned.ok ? { ok: true, value: scanned.value.attemptId } : refusalOf(scanned);
}

const create = operation({
  ...{ id: "attempts.create", group: "attempts", method: "POST", path: "/orders/{order}/attempts", scope: "orders:write", status: 201 },
  summary: "Start an attempt",
  description:
    "Starts a try to pay by one method and gives its presentation; the one of this method that is still alive is given again (200), so that a repeated call makes nothing new. With `*.barcode` the shopper's wallet is charged at once: an attempt that is not `paid` yet waits for the shopper, read it again.",
  params: ORDER_PATH,
  body: PAY_BODY,
  reply: ATTEMPT,
  problems: [...POSTING, "not_found", ...STARTING],
  example: { method: "wechat.native" },
  run: async (call): Promise<ApiResult<AttemptObject>> => {
    const found = await readOwnOrder(call.database, ownerOf(call), call.params.order);
    if (!found) return refuse("not_found", "order");
    const earlier = await triedSince(call, found.order.id, call.body.method);
    if (earlier) return { ok: true, value: attemptObject(earlier) };
    const known = found.attempt?.method === call.body.method && isLiveAttempt(found.attempt.state) ? found.attempt.id : null;
    const started = await startOn(call, found.order, call.body);
    if (!started.ok) return started;
    return { ok: true, value: attemptObject(started.value), status: started.value.id === known ? 200 : 201 };
  },
});

const list = operation({
  ...{ id: "attempts.list", group: "attempts", method: "GET", path: "/orders/{order}/attempts", scope: "orders:read", status: 200 },
  summary: "List an order's attempts",
  params: ORDER_PATH,
  query: z.strictObject(PAGE_SHAPE),
  reply: listOf(ATTEMPT),
  problems: ["not_found", ...LISTING],
  run: async (call) => {
    const found = await readOwnOrder(call.database, ownerOf(call), call.params.order);
    if (!found) return refuse("not_found", "order");
    return page(call.query, (wanted) => listOwnAttempts(call.database, found.order.id, wanted), attemptObject);
  },
});

const read = operation({
  ...{ id: "attempts.read", group: "attempts", method: "GET", path: "/attempts/{attempt}", scope: "orders:read", status: 200 },
  summary: "Read an attempt",
  params: z.strictObject({ attempt: idOf("att") }),
  reply: ATTEMPT,
  problems: ["not_found"],
  run: async (call): Promise<ApiResult<AttemptObject>> => {
    const attempt = await readOwnAttempt(call.database, ownerOf(call), call.params.attempt);
    return attempt ? { ok: true, value: attemptObject(attempt) } : refuse("not_found", "attempt");
  },
});

export const ATTEMPT_OPERATIONS: readonly Operation[] = [create, list, read];
