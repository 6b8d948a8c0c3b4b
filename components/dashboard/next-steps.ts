import type { NextStep } from "#components/ui/empty.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

/** A way on that is open to everybody. */
export function toHome(t: Translator<"dashboard">): NextStep {
  return { href: "/dashboard", word: t("forbidden.home") };
}

/** Where a gateway account is missing: to the accounts, for whoever may open them. */
export function toAccounts(t: Translator<"dashboard">, may: boolean): NextStep {
  return may ? { href: "/dashboard/accounts", word: t("counter.toAccounts"), main: true } : toHome(t);
}
