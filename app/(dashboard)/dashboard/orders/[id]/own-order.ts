import { notFound, redirect } from "next/navigation";
import { db } from "#db/client.ts";
import { type OrderDetail, readOrder } from "#db/queries/dashboard-order.ts";
import { can, fromOwnPage, requireUser, scopeOf, type User } from "#lib/auth.ts";
import type { ProblemCode } from "#lib/domain/errors.ts";
import type { Permission } from "#lib/domain/permission.ts";

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

/** The order an action is about: sent from our own page, by somebody who may do `permission`. Others are sent back with the reason. */
export async function permittedOrder(form: FormData, permission: Permission): Promise<{ user: User; order: OrderDetail }> {
  const owned = await ownOrder(String(form.get("order") ?? ""));
  const refuse = (problem: ProblemCode): never => redirect(orderAddress(owned.order.id, { problem }));
  if (!(await fromOwnPage())) refuse("origin_mismatch");
  if (!can(owned.user, owned.order.merchantId, permission)) refuse("forbidden");
  return owned;
}
