import "#app/checkout.css";
import type { ReactNode } from "react";
import { CheckoutDocument } from "#components/checkout/document.tsx";
import { localeOfCheckout } from "./read.ts";

export default async function Layout({ params, children }: { params: Promise<{ token: string }>; children: ReactNode }) {
  const { token } = await params;
  return <CheckoutDocument locale={await localeOfCheckout(token)}>{children}</CheckoutDocument>;
}
