import "#app/checkout.css";
import type { Metadata } from "next";
import { CheckoutDocument } from "#components/checkout/document.tsx";
import { NothingHere } from "#components/checkout/not-found.tsx";
import { currentLocale } from "#lib/action.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "checkout")("not_found.title") };
}

/** Any address that no route has. */
export default async function GlobalNotFound() {
  const locale = await currentLocale();
  return (
    <CheckoutDocument locale={locale}>
      <NothingHere locale={locale} />
    </CheckoutDocument>
  );
}
