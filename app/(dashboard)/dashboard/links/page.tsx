import type { Metadata } from "next";
import { openScreen, screenTitle } from "#app/(dashboard)/screen.ts";
import { ScreenHead } from "#components/dashboard/chips.tsx";
import { LinksTable } from "#components/dashboard/links-table.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { db } from "#db/client.ts";
import { listLinks } from "#db/queries/dashboard-accounts.ts";
import { env } from "#lib/env.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("links.title");

/** The addresses a merchant hands to customers. */
export default async function LinksPage() {
  const screen = await openScreen("/dashboard/links", "view_links");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { t, merchant, locale } = screen;
  const links = await listLinks(db(), merchant.id);
  return (
    <>
      <ScreenHead title={t("links.title")} lead={t("links.lead")} />
      {links.length === 0 ? (
        <Empty title={t("links.empty")} text={t("links.emptyText")} />
      ) : (
        <LinksTable t={t} links={links} origin={env().PUBLIC_URL} locale={locale} />
      )}
    </>
  );
}
