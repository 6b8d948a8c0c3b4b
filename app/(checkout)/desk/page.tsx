import type { Metadata } from "next";
import { headers } from "next/headers";
import { Broken } from "#components/checkout/broken.tsx";
import { DeskPage, DeskProblem } from "#components/checkout/desk-page.tsx";
import { newToken } from "#lib/domain/ids.ts";
import { formatMoney } from "#lib/i18n/format.ts";
import { translator } from "#lib/i18n/translator.ts";
import { deskAction } from "./actions.ts";
import { withoutLanguage } from "./query.ts";
import { deskOfRequest, localeOfDesk } from "./read.ts";

export async function generateMetadata(): Promise<Metadata> {
  const [{ result }, locale] = await Promise.all([deskOfRequest(), localeOfDesk()]);
  const t = translator(locale, "checkout");
  const robots = { index: false, follow: false };
  if (result === "broken" || !result.ok) return { title: t(result === "broken" ? "error.title" : "desk.bad_title"), robots };
  const { amount, merchant } = result.value;
  return { title: t("page.title", { amount: formatMoney(amount, locale), merchant: merchant.name }), robots };
}

/** Cashier entry by address (seeds/000 §4.6, §4.7, §6.4): who, what, how much and one button. A GET opens no order. */
export default async function Page() {
  const [{ query, told, result }, locale, head] = await Promise.all([deskOfRequest(), localeOfDesk(), headers()]);
  const keep = `&${withoutLanguage(query)}`;
  if (result === "broken") return <Broken locale={locale} />;
  if (!result.ok) return <DeskProblem locale={locale} problem={result.problem} keep={keep} />;
  return (
    <DeskPage
      desk={result.value}
      query={query}
      keep={keep}
      locale={locale}
      formKey={newToken()}
      problem={told}
      nonce={head.get("x-nonce") ?? undefined}
      action={deskAction}
    />
  );
}
