import type { CodesWords } from "#components/dashboard/recovery-codes.tsx";
import { CATALOGUES, type Catalogue } from "#lib/i18n/catalogue.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

/** The words around recovery codes of this person, as data for the browser. */
export function codesWords(locale: Locale, email: string): CodesWords {
  return { codes: (CATALOGUES[locale] as Catalogue).safety.codes, file: translator(locale, "safety")("codes.file", { email }) };
}
