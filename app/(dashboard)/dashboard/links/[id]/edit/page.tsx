import type { Metadata } from "next";
import { linkOfAddress } from "#app/(dashboard)/dashboard/links/[id]/own-link.ts";
import { LinkForm, pinnable } from "#app/(dashboard)/dashboard/links/form.tsx";
import { formValues } from "#app/(dashboard)/dashboard/links/form-values.ts";
import { openScreen, screenTitle } from "#app/(dashboard)/screen.ts";
import { LinksFrame } from "#components/dashboard/links-frame.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { translator } from "#lib/i18n/translator.ts";
import { linkWire } from "#lib/payments/link-input.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("links.title");

/** A link's terms, to change. Its address and its kind of money stay. */
export default async function EditLinkPage({ params }: { params: Promise<{ id: string }> }) {
  const screen = await openScreen("/dashboard/links", "edit_links");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { merchant, locale } = screen;
  const link = await linkOfAddress(merchant.id, params);
  const t = translator(locale, "links");
  const values = formValues(linkWire(link), merchant.timeZone);
  const back = { href: `/dashboard/links/${link.id}`, word: t("form.back_one") };
  return (
    <LinksFrame narrow back={back} title={t("form.edit_title", { title: link.title })}>
      <LinkForm merchant={merchant} locale={locale} link={link} values={values} accounts={await pinnable(merchant.id)} />
    </LinksFrame>
  );
}
