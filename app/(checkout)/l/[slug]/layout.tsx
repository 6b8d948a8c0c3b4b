import "#app/checkout.css";
import "./link.css";
import type { ReactNode } from "react";
import { CheckoutDocument } from "#components/checkout/document.tsx";
import { currentLocale } from "#lib/action.ts";
import { linkOf } from "./read.ts";

interface Props {
  children: ReactNode;
  params: Promise<{ slug: string }>;
}

/** The document of a link, in the language the merchant chose for it unless the shopper chose another. */
export default async function Layout({ children, params }: Props) {
  const link = await linkOf((await params).slug);
  return <CheckoutDocument locale={await currentLocale(wishOf(link))}>{children}</CheckoutDocument>;
}

function wishOf(link: Awaited<ReturnType<typeof linkOf>>): string | null {
  return link && link !== "broken" ? link.locale : null;
}
