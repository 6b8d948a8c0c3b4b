import type { Translator } from "#lib/i18n/translator.ts";

/** What every reason form about an order says. */
export function reasonWords(t: Translator<"dashboard">, words: Translator<"order">) {
  return { reason: words("action.reason"), reasonHint: words("action.reasonHint"), busy: t("common.working") };
}

/** The reasons people usually have: offered as they type, so that one key and Enter are enough. */
export function reasonsFor(words: Translator<"order">, what: "recheck" | "resend" | "close"): string[] {
  return [words(`action.${what}Reason1`), words(`action.${what}Reason2`)];
}
