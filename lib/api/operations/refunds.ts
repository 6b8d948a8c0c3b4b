import { z } from "zod";
import { listOwnRefunds, readOwnAttempt, readOwnOrder, readOwnRefund } from "#db/queries/api-orders.ts";
import type { Attempt } from "#db/queries/locks.ts";
import { refundByKey } from "#db/queries/refunds.ts";
import { PAGE_SHAPE } from "#lib/api/cursor.ts";
import { listOf, page } from "#lib/api/list.ts";
import { AMOUNT, idOf } from "#lib/api/objects/parts.ts";
import { REFUND, type RefundObject, refundObject } from "#lib/api/objects/refund.ts";
import { type Call, type Operation, operation } from "#lib/api/operation.ts";
import { LISTING, POSTING } from "#lib/api/operations/codes.ts";
import { auditorOf, ownerOf } from "#lib/api/owner.ts";
import { type ApiProblem, type ApiResult, refusalOf, refuse } from "#lib/api/result.ts";
import { problemDetail } from "#lib/api/words.ts";
import type { Problem } from "#lib/domain/errors.ts";
import { major } from "#lib/domain/money.ts";
import { REFUND_STATES } from "#lib/domain/refund.ts";
import { env } from "#lib/env.ts";
import { NOTE_MAX, REASON_MAX, refundOrder } from "#lib/payments/refund-order.ts";

const BODY = z.strictObject({
  order: idOf("ord"),
  attempt: idOf("att").optional().meta({ description: "Which paid attempt; the one that paid the order when absent." }),
  amount: AMOUNT.optional().meta({ description: "What is left of the attempt when absent." }),
  reason: z.string().min(1).max(REASON_MAX),
  note: z.string().max(NOTE_MAX).optional().meta({ description: "Of a manual refund: how it was paid back." }),
});

const create = operation({
  ...{ id: "refunds.create", group: "refunds", method: "POST", path: "/refunds", scope: "refunds:write", status: 201 },
  summary: "Refund a payment",
  description:
    "Sends all or part of one paid attempt back. The amount is reserved before anything is sent: refunds together never exceed what was paid. An unclear answer stays `unknown` and is settled by itself. Where the gateway's document has no refund the row is `manual`. A merchant may want a second person above a sum of one order (`refund_needs_approval`: somebody asks for it on the dashboard), and may cap what goes back in one of its days (`refund_daily_cap`: `detail` says from when there is room; then ask again, under a new Idempotency-Key).",
  body: BODY,
  reply: REFUND,
  problems: [
    ...POSTING,
    ...(["not_found", "attempt_not_paid", "refund_exceeds", "refund_full_only", "reason_missing"] as const),
    ...(["refund_needs_approval", "refund_daily_cap", "account_shut"] as const),
    ...(["amount_format", "amount_places", "amount_range", "amount_zero"] as const),
  ],
  example: { order: "ord_0h2v9m3kq8zr4t6w1x5y7c8d9e", amount: "20.00", reason: "One of two was sold out" },
  run: async (call): Promise<ApiResult<RefundObject>> => {
    const { body, caller, database, seed } = call;
    const attempt = await paidAttempt(call, body);
    if (!attempt.ok) return attempt;
    const { id: attemptId, amount, refundedAmount, currency } = attempt.value;
    // A run again under the same key asks for what the first one asked for: its row is found by the key before any sum is done.
    const amountText = body.amount ?? (await earlierAmount(call)) ?? major(amount - refundedAmount, currency);
    const refunded = await refundOrder(
      {
        ...{ merchantId: caller.merchantId, orderId: body.order, attemptId, amountText },
        ...{ reason: body.reason, note: body.note, actor: "shop", asker: "program", idempotencyKey: `api:${seed}` },
        auditor: await auditorOf(call),
      },
      database,
    );
    // Nothing left reads as an amount of zero.
    if (!refunded.ok && refunded.problem.code === "amount_zero" && body.amount === undefined) return refuse("refund_exceeds", "amount");
    if (!refunded.ok) return refusalOf(refunded, askAt(refunded.problem, body.order));
    const row = await readOwnRefund(database, ownerOf(call), refunded.value.refundId);
    return row ? { ok: true, value: refundObject(row) } : refuse("not_found", "refund");
  },
});

/** Where a person asks for what a key may not do. */
function askAt({ code, values }: Problem, order: string): Partial<ApiProblem> {
  if (code !== "refund_needs_approval") return {};
  return { detail: `${problemDetail(code, values)} ${env().PUBLIC_URL}/dashboard/orders/${order}/refund` };
}

async function paidAttempt(
  call: Call<unknown, unknown, z.infer<typeof BODY>>,
  { order, attempt }: z.infer<typeof BODY>,
): Promise<ApiResult<Attempt>> {
  const found = await readOwnOrder(call.database, ownerOf(call), order);
  if (!found) return refuse("not_found", "order");
  if (attempt !== undefined) {
    const named = await readOwnAttempt(call.database, ownerOf(call), attempt);
    return named?.orderId === order ? { ok: true, value: named } : refuse("not_found", "attempt");
  }
  return found.attempt?.id === found.order.paidAttemptId && found.attempt
    ? { ok: true, value: found.attempt }
    : refuse("attempt_not_paid", "order");
}

async function earlierAmount({ caller, database, seed }: Call<unknown, unknown, unknown>): Promise<string | null> {
  const known = await refundByKey(database, caller.merchantId, `api:${seed}`);
  return known && major(known.amount, known.currency);
}

const read = operation({
  ...{ id: "refunds.read", group: "refunds", method: "GET", path: "/refunds/{refund}", scope: "refunds:read", status: 200 },
  summary: "Read a refund",
  params: z.strictObject({ refund: idOf("rfd") }),
  reply: REFUND,
  problems: ["not_found"],
  run: async (call): Promise<ApiResult<RefundObject>> => {
    const row = await readOwnRefund(call.database, ownerOf(call), call.params.refund);
    return row ? { ok: true, value: refundObject(row) } : refuse("not_found", "refund");
  },
});

const list = operation({
  ...{ id: "refunds.list", group: "refunds", method: "GET", path: "/refunds", scope: "refunds:read", status: 200 },
  summary: "List refunds",
  query: z.strictObject({ ...PAGE_SHAPE, order: idOf("ord").optional(), state: z.enum(REFUND_STATES).optional() }),
  reply: listOf(REFUND),
  problems: LISTING,
  run: (call) => {
    const { order, state } = call.query;
    return page(call.query, (wanted) => listOwnRefunds(call.database, ownerOf(call), { order, state }, wanted), refundObject);
  },
});

export const REFUND_OPERATIONS: readonly Operation[] = [create, list, read];
