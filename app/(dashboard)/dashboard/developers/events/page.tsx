import type { Metadata } from "next";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { DevelopersHead } from "#components/dashboard/developers-tabs.tsx";
import { EventsTable } from "#components/dashboard/events-table.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Empty } from "#components/ui/empty.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { db } from "#db/client.ts";
import { listEvents } from "#db/queries/dashboard-events.ts";
import { readCursor } from "#db/queries/dashboard-page.ts";
import { currentLocale } from "#lib/action.ts";
import { translator } from "#lib/i18n/translator.ts";
import { WEBHOOK_TYPES } from "#lib/webhooks/decisions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "webhooks")("events.title") };
}

const HERE = "/dashboard/developers/events";

/** Everything that happened that an endpoint may be told of. */
export default async function EventsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const screen = await openScreen(HERE, "view_developers");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { t, merchant, locale } = screen;
  const words = translator(locale, "webhooks");
  const search = await searchParams;
  const type = WEBHOOK_TYPES.find((one) => one === search.type) ?? null;
  const cursor = readCursor([search.cursor].flat()[0] ?? "");
  const page = await listEvents(db(), merchant.id, type ? [type] : WEBHOOK_TYPES, cursor);
  const at = (to: string | null) => {
    const query = new URLSearchParams({ ...(type && { type }), ...(to && { cursor: to }) }).toString();
    return query ? `${HERE}?${query}` : HERE;
  };
  return (
    <>
      <DevelopersHead t={translator(locale, "developers")} here="events" title={words("events.title")} lead={words("events.lead")} />
      <form method="get" action={HERE} className="mb-4 flex flex-wrap gap-2">
        <select
          name="type"
          aria-label={words("events.type")}
          defaultValue={type ?? ""}
          className="min-h-10 min-w-0 rounded-lg border border-edge/50 bg-surface px-2.5 text-base text-ink sm:text-sm"
        >
          <option value="">{words("events.anyType")}</option>
          {WEBHOOK_TYPES.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
        <button type="submit" className={BUTTON.small}>
          {t("common.apply")}
        </button>
      </form>
      {page.rows.length === 0 ? (
        <Empty
          title={words("events.empty")}
          text={words("events.emptyText")}
          next={[type ? { href: HERE, word: t("common.clear") } : { href: "/dashboard/links", word: t("home.toLinks") }]}
        />
      ) : (
        <>
          <EventsTable t={t} words={words} rows={page.rows} reading={{ locale, timeZone: merchant.timeZone }} />
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
