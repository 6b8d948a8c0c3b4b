import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { Broken } from "#components/checkout/broken.tsx";
import { LinkPage } from "#components/checkout/link-page.tsx";
import { currentLocale } from "#lib/action.ts";
import { newToken } from "#lib/domain/ids.ts";
import { translator } from "#lib/i18n/translator.ts";
import { countVisit } from "#lib/payments/link-visits.ts";
import { problemFrom, type Query } from "#lib/problem-address.ts";
import { openAction } from "./actions.ts";
import { ownOrder } from "./own-order.ts";
import { linkOf } from "./read.ts";
import { typedBefore } from "./typed.ts";

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Query>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const link = await linkOf((await params).slug);
  const t = translator(await currentLocale(link && link !== "broken" ? link.locale : null), "checkout");
  if (!link || link === "broken") return { title: t(link ? "error.title" : "not_found.title") };
  return { title: t("page.link_title", { merchant: link.merchant.name }), description: link.title };
}

/** A merchant's link. A GET opens no order; the form does. */
export default async function Page({ params, searchParams }: Props) {
  const [{ slug }, query] = await Promise.all([params, searchParams]);
  const link = await linkOf(slug);
  if (!link) notFound();
  if (link === "broken") return <Broken locale={await currentLocale()} />;
  const locale = await currentLocale(link.locale);
  const problem = problemFrom(query);
  // The way back from a problem, or into another language, is the same visit.
  if (!problem && query.lang === undefined) countVisit(link.id);
  const typed = problem ? await typedBefore() : {};
  if (typeof query.amount === "string") typed.amount = query.amount.slice(0, 20);
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  const resume = link.standing === "held" || link.standing === "paid" ? await ownOrder() : null;
  const drawn = { link, locale, formKey: newToken(), typed, problem, nonce, resume };
  return <LinkPage {...drawn} action={openAction} />;
}
