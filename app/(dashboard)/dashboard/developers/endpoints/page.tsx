import type { Metadata } from "next";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { DevelopersHead } from "#components/dashboard/developers-tabs.tsx";
import { EndpointsTable, type EndpointTableRow } from "#components/dashboard/endpoints-table.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Empty } from "#components/ui/empty.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { type EndpointRow, listEndpoints } from "#db/queries/dashboard-endpoints.ts";
import { currentLocale } from "#lib/action.ts";
import { can } from "#lib/auth.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "webhooks")("endpoints.title") };
}

const HERE = "/dashboard/developers/endpoints";

/** Where a merchant's servers are told what happens. */
export default async function EndpointsPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const screen = await openScreen(HERE, "view_developers");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { merchant, user, locale } = screen;
  const t = translator(locale, "webhooks");
  const [own, ofOrders, { said }] = await Promise.all([
    listEndpoints(db(), merchant.id, { kind: "merchant" }),
    listEndpoints(db(), merchant.id, { kind: "order" }),
    searchParams,
  ]);
  const reading = { locale, timeZone: merchant.timeZone };
  const mayAdd = can(user, merchant.id, "edit_developers");
  const adding = { href: `${HERE}/new`, word: t("endpoints.add") };
  return (
    <>
      <DevelopersHead t={translator(locale, "developers")} here="endpoints" title={t("endpoints.title")} lead={t("endpoints.lead")}>
        {own.length > 0 && mayAdd ? (
          <a href={adding.href} className={BUTTON.primary}>
            {adding.word}
          </a>
        ) : null}
      </DevelopersHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
        {said === "deleted" ? <Notice kind="done">{t("endpoints.deleted")}</Notice> : null}
        {[...own, ...ofOrders].some((row) => row.disabledReason === "gone" || row.disabledReason === "failing") ? (
          <Notice kind="problem">{screen.t("home.stoppedEndpoints", { count: stopped([...own, ...ofOrders]) })}</Notice>
        ) : null}
        {own.length === 0 ? (
          <Empty
            title={t("endpoints.empty")}
            text={t("endpoints.emptyText")}
            next={[mayAdd ? { ...adding, main: true } : { href: "/dashboard/developers/events", word: t("events.title") }]}
          />
        ) : (
          <EndpointsTable t={t} label={t("endpoints.title")} rows={own.map(shown)} reading={reading} />
        )}
        {ofOrders.length > 0 ? (
          <section aria-labelledby="of-orders" className="grid grid-cols-[minmax(0,1fr)] gap-2">
            <div>
              <h2 id="of-orders" className="font-semibold">
                {t("endpoints.ofOrders")}
              </h2>
              <p className="max-w-prose text-sm text-ink-soft">{t("endpoints.ofOrdersText")}</p>
            </div>
            <EndpointsTable t={t} label={t("endpoints.ofOrders")} rows={ofOrders.map(shown)} reading={reading} />
          </section>
        ) : null}
      </div>
    </>
  );
}

function shown(row: EndpointRow): EndpointTableRow {
  return { ...row, formatName: row.format === "standard" ? null : (gatewayById(row.format)?.title ?? row.format) };
}

function stopped(rows: readonly EndpointRow[]): number {
  return rows.filter((row) => row.disabledReason === "gone" || row.disabledReason === "failing").length;
}
