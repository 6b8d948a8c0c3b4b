import type { Metadata } from "next";
import { replay } from "#app/(dashboard)/dashboard/deliveries/actions.ts";
import { type DeliveriesField, deliveriesHref, readAddress, STATES, TYPES } from "#app/(dashboard)/dashboard/deliveries/filter.ts";
import { openScreen, screenTitle } from "#app/(dashboard)/screen.ts";
import { Chips, ScreenHead } from "#components/dashboard/chips.tsx";
import { DeliveriesFilter } from "#components/dashboard/deliveries-filter.tsx";
import { DeliveriesTable } from "#components/dashboard/deliveries-table.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { Replays } from "#components/dashboard/replays.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Empty } from "#components/ui/empty.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { db } from "#db/client.ts";
import { listDeliveries } from "#db/queries/dashboard-deliveries.ts";
import { daySpan, listEndpoints } from "#db/queries/dashboard-endpoints.ts";
import { listReplays } from "#db/queries/replays.ts";
import { can } from "#lib/auth.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("deliveries.title");

const REPLAYS_SHOWN = 5;

/** What we owe to shops, and what they answered. */
export default async function DeliveriesPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const screen = await openScreen("/dashboard/deliveries", "view_deliveries");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { t, merchant, user, locale } = screen;
  const words = translator(locale, "webhooks");
  const { address, cursor, bad } = readAddress(await searchParams);
  const days = await daySpan(db(), address, merchant.timeZone);
  const [page, endpoints, replays] = await Promise.all([
    listDeliveries(db(), merchant.id, { ...days, state: address.state, type: address.type, endpointId: address.endpoint }, cursor),
    listEndpoints(db(), merchant.id),
    listReplays(db(), merchant.id, REPLAYS_SHOWN),
  ]);
  const reading = { locale, timeZone: merchant.timeZone };
  const filtered = Object.values(address).some(Boolean);
  const hidden = Object.fromEntries(Object.entries({ merchant: merchant.id, ...address }).map(([name, value]) => [name, value ?? ""]));
  return (
    <>
      <ScreenHead title={t("deliveries.title")} lead={t("deliveries.lead")}>
        {can(user, merchant.id, "view_developers") ? (
          <a href="/dashboard/developers/endpoints" className={BUTTON.small}>
            {words("endpoints.title")}
          </a>
        ) : null}
      </ScreenHead>
      {bad.length > 0 ? (
        <Notice kind="problem">
          {words("deliveries.badFilter", { fields: bad.map((field) => fieldWord(t, words, field)).join(", ") })}
        </Notice>
      ) : null}
      <Chips
        label={t("deliveries.state")}
        choices={[
          { word: t("common.all"), href: deliveriesHref({ ...address, state: null }), current: !address.state },
          ...STATES.map((one) => ({
            word: t(`deliveryState.${one}`),
            href: deliveriesHref({ ...address, state: one }),
            current: one === address.state,
          })),
        ]}
      />
      <DeliveriesFilter
        {...{ t, words, address, endpoints, types: TYPES, timeZone: merchant.timeZone }}
        clear={filtered ? deliveriesHref({}) : null}
      />
      {page.rows.length === 0 ? (
        <Empty
          title={filtered ? words("deliveries.none") : t("deliveries.empty")}
          text={filtered ? words("deliveries.noneText") : t("deliveries.emptyText")}
          next={[
            filtered
              ? { href: "/dashboard/deliveries", word: t("common.clear") }
              : { href: "/dashboard/developers/endpoints", word: words("endpoints.title") },
          ]}
        />
      ) : (
        <>
          <DeliveriesTable t={t} words={words} rows={page.rows} reading={reading} />
          <Pager
            label={t("common.pages")}
            first={{ href: deliveriesHref(address), word: t("common.first") }}
            newer={{ href: page.newer && deliveriesHref(address, page.newer), word: t("common.newer") }}
            older={{ href: page.older && deliveriesHref(address, page.older), word: t("common.older") }}
          />
        </>
      )}
      {can(user, merchant.id, "edit_developers") && page.rows.length + replays.length > 0 ? (
        <Replays words={words} busy={t("common.working")} submit={replay} hidden={hidden} replays={replays} reading={reading} />
      ) : null}
    </>
  );
}

function fieldWord(t: Translator<"dashboard">, words: Translator<"webhooks">, field: DeliveriesField): string {
  if (field === "state") return t("deliveries.state");
  if (field === "type") return t("deliveries.event");
  return field === "cursor" ? t("common.pages") : words(`deliveries.${field}`);
}
