import type { Tone } from "#components/ui/dot.tsx";
import type { PayoutState } from "#lib/domain/payout.ts";
import type { Translator } from "#lib/i18n/translator.ts";

export const PAYOUT_TONES = {
  sent: "wait",
  unknown: "wait",
  pending: "wait",
  paid: "good",
  failed: "bad",
} as const satisfies Record<PayoutState, Tone>;

/** A channel's or a balance's name in words; the document's own where we have none. */
export function channelText(t: Translator<"dashboard">, name: string): string {
  const key = `payouts.channel_${name}` as "payouts.channel_trans";
  return t.has(key) ? t(key) : name;
}

/** The payout form's words (components/dashboard/payout-form.tsx runs in the browser and is given them). */
export function payoutWords(t: Translator<"dashboard">) {
  return {
    amount: t("payouts.amountIn"),
    amountHint: t("payouts.amountHint"),
    kind: t("payouts.kind"),
    personal: t("payouts.personal"),
    company: t("payouts.company"),
    number: t("payouts.number"),
    name: t("payouts.name"),
    mobile: t("payouts.mobile"),
    bankCode: t("payouts.bankCode"),
    bank: t("payouts.bank"),
    bankNone: t("payouts.bankNone"),
    bankName: t("payouts.bankName"),
    province: t("payouts.province"),
    city: t("payouts.city"),
    idCard: t("payouts.idCard"),
    remark: t("payouts.remark"),
    optional: t("payouts.optional"),
    companyOnly: t("payouts.companyOnly"),
    next: t("payouts.continue"),
    confirmTitle: t.raw("payouts.confirmTitle") as string,
    confirmText: t("payouts.confirmText"),
    confirm: t.raw("payouts.confirm") as string,
    change: t("payouts.change"),
    busy: t("common.working"),
  };
}
export type PayoutWords = ReturnType<typeof payoutWords>;
