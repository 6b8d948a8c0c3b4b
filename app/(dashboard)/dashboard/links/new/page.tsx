import type { Metadata } from "next";
import { LinkForm, pinnable } from "#app/(dashboard)/dashboard/links/form.tsx";
import { openScreen, screenTitle } from "#app/(dashboard)/screen.ts";
import { LinksFrame } from "#components/dashboard/links-frame.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { db } from "#db/client.ts";
import { listLinks } from "#db/queries/links.ts";
import { translator } from "#lib/i18n/translator.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("links.title");

/** A new link; it begins with the currency of the last one, and with real money where there are accounts for it. */
export default async function NewLinkPage() {
  const screen = await openScreen("/dashboard/links", "edit_links");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { merchant, locale } = screen;
  const t = translator(locale, "links");
  const [accounts, [last]] = await Promise.all([pinnable(merchant.id), listLinks(db(), { merchantId: merchant.id, limit: 1 })]);
  const live = accounts.some((one) => one.live) ? "on" : "";
  const values = { pricing: "fixed", currency: last?.currency ?? (merchant.locale === "zh-HK" ? "HKD" : "CNY"), live };
  return (
    <LinksFrame narrow back={{ href: "/dashboard/links", word: t("form.back") }} title={t("form.new_title")}>
      <LinkForm merchant={merchant} locale={locale} link={null} values={values} accounts={accounts} />
    </LinksFrame>
  );
}
