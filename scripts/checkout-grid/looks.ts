import path from "node:path";
import { LOCALES, THEMES } from "../../e2e/support/looks.ts";

export const FOLDER = path.resolve(import.meta.dirname, "../../.data/checkout-grid");

/** Phones 360 and 390, a tablet upright, a desktop. */
export const SIZES = [
  { width: 360, height: 740 },
  { width: 390, height: 844 },
  { width: 820, height: 1180 },
  { width: 1280, height: 800 },
] as const;

/** Every dress a page can be in. */
export const DRESSES = THEMES.flatMap((theme) => LOCALES.map((locale) => ({ theme, locale })));

export function pictureOf(state: string, width: number, dress: (typeof DRESSES)[number]): string {
  return path.join(FOLDER, `${state.replaceAll(/\W+/g, "-")}_${width}_${dress.theme}_${dress.locale}.jpg`);
}
