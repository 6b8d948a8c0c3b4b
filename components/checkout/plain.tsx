import type { ReactNode } from "react";
import { Footer } from "#components/checkout/footer.tsx";
import { Heading } from "#components/checkout/heading.tsx";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

/** A page with one thing to say and one way on: nothing here, closed, broken. */
export function Plain({
  locale,
  title,
  words,
  view,
  children,
}: {
  locale: Locale;
  title: string;
  words: string;
  view: string;
  children?: ReactNode;
}) {
  return (
    <div className="page">
      <main className="plain" data-view={view} aria-labelledby="state">
        <Heading words={words}>{title}</Heading>
        {children}
      </main>
      <Footer locale={locale} t={translator(locale, "checkout")} />
    </div>
  );
}
