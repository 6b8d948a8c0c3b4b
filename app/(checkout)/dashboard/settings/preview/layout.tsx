import "#app/checkout.css";
import type { ReactNode } from "react";
import { CheckoutDocument } from "#components/checkout/document.tsx";
import { currentLocale } from "#lib/action.ts";

/** The shopper's own document, without the script that follows an order: there is none. */
export default async function Layout({ children }: { children: ReactNode }) {
  return (
    <CheckoutDocument locale={await currentLocale()} still>
      {children}
    </CheckoutDocument>
  );
}
