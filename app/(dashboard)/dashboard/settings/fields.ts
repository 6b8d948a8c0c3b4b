import type { ChoiceField, RowField, SelectField, StaffField } from "#components/dashboard/staff-fields.tsx";
import type { MerchantSettings } from "#db/queries/merchant-settings.ts";
import type { RefundLimits } from "#db/queries/refund-limits.ts";
import { major } from "#lib/domain/money.ts";
import { NEAR_ZONES, otherZones } from "#lib/domain/time-zones.ts";
import { LOCALE_NAMES, LOCALES } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type T = Translator<"settings">;

/** Language and time zone, of the settings and of a new merchant. */
export function placeFields(t: T, stored: { locale: string; timeZone: string }): StaffField[] {
  const language: SelectField = {
    kind: "select",
    name: "locale",
    label: t("place.locale"),
    groups: [{ label: "", options: LOCALES.map((one) => [one, LOCALE_NAMES[one]] as const) }],
    value: stored.locale,
  };
  const zone = (name: string) => [name, name.replaceAll("_", " ")] as const;
  const zones: SelectField = {
    kind: "select",
    name: "timeZone",
    label: t("place.timeZone"),
    groups: [
      { label: t("place.near"), options: NEAR_ZONES.map(zone) },
      { label: t("place.other"), options: otherZones().map(zone) },
    ],
    value: stored.timeZone,
  };
  return [language, zones];
}

/** What happens with money that arrives late or twice. */
export function policyFields(t: T, stored: Pick<MerchantSettings, "latePolicy" | "surplusPolicy">): ChoiceField[] {
  const options = (["review", "refund"] as const).map((value) => ({
    value,
    word: t(`policies.${value}`),
    hint: t(`policies.${value}_hint`),
  }));
  return [
    { kind: "choice", name: "late", label: t("policies.late"), options, value: stored.latePolicy },
    { kind: "choice", name: "surplus", label: t("policies.surplus"), options, value: stored.surplusPolicy },
  ];
}

/** The two limits of each currency, as decimal text. */
export function limitFields(t: T, limits: readonly RefundLimits[], currencies: readonly string[]): RowField[] {
  const byCurrency = new Map(limits.map((one) => [one.currency, one]));
  return currencies.map((currency) => {
    const { approvalAbove = null, dailyCap = null } = byCurrency.get(currency) ?? {};
    const input = (name: string, label: string, amount: bigint | null) => ({
      ...({ kind: "text", inputMode: "decimal", placeholder: t("limits.none") } as const),
      ...{ name: `${name}.${currency}`, label, value: amount === null ? "" : major(amount, currency) },
    });
    const fields = [input("approval", t("limits.approval"), approvalAbove), input("daily", t("limits.daily"), dailyCap)];
    return { kind: "row", label: currency, fields };
  });
}

/** Whether an unsigned `/desk` address opens an order, and with whose money. */
export function deskField(t: T, value: string): ChoiceField {
  const options = (["no", "test", "live"] as const).map((one) => ({ value: one, word: t(`desk.${one}`), hint: t(`desk.${one}_hint`) }));
  return { kind: "choice", name: "unsigned", label: t("desk.unsigned"), options, value };
}
