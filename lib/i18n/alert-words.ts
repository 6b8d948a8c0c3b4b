import type { AlertFacts, AlertKind } from "#lib/domain/alert.ts";
import { isCurrency } from "#lib/domain/currency.ts";
import { formatMoney } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type T = Translator<"alerts">;

/** What an alert's line is made of. */
export interface WordedAlert {
  kind: AlertKind;
  live: boolean | null;
  facts: AlertFacts;
  count: number;
}

/**
 * An alert's subject in one line: what a person needs to recognise it by, e.g. "A-1001 · HK$88.00 · Main account". Facts are
 * values from shops and gateways: control characters are taken out, long ones cut.
 */
export function alertLine(t: T, alert: WordedAlert, locale: Locale): string {
  const { facts, kind, count } = alert;
  const parts = [
    facts.reference,
    facts.amount !== undefined && facts.currency && isCurrency(facts.currency)
      ? formatMoney({ minor: BigInt(facts.amount), currency: facts.currency }, locale)
      : undefined,
    facts.number,
    facts.url,
    facts.accountTitle,
    facts.method,
    facts.queue === undefined ? undefined : t("facts.queue", { queue: queueWord(t, facts.queue), minutes: facts.minutes ?? 0 }),
    facts.queue === undefined && facts.minutes !== undefined ? t("facts.minutes", { minutes: facts.minutes }) : undefined,
    facts.why === undefined ? undefined : whyWord(t, kind, facts.why),
    count > 1 ? t("facts.times", { count }) : undefined,
  ];
  return parts.flatMap((part) => (part ? [plain(part)] : [])).join(" · ");
}

const WHYS = [
  "gone",
  "failing",
  "conflict",
  "closed_paid",
  "dispute",
  "sent_back",
  "refund_unclear",
  "unreachable",
  "unclear",
  "rejected",
  "busy",
  "wallet",
  "unsupported",
  "role",
  "limit",
  "refund_account_shut",
] as const;
const QUEUES = ["recheck", "close", "expire", "refund", "payout", "deliver"] as const;

function whyWord(t: T, kind: AlertKind, code: string): string | undefined {
  // An order that is `gone` was paid and sent back; an endpoint that is, answered 410.
  const known = WHYS.find((one) => one === (kind === "flagged" && code === "gone" ? "sent_back" : code));
  return known && t(`why.${known}`);
}

function queueWord(t: T, queue: string): string {
  const known = QUEUES.find((one) => one === queue);
  return known ? t(`queues.${known}`) : queue;
}

const PART_MAX = 80;

/** A value of a shop's or a gateway's in a line: no control characters, 80 at most. */
export function plain(text: string): string {
  return [...text.replace(/\p{Cc}+/gu, " ")].slice(0, PART_MAX).join("");
}
