import type { Metadata, Viewport } from "next";
import "./print.css";
import { currentLocale } from "#lib/action.ts";

export const metadata: Metadata = { robots: { index: false } };
export const viewport: Viewport = { width: "device-width", initialScale: 1 };
export const dynamic = "force-dynamic";

/** The document of what is printed: no frame, no theme; paper is white. */
export default async function PrintDocument({ children }: { children: React.ReactNode }) {
  return (
    <html lang={await currentLocale()}>
      <body>{children}</body>
    </html>
  );
}
