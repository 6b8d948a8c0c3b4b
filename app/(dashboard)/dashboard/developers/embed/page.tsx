import type { Metadata } from "next";
import { saveOrigins } from "#app/(dashboard)/dashboard/developers/embed/actions.ts";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { DevelopersHead } from "#components/dashboard/developers-tabs.tsx";
import { EmbedForm } from "#components/dashboard/embed-form.tsx";
import { EmbedSnippet } from "#components/dashboard/embed-snippet.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { CARD } from "#components/ui/card.ts";
import { db } from "#db/client.ts";
import { readEmbedding } from "#db/queries/embed-origins.ts";
import { listLinks } from "#db/queries/links.ts";
import { currentLocale } from "#lib/action.ts";
import { can } from "#lib/auth.ts";
import { env } from "#lib/env.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "embed")("title") };
}

/** Links that can be chosen for the button; a merchant with more knows how to write a slug. */
const LINKS_MAX = 50;

/** The button for a shop's own pages: who may show the checkout in a frame, and the code to put there. */
export default async function EmbedPage({ searchParams }: { searchParams: Promise<{ link?: string | string[] }> }) {
  const screen = await openScreen("/dashboard/developers/embed", "view_developers");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { merchant, user, locale } = screen;
  const t = translator(locale, "embed");
  const [{ origins, colour }, links, query] = await Promise.all([
    readEmbedding(db(), merchant.id),
    listLinks(db(), { merchantId: merchant.id, active: true, limit: LINKS_MAX }),
    searchParams,
  ]);
  const chosen = links.find((link) => link.slug === query.link) ?? links[0] ?? null;
  const words = {
    label: t("origins.label"),
    hint: t("origins.hint"),
    test: t("origins.test"),
    none: t("origins.none"),
    save: t("origins.save"),
    busy: t("origins.busy"),
  };
  return (
    <>
      <DevelopersHead t={translator(locale, "developers")} here="embed" title={t("title")} lead={t("lead")} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
        <EmbedSnippet
          t={t}
          origin={env().PUBLIC_URL}
          colour={colour}
          links={links.map(({ slug, title }) => ({ slug, title }))}
          chosen={chosen?.slug ?? null}
          lang={locale}
        />
        <section aria-labelledby="origins" className={`${CARD} grid gap-4`}>
          <h2 id="origins" className="text-base font-semibold">
            {t("origins.title")}
          </h2>
          {can(user, merchant.id, "edit_developers") ? (
            <EmbedForm submit={saveOrigins} merchantId={merchant.id} origins={origins} words={words} />
          ) : (
            <>
              <ul className="grid gap-1 font-mono text-sm">
                {origins.map((origin) => (
                  <li key={origin}>{origin}</li>
                ))}
              </ul>
              {origins.length === 0 ? <p className="text-sm text-ink-soft">{t("origins.none")}</p> : null}
              <p className="text-xs text-ink-soft">{t("origins.read_only")}</p>
            </>
          )}
        </section>
      </div>
    </>
  );
}
