import type { Tone } from "#components/ui/dot.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

type T = Translator<"webhooks">;

/** What an event type means, in a few words; the type itself when there are none. */
export function typeWords(t: T, type: string): string {
  const key = `types.${type.replace(".", "_")}` as `types.${"order_paid"}`;
  return t.has(key) ? t(key) : type;
}

/** An endpoint's status as a dot: failing is still active, and says so before it is disabled. */
export function endpointStatus(t: T, endpoint: { active: boolean; failingSince: Date | null }): { tone: Tone; word: string } {
  if (!endpoint.active) return { tone: "bad", word: t("endpoints.disabled") };
  return endpoint.failingSince ? { tone: "wait", word: t("endpoints.failing") } : { tone: "good", word: t("endpoints.active") };
}

/** The part of what ended that was delivered, as a percentage; null when nothing has ended. */
export function deliveredPart(figures: { acknowledged: number; dead: number }, locale: string): string | null {
  const ended = figures.acknowledged + figures.dead;
  if (ended === 0) return null;
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(figures.acknowledged / ended);
}
