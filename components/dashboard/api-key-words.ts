import type { Catalogue } from "#lib/i18n/catalogue.ts";
import { CATALOGUES } from "#lib/i18n/catalogue.ts";
import type { Locale } from "#lib/i18n/locale.ts";

/** The words of the keys' forms, which run in the browser and so get them as data. */
export type KeyWords = Catalogue["api"]["keys"];

export function keyWords(locale: Locale): KeyWords {
  return (CATALOGUES[locale] as Catalogue).api.keys;
}
