import "#app/checkout.css";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { CheckoutDocument } from "#components/checkout/document.tsx";
import { currentLocale } from "#lib/action.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = translator(await currentLocale(), "checkout");
  return { title: t("home.title"), description: t("home.lead") };
}

export default async function Layout({ children }: { children: ReactNode }) {
  return <CheckoutDocument locale={await currentLocale()}>{children}</CheckoutDocument>;
}
