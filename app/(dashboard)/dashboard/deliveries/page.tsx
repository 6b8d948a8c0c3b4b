import type { Metadata } from "next";
import { openScreen, screenTitle } from "#app/(dashboard)/screen.ts";
import { Chips, ScreenHead } from "#components/dashboard/chips.tsx";
import { DeliveriesTable } from "#components/dashboard/deliveries-table.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { db } from "#db/client.ts";
import { listDeliveries } from "#db/queries/dashboard-deliveries.ts";
import { readCursor } from "#db/queries/dashboard-page.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("deliveries.title");

const HERE = "/dashboard/deliveries";
const STATES = ["pending", "acknowledged", "dead"] as const;

/** What we owe to shops, and what they answered. */
export default async function DeliveriesPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const screen = await openScreen(HERE, "view_deliveries");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { t, merchant, locale } = screen;
  const search = await searchParams;
  const state = STATES.find((one) => one === search.state) ?? null;
  const page = await listDeliveries(db(), merchant.id, state, readCursor([search.cursor].flat()[0] ?? ""));
  const at = (cursor: string | null, chosen: string | null = state) => {
    const query = new URLSearchParams({ ...(chosen && { state: chosen }), ...(cursor && { cursor }) }).toString();
    return query ? `${HERE}?${query}` : HERE;
  };
  return (
    <>
      <ScreenHead title={t("deliveries.title")} lead={t("deliveries.lead")} />
      <Chips
        label={t("deliveries.state")}
        choices={[
          { word: t("common.all"), href: HERE, current: !state },
          ...STATES.map((one) => ({ word: t(`deliveryState.${one}`), href: at(null, one), current: one === state })),
        ]}
      />
      {page.rows.length === 0 ? (
        <Empty title={t("deliveries.empty")} text={t("deliveries.emptyText")} />
      ) : (
        <>
          <DeliveriesTable t={t} rows={page.rows} reading={{ locale, timeZone: merchant.timeZone }} />
          <Pager
            label={t("common.pages")}
            first={{ href: at(null), word: t("common.first") }}
            newer={{ href: page.newer && at(page.newer), word: t("common.newer") }}
            older={{ href: page.older && at(page.older), word: t("common.older") }}
          />
        </>
      )}
    </>
  );
}
