import { and, eq, getTableColumns } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { type Cursor, cutPage, PAGE_ROWS, type Page, pageOf } from "#db/queries/dashboard-page.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { payouts } from "#db/schema/payouts.ts";
import type { PayoutState } from "#lib/domain/payout.ts";

/** A payout with its account; a list's row has no recipient. */
export type PayoutDetail = typeof payouts.$inferSelect & { accountTitle: string; gateway: string; live: boolean };
export type PayoutListRow = Omit<PayoutDetail, "recipient">;

const { recipient, ...LIST } = getTableColumns(payouts);
const ACCOUNT = { accountTitle: gatewayAccounts.title, gateway: gatewayAccounts.gateway, live: gatewayAccounts.live };

/** A merchant's payouts, newest first, optionally of one state. */
export async function listPayouts(
  tx: Tx,
  merchantId: string,
  state: PayoutState | null,
  cursor: Cursor | null,
): Promise<Page<PayoutListRow>> {
  const page = pageOf(payouts.createdAt, payouts.id, cursor);
  const rows = await tx
    .select({ ...LIST, ...ACCOUNT })
    .from(payouts)
    .innerJoin(gatewayAccounts, eq(gatewayAccounts.id, payouts.accountId))
    .where(and(eq(payouts.merchantId, merchantId), state ? eq(payouts.state, state) : undefined, page.where))
    .orderBy(...page.orderBy)
    .limit(PAGE_ROWS + 1);
  return cutPage(rows, cursor, (row) => ({ at: row.createdAt, id: row.id }));
}

/** One payout of this merchant with its sealed recipient; null for a foreign and for an unknown id alike. */
export async function readPayout(tx: Tx, merchantId: string, payoutId: string): Promise<PayoutDetail | null> {
  const [row] = await tx
    .select({ ...LIST, recipient, ...ACCOUNT })
    .from(payouts)
    .innerJoin(gatewayAccounts, eq(gatewayAccounts.id, payouts.accountId))
    .where(and(eq(payouts.id, payoutId), eq(payouts.merchantId, merchantId)));
  return row ?? null;
}
