import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { Broken } from "#components/checkout/broken.tsx";
import { LinkPage } from "#components/checkout/link-page.tsx";
import { Plain } from "#components/checkout/plain.tsx";
import { currentLocale } from "#lib/action.ts";
import { newToken } from "#lib/domain/ids.ts";
import { translator } from "#lib/i18n/translator.ts";
import { problemFrom, type Query } from "#lib/problem-address.ts";
import { openAction } from "./actions.ts";
import { linkOf } from "./read.ts";

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Query>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const link = await linkOf((await params).slug);
  const t = translator(await currentLocale(), "checkout");
  if (!link || link === "broken") return { title: t(link ? "error.title" : "not_found.title") };
  return { title: t("page.link_title", { merchant: link.merchant.name }), description: link.title };
}

/** A merchant's link. A GET opens no order; the form does. */
export default async function Page({ params, searchParams }: Props) {
  const [{ slug }, query] = await Promise.all([params, searchParams]);
  const [link, locale] = await Promise.all([linkOf(slug), currentLocale()]);
  if (!link) notFound();
  if (link === "broken") return <Broken locale={locale} />;
  if (!link.active) {
    const words = translator(locale, "problem")("link_inactive");
    return <Plain locale={locale} title={translator(locale, "checkout")("link.closed_title")} words={words} view="link_closed" />;
  }
  const typed = typeof query.amount === "string" ? query.amount.slice(0, 20) : "";
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  const problem = problemFrom(query);
  return <LinkPage link={link} locale={locale} formKey={newToken()} typed={typed} problem={problem} nonce={nonce} action={openAction} />;
}
