import type { Bank } from "#lib/gateways/gateway.ts";
import type { PayoutAccount } from "#lib/gateways/payout.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { log } from "#lib/log.ts";
import { unsealFor } from "#lib/secrets.ts";

/** Whose account a payout goes to, for people who were not the ones to enter it: enough to recognise it, too little to use it. */
export function recipientLines(
  payout: { id: string; recipient: string; recipientEnding: string },
  banks: readonly Bank[],
  t: Translator<"dashboard">,
): [string, string][] {
  const ending = `•••• ${payout.recipientEnding}`;
  const account = opened(payout);
  if (!account) return [[t("payouts.number"), ending]];
  const bank = banks.find(({ code }) => code === account.bankCode)?.name ?? account.bankName;
  const lines: [string, string | undefined][] = [
    [t("payouts.name"), `${maskedName(account.name)} (${t(`payouts.${account.kind}`)})`],
    [t("payouts.number"), ending],
    [t("payouts.bank"), bank],
    [t("payouts.mobile"), account.mobile && `•••• ${account.mobile.slice(-4)}`],
  ];
  return lines.filter((line): line is [string, string] => Boolean(line[1]));
}

/** The first sign of a name, and two stars however long it is. */
export function maskedName(name: string): string {
  return `${[...name.trim()][0] ?? ""}**`;
}

function opened({ id, recipient }: { id: string; recipient: string }): PayoutAccount | null {
  try {
    return JSON.parse(unsealFor("payouts.recipient", id, recipient)) as PayoutAccount;
  } catch {
    // Sealed with keys that are lost: the payout can still be followed.
    log.error({ payout: id }, "recipient cannot be opened");
    return null;
  }
}
