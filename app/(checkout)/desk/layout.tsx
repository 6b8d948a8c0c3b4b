import "#app/checkout.css";
import type { ReactNode } from "react";
import { CheckoutDocument } from "#components/checkout/document.tsx";
import { localeOfDesk } from "./read.ts";

export default async function Layout({ children }: { children: ReactNode }) {
  return <CheckoutDocument locale={await localeOfDesk()}>{children}</CheckoutDocument>;
}
