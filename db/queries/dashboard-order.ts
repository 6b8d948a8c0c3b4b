import { and, desc, eq, getTableColumns, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { attempts } from "#db/schema/attempts.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import { orders } from "#db/schema/orders.ts";
import { refunds } from "#db/schema/refunds.ts";
import { users } from "#db/schema/users.ts";

export type OrderDetail = typeof orders.$inferSelect & { merchantName: string; timeZone: string };
/** An attempt without what belongs to the shopper alone (`presentation`, `payer`). */
export type AttemptRow = Omit<typeof attempts.$inferSelect, "presentation" | "payer"> & { accountTitle: string; gateway: string };
export type RefundRow = typeof refunds.$inferSelect;

const { presentation: _presentation, payer: _payer, ...ATTEMPT_COLUMNS } = getTableColumns(attempts);

/** The merchants somebody may see; `all` is the platform admin's. */
export type Scope = readonly string[] | "all";

/** An order of one of these merchants; null for a foreign and for an unknown id alike. */
export async function readOrder(tx: Tx, scope: Scope, orderId: string): Promise<OrderDetail | null> {
  if (scope.length === 0) return null;
  const [row] = await tx
    .select({ ...getTableColumns(orders), merchantName: merchants.name, timeZone: merchants.timeZone })
    .from(orders)
    .innerJoin(merchants, eq(merchants.id, orders.merchantId))
    .where(and(eq(orders.id, orderId), scope === "all" ? undefined : inArray(orders.merchantId, [...scope])));
  return row ?? null;
}

/** The order's tries, newest first. */
export async function readAttempts(tx: Tx, merchantId: string, orderId: string): Promise<AttemptRow[]> {
  return tx
    .select({ ...ATTEMPT_COLUMNS, accountTitle: gatewayAccounts.title, gateway: gatewayAccounts.gateway })
    .from(attempts)
    .innerJoin(gatewayAccounts, eq(gatewayAccounts.id, attempts.accountId))
    .where(and(eq(attempts.orderId, orderId), eq(attempts.merchantId, merchantId)))
    .orderBy(desc(attempts.createdAt), desc(attempts.id))
    .limit(200);
}

/** The order's refunds, newest first. */
export async function readRefunds(tx: Tx, merchantId: string, orderId: string): Promise<RefundRow[]> {
  return tx
    .select()
    .from(refunds)
    .where(and(eq(refunds.orderId, orderId), eq(refunds.merchantId, merchantId)))
    .orderBy(desc(refunds.createdAt), desc(refunds.id))
    .limit(200);
}

/** Names of the users behind actor ids; ids that are no user's are left out. */
export async function readUserNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(inArray(users.id, [...new Set(ids)]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
