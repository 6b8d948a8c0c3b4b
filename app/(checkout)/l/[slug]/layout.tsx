import "#app/checkout.css";
import type { ReactNode } from "react";
import { CheckoutDocument } from "#components/checkout/document.tsx";
import { currentLocale } from "#lib/action.ts";

export default async function Layout({ children }: { children: ReactNode }) {
  return <CheckoutDocument locale={await currentLocale()}>{children}</CheckoutDocument>;
}
