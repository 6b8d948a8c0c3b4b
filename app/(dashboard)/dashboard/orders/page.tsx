import type { Metadata } from "next";
import { isNarrowed, listAddress, type ParsedFilter, parseFilter, type Search } from "#app/(dashboard)/dashboard/orders/filter.ts";
import { openScreen, type Screen, screenTitle } from "#app/(dashboard)/screen.ts";
import { FilterProblems, OrdersFilter } from "#components/dashboard/orders-filter.tsx";
import { OrdersTable } from "#components/dashboard/orders-table.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Empty } from "#components/ui/empty.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { db } from "#db/client.ts";
import { listOrders } from "#db/queries/dashboard-orders.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("orders.title");

/** A merchant's orders: everything that narrows them stands in the address, as a plain GET form writes it. */
export default async function OrdersPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const wanted = [search.merchant].flat()[0];
  const screen = await openScreen(hereWith(search), "view_orders", wanted);
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const parsed = parseFilter(search);
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold">{screen.t("orders.title")}</h1>
      <OrdersFilter
        t={screen.t}
        filter={parsed.filter}
        merchant={screen.merchant}
        clear={isNarrowed(parsed.filter) || parsed.problems.length > 0 ? listAddress(screen.merchant.id, {}) : null}
      />
      {parsed.problems.length > 0 ? (
        <FilterProblems t={screen.t} problems={parsed.problems} first={listAddress(screen.merchant.id, {})} />
      ) : (
        <List screen={screen} parsed={parsed} />
      )}
    </>
  );
}

async function List({ screen, parsed }: { screen: Extract<Screen, { kind: "ok" }>; parsed: ParsedFilter }) {
  const { t, merchant, locale } = screen;
  const { filter, cursor } = parsed;
  const page = await listOrders(db(), merchant.id, { ...filter, timeZone: merchant.timeZone }, cursor);
  if (page.rows.length === 0) return <Nothing screen={screen} filter={filter} />;
  const at = (neighbour: string | null) => neighbour && listAddress(merchant.id, filter, neighbour);
  return (
    <>
      <OrdersTable t={t} rows={page.rows} reading={{ locale, timeZone: merchant.timeZone }} />
      <Pager
        label={t("common.pages")}
        first={{ href: listAddress(merchant.id, filter), word: t("common.first") }}
        newer={{ href: at(page.newer), word: t("common.newer") }}
        older={{ href: at(page.older), word: t("common.older") }}
      />
    </>
  );
}

function Nothing({ screen, filter }: { screen: Extract<Screen, { kind: "ok" }>; filter: ParsedFilter["filter"] }) {
  const { t, merchant } = screen;
  if (!isNarrowed(filter)) {
    return (
      <Empty title={t("orders.empty")} text={t("orders.emptyText")}>
        <a href="/dashboard/links" className={BUTTON.primary}>
          {t("home.toLinks")}
        </a>
      </Empty>
    );
  }
  const alone = !isNarrowed({ ...filter, number: null });
  const text = filter.number ? t("orders.noneNumber", { merchant: merchant.name, number: filter.number }) : t("orders.noneText");
  return (
    <Empty title={t("orders.none")} text={text}>
      {filter.number && !alone ? (
        <a href={listAddress(merchant.id, { number: filter.number })} className={BUTTON.primary}>
          {t("orders.searchAll")}
        </a>
      ) : null}
      <a href={listAddress(merchant.id, {})} className={BUTTON.secondary}>
        {t("common.clear")}
      </a>
    </Empty>
  );
}

// Who has to sign in first comes back to the very list they asked for.
function hereWith(search: Search): string {
  const given = Object.entries(search).flatMap(([name, value]) => [value].flat().map((one) => [name, one ?? ""]));
  return given.length > 0 ? `/dashboard/orders?${new URLSearchParams(given)}` : "/dashboard/orders";
}
