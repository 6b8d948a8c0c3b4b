import { moneyText } from "#components/dashboard/money.tsx";
import type { Tone } from "#components/ui/dot.tsx";
import type { LinkStanding, StoredChoice } from "#lib/domain/link.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";

export const STANDING_TONES = {
  open: "good",
  retired: "quiet",
  not_yet: "wait",
  expired: "quiet",
  paid: "good",
  held: "wait",
  sold_out: "quiet",
} as const satisfies Record<LinkStanding, Tone>;

interface Priced {
  currency: string;
  amount: bigint | null;
  choices: readonly StoredChoice[] | null;
  minAmount: bigint | null;
  maxAmount: bigint | null;
}

/** A link's price in one line: an amount, or from which to which. */
export function priceText(t: Translator<"links">, link: Priced, locale: Locale): string {
  const money = (amount: bigint) => moneyText({ amount, currency: link.currency }, locale);
  if (link.amount !== null) return money(link.amount);
  const amounts = link.choices?.map((one) => BigInt(one.amount)) ?? [link.minAmount ?? 0n, link.maxAmount ?? 0n];
  const [min, max] = [amounts.reduce((a, b) => (a < b ? a : b)), amounts.reduce((a, b) => (a > b ? a : b))];
  return min === max ? money(min) : t("list.between", { min: money(min), max: money(max) });
}
