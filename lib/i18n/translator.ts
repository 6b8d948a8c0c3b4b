import { createTranslator, type _Translator as IntlTranslator } from "use-intl/core";
import { type Area, CATALOGUES, type Catalogue } from "#lib/i18n/catalogue.ts";
import type { Locale } from "#lib/i18n/locale.ts";

/** Says a message of one area in one language: `t("paid.title", { amount })`. Keys are checked by the compiler. */
export type Translator<A extends Area> = IntlTranslator<Catalogue[A]>;

// Compiled messages are kept by the translator, so one per language and area serves the whole process.
const made = new Map<string, unknown>();

/**
 * The translator of an area (next-intl's framework-free core, ICU messages). Pure and synchronous: works in pages,
 * actions, jobs and tests alike. A missing or badly formed message throws: messages.test.ts keeps that from happening.
 */
export function translator<A extends Area>(locale: Locale, area: A): Translator<A> {
  const key = `${locale} ${area}`;
  const known = made.get(key);
  if (known) return known as Translator<A>;
  const fresh = createTranslator({
    locale,
    messages: CATALOGUES[locale][area],
    timeZone: "UTC",
    onError: (error) => {
      throw error;
    },
  });
  made.set(key, fresh);
  return fresh as unknown as Translator<A>;
}
