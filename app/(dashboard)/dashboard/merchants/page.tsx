import type { Metadata } from "next";
import { openPlatformScreen } from "#app/(dashboard)/screen.ts";
import { ScreenHead } from "#components/dashboard/chips.tsx";
import { MerchantsTable } from "#components/dashboard/merchants-table.tsx";
import { PlatformRefusal } from "#components/dashboard/refusal.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Empty } from "#components/ui/empty.tsx";
import { INPUT } from "#components/ui/field.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { db } from "#db/client.ts";
import { listMerchants, MERCHANTS_PAGE } from "#db/queries/merchant-settings.ts";
import { currentLocale } from "#lib/action.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "settings")("merchants.title") };
}

type Search = Promise<Partial<Record<"name" | "after" | "id", string | string[]>>>;

/** Every merchant of this installation, with what it took today. */
export default async function MerchantsPage({ searchParams }: { searchParams: Search }) {
  const screen = await openPlatformScreen("/dashboard/merchants");
  if (screen.kind !== "ok") return <PlatformRefusal t={screen.t} />;
  const t = translator(screen.locale, "settings");
  const search = await searchParams;
  const text = (name: "name" | "after" | "id") => (typeof search[name] === "string" ? search[name].replaceAll("\0", "").slice(0, 200) : "");
  const name = text("name").trim() || null;
  const after = text("id") ? { name: text("after"), id: text("id") } : null;
  const rows = await listMerchants(db(), { name, after });
  const page = rows.slice(0, MERCHANTS_PAGE);
  const last = page.at(-1);
  const at = (more: Record<string, string>) => `/dashboard/merchants?${new URLSearchParams({ ...(name && { name }), ...more })}`;
  const older = rows.length > MERCHANTS_PAGE && last ? at({ after: last.name, id: last.id }) : null;
  return (
    <>
      <ScreenHead title={t("merchants.title")} lead={t("merchants.lead")}>
        <a href="/dashboard/merchants/new" className={BUTTON.primary}>
          {t("merchants.new")}
        </a>
      </ScreenHead>
      <form action="/dashboard/merchants" className="mb-4 flex max-w-md gap-2">
        <input
          name="name"
          type="search"
          aria-label={t("merchants.search")}
          placeholder={t("merchants.search")}
          defaultValue={name ?? ""}
          className={INPUT}
        />
        <button type="submit" className={BUTTON.secondary}>
          {t("merchants.find")}
        </button>
      </form>
      {page.length === 0 ? (
        <Empty
          title={t("merchants.none")}
          text={t("merchants.noneText")}
          next={[{ href: "/dashboard/merchants", word: t("merchants.all") }]}
        />
      ) : (
        <MerchantsTable t={t} rows={page} locale={screen.locale} />
      )}
      <Pager
        label={t("merchants.pages")}
        first={null}
        newer={{ href: after ? at({}) : null, word: t("merchants.first") }}
        older={{ href: older, word: t("merchants.next") }}
      />
    </>
  );
}
