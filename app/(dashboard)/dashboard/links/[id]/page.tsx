import type { Metadata } from "next";
import { linkOfAddress } from "#app/(dashboard)/dashboard/links/[id]/own-link.ts";
import { moveLink } from "#app/(dashboard)/dashboard/links/actions.ts";
import { openScreen, screenTitle } from "#app/(dashboard)/screen.ts";
import { LinkFigures } from "#components/dashboard/links-figures.tsx";
import { LinksFrame } from "#components/dashboard/links-frame.tsx";
import { LinkHead } from "#components/dashboard/links-head.tsx";
import { LinkShare } from "#components/dashboard/links-share.tsx";
import { LinkTermsList } from "#components/dashboard/links-terms.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { readAccount } from "#db/queries/dashboard-accounts.ts";
import { readFigures } from "#db/queries/link-figures.ts";
import { linkBySlug } from "#db/queries/links.ts";
import { can } from "#lib/auth.ts";
import { linkStanding } from "#lib/domain/link.ts";
import { env } from "#lib/env.ts";
import { translator } from "#lib/i18n/translator.ts";
import { linkWire } from "#lib/payments/link-input.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("links.title");

const SAID = ["saved", "created", "retired", "reopened", "refused"] as const;

interface Address {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ said?: string }>;
}

/** One link: hand it out, see what it brought, change or close it. */
export default async function LinkPage({ params, searchParams }: Address) {
  const screen = await openScreen("/dashboard/links", "view_links");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { merchant, locale, user } = screen;
  const link = await linkOfAddress(merchant.id, params);
  const t = translator(locale, "links");
  const [figures, now, account, search] = await Promise.all([
    readFigures(db(), merchant.id, link.id, merchant.timeZone),
    linkBySlug(db(), link.slug),
    link.accountId ? readAccount(db(), merchant.id, link.accountId) : null,
    searchParams,
  ]);
  const standing = linkStanding(link, now?.now ?? new Date(), now?.openOrders ?? 0);
  const said = SAID.find((one) => one === search.said);
  const reading = { locale, timeZone: merchant.timeZone };
  const address = `${env().PUBLIC_URL}/l/${link.slug}`;
  return (
    <LinksFrame back={{ href: "/dashboard/links", word: t("form.back") }} title={link.title}>
      {said ? <Notice kind={said === "refused" ? "problem" : "done"}>{t(`one.${said}`)}</Notice> : null}
      {figures.oversold > 0 ? <Notice kind="problem">{t("one.oversold", { count: figures.oversold })}</Notice> : null}
      <LinkHead
        t={t}
        link={link}
        standing={standing}
        locale={locale}
        address={address}
        move={can(user, merchant.id, "edit_links") ? { action: moveLink, merchantId: merchant.id } : null}
      />
      <LinkFigures t={t} link={link} figures={figures} reading={reading} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 lg:grid-cols-2">
        <LinkShare t={t} link={link} address={address} origin={env().PUBLIC_URL} />
        <LinkTermsList t={t} link={linkWire(link)} account={account?.title ?? null} reading={reading} />
      </div>
    </LinksFrame>
  );
}
