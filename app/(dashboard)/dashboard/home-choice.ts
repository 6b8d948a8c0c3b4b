import type { HomeChoice } from "#components/dashboard/home-view.tsx";
import { PERIODS } from "#db/queries/home-read.ts";

/** What the home screen's address asks for. Real money is shown first where there can be any; nonsense is the usual choice. */
export function readChoice(asked: Record<string, string | string[] | undefined>, modes: { live: boolean }): HomeChoice {
  const mode = asked.mode === "live" || asked.mode === "test" ? asked.mode : modes.live ? "live" : "test";
  const days = PERIODS.find((period) => String(period) === asked.days) ?? 1;
  return { mode, days, currency: typeof asked.currency === "string" ? asked.currency : null };
}

export function homeAddress({ mode, days, currency }: HomeChoice): string {
  const query = new URLSearchParams({ mode });
  if (days !== 1) query.set("days", String(days));
  if (currency) query.set("currency", currency);
  return `/dashboard?${query}`;
}
