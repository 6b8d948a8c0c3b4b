import { GATEWAY_ZONE, type ParsedFilter } from "#app/(dashboard)/dashboard/orders/filter.ts";
import { methodText } from "#components/dashboard/states.tsx";
import type { Database } from "#db/client.ts";
import { listOrders, type OrderRow } from "#db/queries/dashboard-orders.ts";
import { readCursor } from "#db/queries/dashboard-page.ts";
import { csvLine } from "#lib/domain/csv.ts";
import { major } from "#lib/domain/money.ts";
import { zonedText } from "#lib/domain/zoned-time.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

/** Rows read at once. */
const BATCH = 1000;

interface Account {
  id: string;
  gateway: string;
  title: string;
}

/**
 * The file of a filter's orders, some lines at a time, in the list's order: amounts as decimal text in major units, times in the
 * merchant's zone with its offset. Reads by keyset, so that it neither repeats nor misses an order that was there when it began.
 */
export async function* orderLines(
  database: Database,
  merchant: { id: string; timeZone: string },
  { filter, zone, sort }: Pick<ParsedFilter, "filter" | "zone" | "sort">,
  accounts: readonly Account[],
  locale: Locale,
): AsyncGenerator<string> {
  const cells = cellsOf(merchant.timeZone, new Map(accounts.map((account) => [account.id, account])), locale);
  yield csvLine(cells.map(({ head }) => head));
  const full = { ...filter, timeZone: zone === "gateway" ? GATEWAY_ZONE : merchant.timeZone };
  let cursor: string | null = null;
  do {
    const page = await listOrders(database, merchant.id, full, cursor === null ? null : readCursor(cursor), sort, BATCH);
    if (page.rows.length > 0) yield page.rows.map((row) => csvLine(cells.map(({ of }) => of(row)))).join("");
    cursor = sort === "newest" ? page.older : page.newer;
  } while (cursor !== null);
}

interface Cell {
  head: string;
  of: (row: OrderRow) => string;
}

function cellsOf(timeZone: string, accounts: ReadonlyMap<string, Account>, locale: Locale): Cell[] {
  const t = translator(locale, "dashboard");
  const words = translator(locale, "ledger");
  const time = (at: Date | null) => (at ? zonedText(at, timeZone) : "");
  const yes = (is: boolean) => (is ? words("file.yes") : "");
  const account = ({ accountId }: OrderRow) => (accountId ? accounts.get(accountId) : undefined);
  return [
    { head: words("file.id"), of: (row) => row.id },
    { head: words("file.reference"), of: (row) => row.reference },
    { head: words("column.created"), of: (row) => time(row.createdAt) },
    { head: words("column.paid"), of: (row) => time(row.paidAt) },
    { head: t("orders.state"), of: (row) => t(`orderState.${row.state}`) },
    { head: words("mode"), of: (row) => t(row.live ? "common.live" : "common.test") },
    { head: words("currency"), of: (row) => row.currency },
    { head: t("orders.amount"), of: (row) => major(row.amount, row.currency) },
    { head: words("file.paidAmount"), of: (row) => major(row.paidAmount, row.currency) },
    { head: words("column.refunded"), of: (row) => major(row.refundedAmount, row.currency) },
    { head: words("column.method"), of: (row) => (row.method ? methodText(t, row.method) : "") },
    { head: words("gateway"), of: (row) => account(row)?.gateway ?? "" },
    { head: words("column.account"), of: (row) => account(row)?.title ?? "" },
    { head: words("column.gatewayOrderNo"), of: (row) => row.gatewayOrderNo ?? "" },
    { head: words("column.gatewayRef"), of: (row) => row.gatewayRef ?? "" },
    { head: words("column.walletRef"), of: (row) => row.walletRef ?? "" },
    { head: words("column.subject"), of: (row) => row.title },
    { head: t("mark.late"), of: (row) => yes(row.paidLate) },
    { head: t("mark.review"), of: (row) => yes(row.needsReview) },
  ];
}
