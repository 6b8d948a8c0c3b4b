import type { Metadata } from "next";
import { redirect } from "next/navigation";
import {
  fieldsOf,
  GATEWAY_ZONE,
  isBare,
  isNarrowed,
  listAddress,
  narrowedBy,
  type ParsedFilter,
  parseFilter,
  type Search,
} from "#app/(dashboard)/dashboard/orders/filter.ts";
import { addressOf, chipsOf, errorsOf, tabsOf, typedOf } from "#app/(dashboard)/dashboard/orders/view-parts.ts";
import { openScreen, type Screen, screenTitle } from "#app/(dashboard)/screen.ts";
import { FilterChips } from "#components/dashboard/orders-chips.tsx";
import { OrdersExport } from "#components/dashboard/orders-export.tsx";
import { OrdersFilter } from "#components/dashboard/orders-filter.tsx";
import { NothingFound } from "#components/dashboard/orders-none.tsx";
import { OrdersTable } from "#components/dashboard/orders-table.tsx";
import { OrdersViews } from "#components/dashboard/orders-views.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { db } from "#db/client.ts";
import { type AccountListRow, listAccounts } from "#db/queries/dashboard-accounts.ts";
import { listOrders } from "#db/queries/dashboard-orders.ts";
import { readViews } from "#db/queries/order-views.ts";
import { allows } from "#lib/domain/permission.ts";
import { formatMoment } from "#lib/i18n/format.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("orders.title");

interface Opened {
  screen: Extract<Screen, { kind: "ok" }>;
  words: Translator<"ledger">;
  parsed: ParsedFilter;
  accounts: AccountListRow[];
}

/** A merchant's orders: everything that narrows them stands in the address, as a plain GET form writes it. */
export default async function OrdersPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const wanted = [search.merchant].flat()[0];
  const screen = await openScreen(hereWith(search), "view_orders", wanted);
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { t, merchant, user } = screen;
  const [accounts, views] = await Promise.all([
    listAccounts(db(), merchant.id),
    readViews(db(), { userId: user.id, merchantId: merchant.id }),
  ]);
  const usual = isBare(search) ? views.find(({ isDefault }) => isDefault) : undefined;
  if (usual) redirect(addressOf(merchant.id, usual.filter));
  const words = translator(screen.locale, "ledger");
  const parsed = parseFilter(search, { accounts });
  const opened = { screen, words, parsed, accounts };
  const errors = errorsOf({ t, words, accounts }, parsed);
  const typed = typedOf(search);
  const bad = parsed.problems.length > 0;
  return (
    <>
      <header className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-xl font-semibold">{t("orders.title")}</h1>
        {allows(user, merchant.id, "export_orders") && !bad ? (
          <OrdersExport words={words} merchantId={merchant.id} fields={fieldsOf(parsed)} />
        ) : null}
      </header>
      <Said words={words} said={typed.said} />
      <OrdersFilter {...{ t, words, merchant, accounts, typed, errors }} columns={parsed.columns} narrowed={narrowedBy(parsed).length} />
      <OrdersViews
        t={t}
        words={words}
        merchantId={merchant.id}
        tabs={tabsOf({ t, words, accounts }, merchant.id, views, parsed)}
        fields={fieldsOf(parsed)}
        refused={refusedOf(words, typed)}
      />
      <FilterChips
        t={t}
        words={words}
        chips={chipsOf({ t, words, accounts }, merchant.id, parsed)}
        clear={`${listAddress(merchant.id, {})}&view=all`}
      />
      {bad ? (
        <Notice kind="problem">
          <p className="font-medium">{t("orders.problem")}</p>
          <ul className="mt-1 grid gap-1">
            {Object.entries(errors).map(([field, text]) => (
              <li key={field}>{text}</li>
            ))}
          </ul>
          <a href={`${listAddress(merchant.id, {})}&view=all`} className="mt-2 inline-block underline underline-offset-3">
            {t("common.clear")}
          </a>
        </Notice>
      ) : (
        <List {...opened} />
      )}
    </>
  );
}

async function List({ screen, words, parsed, accounts }: Opened) {
  const { t, merchant, locale } = screen;
  const timeZone = parsed.zone === "gateway" ? GATEWAY_ZONE : merchant.timeZone;
  const page = await listOrders(db(), merchant.id, { ...parsed.filter, timeZone }, parsed.cursor, parsed.sort);
  const at = (cursor: string | null) => cursor && listAddress(merchant.id, parsed, { cursor });
  const newest = parsed.sort === "newest";
  const further = newest ? page.older : page.newer;
  return (
    <>
      {page.rows.length > 0 ? (
        <OrdersTable
          {...{ t, words }}
          rows={page.rows}
          columns={parsed.columns}
          accounts={Object.fromEntries(accounts.map(({ id, title }) => [id, title]))}
          reading={{ locale, timeZone: merchant.timeZone }}
          turn={{ href: listAddress(merchant.id, { ...parsed, sort: newest ? "oldest" : "newest" }), sort: parsed.sort }}
        />
      ) : page.lookedTo === null && parsed.cursor === null ? (
        <NothingFound
          {...{ t, words }}
          merchantName={merchant.name}
          number={parsed.filter.number}
          narrowed={isNarrowed(parsed)}
          numberAlone={narrowedBy(parsed).every((field) => field === "number")}
          clear={`${listAddress(merchant.id, {})}&view=all`}
          unfiltered={`${listAddress(merchant.id, {})}&${new URLSearchParams({ number: parsed.filter.number ?? "" })}`}
        />
      ) : null}
      {page.lookedTo && further ? (
        <div className="mt-4">
          <Notice kind="hint">
            <p>{words(newest ? "lookedBack" : "lookedOn", { moment: formatMoment(page.lookedTo, locale, merchant.timeZone) })}</p>
            <a href={at(further) ?? ""} className="mt-1 inline-block underline underline-offset-3">
              {words("lookFurther")}
            </a>
          </Notice>
        </div>
      ) : null}
      <Pager
        label={t("common.pages")}
        first={{ href: listAddress(merchant.id, parsed), word: t("common.first") }}
        newer={{ href: at(page.newer), word: t("common.newer") }}
        older={{ href: at(page.older), word: t("common.older") }}
      />
    </>
  );
}

const SAID = ["view_saved", "view_renamed", "view_default", "view_forgotten"] as const;

function Said({ words, said }: { words: Translator<"ledger">; said: string | undefined }) {
  const known = SAID.find((one) => one === said);
  return known ? (
    <div className="mb-3">
      <Notice kind="done">{words(`said.${known}`)}</Notice>
    </div>
  ) : null;
}

const VIEW_PROBLEMS = ["name_missing", "name_long", "name_taken", "too_many", "gone"] as const;

function refusedOf(words: Translator<"ledger">, typed: Readonly<Record<string, string>>) {
  const problem = VIEW_PROBLEMS.find((one) => one === typed.view_problem);
  return problem ? { name: typed.view_name ?? "", error: words(`viewProblem.${problem}`), id: typed.view_id || null } : null;
}

// Who has to sign in first comes back to the very list they asked for.
function hereWith(search: Search): string {
  const given = Object.entries(search).flatMap(([name, value]) => [value].flat().map((one) => [name, one ?? ""]));
  return given.length > 0 ? `/dashboard/orders?${new URLSearchParams(given)}` : "/dashboard/orders";
}
