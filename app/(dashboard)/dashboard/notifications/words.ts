import type { MatchRow } from "#db/queries/notifications.ts";
import type { NotificationVerdict, VerdictReason } from "#db/schema/notifications.ts";
import type { Money } from "#lib/domain/money.ts";
import { formatMoney } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import type { Refused } from "#lib/payments/decide-notification.ts";

/** Why a notification was decided as it was, in a sentence. */
export function whyText(words: Translator<"inbox">, why: VerdictReason | null): string {
  return words(why === null ? "why.unsaid" : `why.${why}`);
}

/** What came of a person's decision, as it stands in the database. */
export function saidText(words: Translator<"inbox">, verdict: NotificationVerdict, match: Pick<MatchRow, "verdict" | "orderId">): string {
  if (match.verdict === "mismatch" && verdict === "mismatch") return words("said.set_aside");
  return words(`said.${match.verdict}`);
}

/** Why a decision could not be carried out and what to do; of another amount, both. */
export function problemText({ problem, amounts }: Refused, locale: Locale): string {
  const money = (amount: Money | undefined) => (amount ? formatMoney(amount, locale) : "");
  return translator(locale, "inbox")(`problem.${problem}`, { expected: money(amounts?.expected), got: money(amounts?.got) });
}
