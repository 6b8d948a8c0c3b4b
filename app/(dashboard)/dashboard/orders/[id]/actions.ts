"use server";
import { redirect } from "next/navigation";
import { openOrderAction, orderAddress } from "#app/(dashboard)/dashboard/orders/[id]/own-order.ts";
import { reasonOf, refusedReason } from "#app/(dashboard)/reason.ts";
import type { ReasonState } from "#components/dashboard/reason-form.tsx";
import { db } from "#db/client.ts";
import { auditing } from "#db/queries/audit.ts";
import { readDelivery } from "#db/queries/dashboard-deliveries.ts";
import { readOrder } from "#db/queries/dashboard-order.ts";
import type { Result } from "#lib/domain/errors.ts";
import { cancelOrder } from "#lib/payments/close-order.ts";
import { markReviewed } from "#lib/payments/mark-reviewed.ts";
import { recheckOrder } from "#lib/payments/recheck-order.ts";
import { resendDelivery } from "#lib/webhooks/resend.ts";

/** Asks the gateways about every undecided try of an order, with a reason; the page then says what they answered. */
export async function recheck(_before: ReasonState, form: FormData): Promise<ReasonState> {
  const opened = await openOrderAction("orders.recheck", form);
  const reason = reasonOf(form);
  if (!opened.ok) return refusedReason(reason, opened.problem);
  const { order, actor, user } = opened;
  if (reason.trim() === "") return refusedReason(reason, "reason_missing");
  const also = auditing({ actor, merchantId: order.merchantId, action: "orders.recheck", detail: { reason } }, "order");
  const asked = { merchantId: order.merchantId, orderId: order.id, actor: user.id, reason: reason.trim() };
  const result = await recheckOrder(asked, db(), also);
  if (!result.ok) return refusedReason(reason, result.problem.code);
  redirect(orderAddress(order.id, { said: result.value.answers.length > 0 ? "rechecked" : "soon" }));
}

/** Closes an open order, with a reason, so that nobody can pay it any more. Closing one that is closed is no problem. */
export async function closeOrder(_before: ReasonState, form: FormData): Promise<ReasonState> {
  const opened = await openOrderAction("orders.close", form);
  const reason = reasonOf(form);
  if (!opened.ok) return refusedReason(reason, opened.problem);
  const { order, actor, user } = opened;
  if (reason.trim() === "") return refusedReason(reason, "reason_missing");
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
  if (!opened.ok) return refusedReason(reason, opened.problem);
  const { order, actor, user } = opened;
  const also = auditing({ actor, merchantId: order.merchantId, action: "orders.review", detail: { reason } }, "order");
  const seen = /^\d{1,9}$/.test(String(form.get("seen"))) ? Number(form.get("seen")) : 0;
  const result = await markReviewed({ merchantId: order.merchantId, orderId: order.id, actor: user.id, reason, seen }, db(), also);
  return result.ok ? redirect(orderAddress(order.id, { said: "reviewed" })) : told(reason, result);
}

/**
 * Sends one of the order's webhooks again, with a reason. `tries`: how many there were when the form was drawn, so that two presses
 * are one.
 */
export async function resend(_before: ReasonState, form: FormData): Promise<ReasonState> {
  const opened = await openOrderAction("orders.resend", form);
  const reason = reasonOf(form);
  if (!opened.ok) return refusedReason(reason, opened.problem);
  const { order, actor } = opened;
  const delivery = await readDelivery(db(), order.merchantId, String(form.get("delivery") ?? "").replaceAll("\0", ""));
  if (delivery?.orderId !== order.id) return refusedReason(reason, "delivery_not_found");
  if (reason.trim() === "") return refusedReason(reason, "reason_missing");
  const pressed = delivery.state === "pending" || delivery.tries !== Number(form.get("tries"));
  if (pressed) redirect(orderAddress(order.id, { said: "resent" }));
  const detail = { delivery: delivery.id, type: delivery.type, reason };
  const entry = auditing({ actor, merchantId: order.merchantId, action: "orders.resend", detail }, "order");
  const result = await resendDelivery({ merchantId: order.merchantId, deliveryId: delivery.id }, db(), (tx) => entry(tx, order.id));
  return result.ok ? redirect(orderAddress(order.id, { said: "resent" })) : told(reason, result);
}

async function told(reason: string, result: Result<unknown>): Promise<ReasonState> {
  return refusedReason(reason, result.ok ? "form_changed" : result.problem.code);
}
