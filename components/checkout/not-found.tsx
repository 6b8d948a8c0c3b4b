import { Plain } from "#components/checkout/plain.tsx";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

/** No order or link has this address: foreign and unknown look alike (reliability.md 12). */
export function NothingHere({ locale }: { locale: Locale }) {
  const t = translator(locale, "checkout");
  return (
    <Plain locale={locale} title={t("not_found.title")} words={t("not_found.words")} view="not_found">
      <a className="secondary" href="/">
        {t("not_found.home")}
      </a>
    </Plain>
  );
}
