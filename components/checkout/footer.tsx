import { LOCALE_NAMES, LOCALES, type Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";

/** Language switch (plain links: `?lang=` is remembered by proxy.ts; `keep` is the rest of the query), whom to ask, who made this. */
export function Footer({
  locale,
  t,
  contact,
  keep = "",
}: {
  locale: Locale;
  t: Translator<"checkout">;
  contact?: string | undefined;
  keep?: string;
}) {
  return (
    <footer className="footer">
      {contact && <p>{t("page.support", { contact })}</p>}
      <nav aria-label={t("page.language")}>
        <ul className="languages">
          {LOCALES.map((one) => (
            <li key={one}>
              <a href={`?lang=${one}${keep}`} lang={one} hrefLang={one} aria-current={one === locale ? "true" : undefined}>
                {LOCALE_NAMES[one]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p>{t("page.secured")}</p>
    </footer>
  );
}
