"use server";
import { redirect } from "next/navigation";
import { openOrderAction, orderAddress } from "#app/(dashboard)/dashboard/orders/[id]/own-order.ts";
import type { ReasonState } from "#components/dashboard/reason-form.tsx";
import { db } from "#db/client.ts";
import { auditing } from "#db/queries/audit.ts";
import { readDelivery } from "#db/queries/dashboard-deliveries.ts";
import { readOrder } from "#db/queries/dashboard-order.ts";
import { currentLocale } from "#lib/action.ts";
import type { ProblemCode, Result } from "#lib/domain/errors.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { cancelOrder } from "#lib/payments/close-order.ts";
import { markReviewed } from "#lib/payments/mark-reviewed.ts";
import { recheckOrder } from "#lib/payments/recheck-order.ts";
import { resendDelivery } from "#lib/webhooks/resend.ts";

/** Asks the gateways about every undecided try of an order; the page then says what they answered. */
export async function recheck(form: FormData): Promise<void> {
  const opened = await openOrderAction("orders.recheck", form);
  if (!opened.ok) redirect(orderAddress(opened.orderId, { problem: opened.problem }));
  const { order, actor, user } = opened;
  const also = auditing({ actor, merchantId: order.merchantId, action: "orders.recheck", detail: {} }, "order");
  const result = await recheckOrder({ merchantId: order.merchantId, orderId: order.id, actor: user.id }, db(), also);
  if (!result.ok) redirect(orderAddress(order.id, { problem: result.problem.code }));
  redirect(orderAddress(order.id, { said: result.value.answers.length > 0 ? "rechecked" : "soon" }));
}

/** Closes an open order, with a reason, so that nobody can pay it any more. Closing one that is closed is no problem. */
export async function closeOrder(_before: ReasonState, form: FormData): Promise<ReasonState> {
  const opened = await openOrderAction("orders.close", form);
  const reason = reasonOf(form);
  if (!opened.ok) return refused(reason, opened.problem);
  const { order, actor, user } = opened;
  if (reason.trim() === "") return refused(reason, "reason_missing");
  const also = auditing({ actor, merchantId: order.merchantId, action: "orders.close", detail: { reason } }, "order");
  const result = await cancelOrder({ merchantId: order.merchantId, orderId: order.id, actor: user.id, reason: reason.trim() }, db(), also);
  // The second press of the button: the first one's work is done.
  const done = result.ok || (await readOrder(db(), [order.merchantId], order.id))?.state === "cancelled";
  return done ? redirect(orderAddress(order.id, { said: "closed" })) : told(reason, result);
}

/** Says that a person has looked at an order that needed one, and what came of it. */
export async function review(_before: ReasonState, form: FormData): Promise<ReasonState> {
  const opened = await openOrderAction("orders.review", form);
  const reason = reasonOf(form);
  if (!opened.ok) return refused(reason, opened.problem);
  const { order, actor, user } = opened;
  const also = auditing({ actor, merchantId: order.merchantId, action: "orders.review", detail: { reason } }, "order");
  const seen = /^\d{1,9}$/.test(String(form.get("seen"))) ? Number(form.get("seen")) : 0;
  const result = await markReviewed({ merchantId: order.merchantId, orderId: order.id, actor: user.id, reason, seen }, db(), also);
  return result.ok ? redirect(orderAddress(order.id, { said: "reviewed" })) : told(reason, result);
}

/** Sends one of the order's webhooks again. `tries`: how many there were when the form was drawn, so that two presses are one. */
export async function resend(form: FormData): Promise<void> {
  const opened = await openOrderAction("orders.resend", form);
  if (!opened.ok) redirect(orderAddress(opened.orderId, { problem: opened.problem }));
  const { order, actor } = opened;
  const delivery = await readDelivery(db(), order.merchantId, String(form.get("delivery") ?? "").replaceAll("\0", ""));
  if (delivery?.orderId !== order.id) redirect(orderAddress(order.id, { problem: "delivery_not_found" }));
  const pressed = delivery.state === "pending" || delivery.tries !== Number(form.get("tries"));
  if (pressed) redirect(orderAddress(order.id, { said: "resent" }));
  const detail = { delivery: delivery.id, type: delivery.type };
  const entry = auditing({ actor, merchantId: order.merchantId, action: "orders.resend", detail }, "order");
  const result = await resendDelivery({ merchantId: order.merchantId, deliveryId: delivery.id }, db(), (tx) => entry(tx, order.id));
  redirect(orderAddress(order.id, result.ok ? { said: "resent" } : { problem: result.problem.code }));
}

function reasonOf(form: FormData): string {
  return String(form.get("reason") ?? "")
    .replaceAll("\0", "")
    .slice(0, 200);
}

async function refused(reason: string, code: ProblemCode): Promise<ReasonState> {
  const words: Translator<"problem"> = translator(await currentLocale(), "problem");
  const message = words(code as "forbidden");
  return { reason, chosen: "", field: code === "reason_missing" ? "reason" : null, message, confirm: null };
}

async function told(reason: string, result: Result<unknown>): Promise<ReasonState> {
  return refused(reason, result.ok ? "form_changed" : result.problem.code);
}
