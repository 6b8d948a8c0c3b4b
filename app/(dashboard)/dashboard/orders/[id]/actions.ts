"use server";
import { redirect } from "next/navigation";
import { orderAddress, permittedOrder } from "#app/(dashboard)/dashboard/orders/[id]/own-order.ts";
import type { Result } from "#lib/domain/errors.ts";
import { cancelOrder } from "#lib/payments/close-order.ts";
import { markReviewed } from "#lib/payments/mark-reviewed.ts";
import { recheckOrder } from "#lib/payments/recheck-attempt.ts";

/** Asks the gateways about every undecided try of an order. */
export async function recheck(form: FormData): Promise<void> {
  const { user, order } = await permittedOrder(form, "recheck_order");
  const result = await recheckOrder({ merchantId: order.merchantId, orderId: order.id, actor: user.id });
  back(order.id, result, result.ok ? { said: "rechecked", asked: String(result.value.asked) } : {});
}

/** Closes an open order, so that nobody can pay it any more. */
export async function closeOrder(form: FormData): Promise<void> {
  const { user, order } = await permittedOrder(form, "close_order");
  back(order.id, await cancelOrder({ merchantId: order.merchantId, orderId: order.id, actor: user.id }), { said: "closed" });
}

/** Says that a person has looked at an order that needed one. */
export async function review(form: FormData): Promise<void> {
  const { user, order } = await permittedOrder(form, "review_order");
  back(order.id, await markReviewed({ merchantId: order.merchantId, orderId: order.id, actor: user.id }), { said: "reviewed" });
}

function back(orderId: string, result: Result<unknown>, said: Record<string, string>): never {
  redirect(orderAddress(orderId, result.ok ? said : { problem: result.problem.code }));
}
