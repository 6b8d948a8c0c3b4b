import { type ApiCode, isOwnCode, type OwnCode } from "#lib/api/problems.ts";
import type { ProblemCode } from "#lib/domain/errors.ts";
import { CATALOGUES } from "#lib/i18n/catalogue.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

/** A code's short name: "Order not open". The wire speaks English; the dashboard the reader's language. */
export function problemTitle(code: ApiCode, locale: Locale = "en"): string {
  if (isOwnCode(code)) return translator(locale, "api")(`problem.${code}.title`);
  return locale === "en" ? capital(code.replaceAll("_", " ")) : withoutValues(problemSentence(code, locale));
}

/** A code's sentence, said with `values`; where they do not fit it, with their names. */
export function problemDetail(code: ApiCode, values: Record<string, string> = {}, locale: Locale = "en"): string {
  const raw = problemSentence(code, locale);
  return raw.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** A code's sentence as it is written, its values named in braces. */
export function problemSentence(code: ApiCode, locale: Locale = "en"): string {
  const catalogue = CATALOGUES[locale] as { api: { problem: Record<OwnCode, { help: string }> }; problem: Record<ProblemCode, string> };
  return isOwnCode(code) ? catalogue.api.problem[code].help : catalogue.problem[code];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function withoutValues(text: string): string {
  return text.replaceAll(/\{\w+\}/g, "…");
}
