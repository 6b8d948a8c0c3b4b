import { notFound, redirect } from "next/navigation";
import { db } from "#db/client.ts";
import { type OrderDetail, readOrder } from "#db/queries/dashboard-order.ts";
import { can, fromOwnPage, requireUser, scopeOf, type User } from "#lib/auth.ts";
import type { AuditActor } from "#lib/domain/audit.ts";
import type { ProblemCode } from "#lib/domain/errors.ts";
import type { Permission } from "#lib/domain/permission.ts";
import type { MerchantAction } from "#lib/domain/staff-actions.ts";
import { openAction } from "#lib/staff.ts";

/** The address of an order's page, with what came of an action. */
export function orderAddress(orderId: string, came: Record<string, string> = {}): string {
  const query = new URLSearchParams(came).toString();
  return `/dashboard/orders/${orderId}${query ? `?${query}` : ""}`;
}

/** The order a page is about, of a merchant its reader belongs to; 404 for a foreign and for an unknown one alike. */
export async function ownOrder(orderId: string): Promise<{ user: User; order: OrderDetail }> {
  const user = await requireUser(orderAddress(orderId));
  const order = /^[\w-]{1,64}$/.test(orderId) ? await readOrder(db(), scopeOf(user), orderId) : null;
  if (!order) notFound();
  return { user, order };
}

type OrderAction = Extract<MerchantAction, `orders.${string}`>;

/** An action about an order: the form's `order`, of a merchant of this person's, and what openAction says of the rest. */
export async function openOrderAction(
  name: OrderAction,
  form: FormData,
): Promise<{ ok: true; user: User; order: OrderDetail; actor: AuditActor } | { ok: false; orderId: string; problem: ProblemCode }> {
  const { user, order } = await ownOrder(String(form.get("order") ?? ""));
  const opened = await openAction(name, form, order.merchantId);
  if (opened.ok) return { ok: true, user, order, actor: opened.actor };
  return { ok: false, orderId: order.id, problem: opened.problem === "origin" ? "origin_mismatch" : "forbidden" };
}

/** The order an action is about: sent from our own page, by somebody who may do `permission`. Others are sent back with the reason. */
export async function permittedOrder(form: FormData, permission: Permission): Promise<{ user: User; order: OrderDetail }> {
  const owned = await ownOrder(String(form.get("order") ?? ""));
  const refuse = (problem: ProblemCode): never => redirect(orderAddress(owned.order.id, { problem }));
  if (!(await fromOwnPage())) refuse("origin_mismatch");
  if (!can(owned.user, owned.order.merchantId, permission)) refuse("forbidden");
  return owned;
}
