import type { Metadata } from "next";
import type { ReactNode } from "react";
import { sandboxLocale } from "#app/(sandbox)/open-sandbox.ts";
import { sandboxOn } from "#lib/env.ts";
import { translator } from "#lib/i18n/translator.ts";
import "./sandbox.css";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = translator(await sandboxLocale(), "sandbox");
  return { title: t("name"), robots: { index: false, follow: false } };
}

/** The sandbox's own document: the amber stripe on top says what it is, on every page. */
export default async function SandboxLayout({ children }: { children: ReactNode }) {
  const locale = await sandboxLocale();
  return (
    <html lang={locale}>
      <body>
        {sandboxOn() ? (
          <aside className="stripe" aria-label={translator(locale, "sandbox")("name")}>
            <span>{translator(locale, "sandbox")("stripe")}</span>
          </aside>
        ) : null}
        {children}
      </body>
    </html>
  );
}
