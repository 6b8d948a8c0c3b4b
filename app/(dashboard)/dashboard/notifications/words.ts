import type { MatchRow } from "#db/queries/notifications.ts";
import type { NotificationVerdict, VerdictReason } from "#db/schema/notifications.ts";
import type { Translator } from "#lib/i18n/translator.ts";

/** Why a notification was decided as it was, in a sentence. */
export function whyText(words: Translator<"inbox">, why: VerdictReason | null): string {
  return words(why === null ? "why.unsaid" : `why.${why}`);
}

/** What came of a person's decision, as it stands in the database. */
export function saidText(words: Translator<"inbox">, verdict: NotificationVerdict, match: Pick<MatchRow, "verdict" | "orderId">): string {
  if (match.verdict === "mismatch" && verdict === "mismatch") return words("said.set_aside");
  return words(`said.${match.verdict}`);
}
