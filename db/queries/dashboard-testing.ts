import type { Database } from "#db/client.ts";
import { attempts } from "#db/schema/attempts.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import { orderEvents } from "#db/schema/order-events.ts";
import { orders } from "#db/schema/orders.ts";
import { memberships, type Role, users } from "#db/schema/users.ts";
import { newGatewayNumber, newId, newToken } from "#lib/domain/ids.ts";
import { hashPassword } from "#lib/password.ts";

/** Rows for tests of the dashboard: small builders, each with a merchant's id first. Never used by the product. */
export async function makeMerchant(database: Database, id: string, name: string, timeZone = "Asia/Hong_Kong"): Promise<string> {
  await database.insert(merchants).values({ id, name, timeZone, webhookSecret: "sealed" });
  const accountId = `acc_${id}`;
  await database.insert(gatewayAccounts).values({
    id: accountId,
    merchantId: id,
    gateway: "hipopay-agent",
    title: `${name} HipoPay`,
    baseUrl: "http://localhost:1/none",
    credentials: "sealed",
    live: false,
  });
  return accountId;
}

/** A person with roles by merchant id. */
export async function makeUser(
  database: Database,
  person: { email: string; password: string; platformAdmin?: boolean; mustChangePassword?: boolean; roles?: Record<string, Role> },
): Promise<string> {
  const id = newId("user");
  const { email, password, platformAdmin = false, mustChangePassword = false, roles = {} } = person;
  const passwordHash = await hashPassword(password);
  await database.insert(users).values({ id, email, name: email.split("@")[0] ?? email, passwordHash, platformAdmin, mustChangePassword });
  for (const [merchantId, role] of Object.entries(roles)) await database.insert(memberships).values({ userId: id, merchantId, role });
  return id;
}

export interface MadeOrder {
  orderId: string;
  token: string;
  reference: string;
  attemptId: string;
  gatewayOrderNo: string;
  gatewayRef: string;
}

/** An order with one try; `state` paid makes both paid and writes the events that a payment leaves. */
export async function makeOrder(
  database: Database,
  merchantId: string,
  given: Partial<typeof orders.$inferInsert> & { reference: string },
): Promise<MadeOrder> {
  const now = given.createdAt ?? new Date();
  const paid = given.state === "paid";
  const made: MadeOrder = {
    orderId: newId("order"),
    token: newToken(),
    reference: given.reference,
    attemptId: newId("attempt"),
    gatewayOrderNo: newGatewayNumber(now),
    gatewayRef: `42000${newToken().slice(0, 18)}`,
  };
  const amount = given.amount ?? 8_800n;
  const currency = given.currency ?? "HKD";
  const expiresAt = new Date(now.getTime() + 1_800_000);
  const money = paid ? { paidAt: now, paidAttemptId: made.attemptId, paidAmount: amount } : {};
  await database.insert(orders).values({
    title: "Tea",
    live: false,
    expiresAt,
    eventSequence: paid ? 2 : 1,
    ...money,
    ...given,
    amount,
    currency,
    createdAt: now,
    id: made.orderId,
    token: made.token,
    merchantId,
  });
  await database.insert(attempts).values({
    id: made.attemptId,
    merchantId,
    orderId: made.orderId,
    accountId: `acc_${merchantId}`,
    method: "wechat.native",
    gatewayOrderNo: made.gatewayOrderNo,
    gatewayRef: made.gatewayRef,
    currency,
    amount,
    state: paid ? "paid" : "presented",
    paidAt: paid ? now : null,
    refundedAmount: given.refundedAmount ?? 0n,
    expiresAt,
    createdAt: now,
  });
  const event = { orderId: made.orderId, merchantId, at: now };
  await database
    .insert(orderEvents)
    .values({ ...event, sequence: 1, type: "order.created", actor: "shop", data: { amount: "88.00", currency } });
  if (paid)
    await database
      .insert(orderEvents)
      .values({ ...event, sequence: 2, type: "order.paid", actor: "gateway", data: { source: "notification" } });
  return made;
}
