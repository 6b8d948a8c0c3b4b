import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

/** How long to wait after too many failed tries, in words: seconds below two minutes, then minutes, then hours. */
export function waitText(locale: Locale, seconds: number): string {
  const t = translator(locale, "safety");
  if (seconds < 120) return t("wait.seconds", { count: seconds });
  if (seconds < 7200) return t("wait.minutes", { count: Math.ceil(seconds / 60) });
  return t("wait.hours", { count: Math.ceil(seconds / 3600) });
}
