import type { Metadata } from "next";
import { linkOfAddress } from "#app/(dashboard)/dashboard/links/[id]/own-link.ts";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { LinkPoster } from "#components/dashboard/links-poster.tsx";
import { PrintButton } from "#components/dashboard/links-print-button.tsx";
import { db } from "#db/client.ts";
import { merchantFace } from "#db/queries/links.ts";
import { currentLocale } from "#lib/action.ts";
import { env } from "#lib/env.ts";
import { isLocale, LOCALE_NAMES, LOCALES } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import { walletsOfLink } from "#lib/payments/link-wallets.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "links")("one.poster") };
}

const PAPERS = ["a4", "a5"] as const;
/** What a passer-by pays with; other wallets stand on the page the code leads to. */
const ON_PAPER = ["wechat", "alipay"] as const;

interface Address {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ paper?: string; language?: string }>;
}

/** A link's poster. `language` is the paper's: `lang` would change the reader's own. */
export default async function PosterPage({ params, searchParams }: Address) {
  const screen = await openScreen("/dashboard/links", "view_links");
  if (screen.kind !== "ok") return <h1 className="tools">{screen.t("forbidden.title")}</h1>;
  const { merchant, locale: reader } = screen;
  const [link, search, face] = await Promise.all([linkOfAddress(merchant.id, params), searchParams, merchantFace(db(), merchant.id)]);
  const wallets = await walletsOfLink(link);
  const wish = [search.language, link.locale, face?.locale].find(isLocale);
  const locale = wish ?? reader;
  const paper = PAPERS.find((one) => one === search.paper) ?? "a4";
  const t = translator(reader, "links");
  const at = (more: Record<string, string>) => `?${new URLSearchParams({ paper, language: locale, ...more })}`;
  return (
    <>
      <header className="tools">
        <a href={`/dashboard/links/${link.id}`}>{t("poster.back")}</a>
        <nav aria-label={t("poster.paper")}>
          {PAPERS.map((one) => (
            <a key={one} href={at({ paper: one })} aria-current={one === paper ? "true" : undefined}>
              {one.toUpperCase()}
            </a>
          ))}
        </nav>
        <nav aria-label={t("poster.language")}>
          {LOCALES.map((one) => (
            <a key={one} href={at({ language: one })} lang={one} aria-current={one === locale ? "true" : undefined}>
              {LOCALE_NAMES[one]}
            </a>
          ))}
        </nav>
        <PrintButton>{t("poster.print")}</PrintButton>
      </header>
      <LinkPoster
        link={link}
        merchant={{ name: merchant.name, logoUrl: face?.brand.logoUrl, timeZone: merchant.timeZone }}
        address={`${env().PUBLIC_URL}/l/${link.slug}`}
        wallets={ON_PAPER.filter((one) => wallets.has(one))}
        paper={paper}
        locale={locale}
      />
    </>
  );
}
