import { Plain } from "#components/checkout/plain.tsx";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

/** Our side is broken (the database does not answer): nothing was charged by this page, load it again. */
export function Broken({ locale }: { locale: Locale }) {
  const t = translator(locale, "checkout");
  return (
    <Plain locale={locale} title={t("error.title")} words={t("error.words")} view="error">
      <a className="primary" href="?">
        {t("error.again")}
      </a>
      <noscript>
        <meta httpEquiv="refresh" content="10" />
      </noscript>
    </Plain>
  );
}
