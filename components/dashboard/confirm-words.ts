import type { ConfirmView } from "#components/dashboard/confirm-person.tsx";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

/** What ConfirmPerson needs, for this person in this language. */
export function confirmView(user: { proven: boolean; twoStep: boolean }, locale: Locale): ConfirmView {
  const t = translator(locale, "safety");
  const words = {
    title: t("confirm.title"),
    why: t("confirm.why"),
    password: t("confirm.password"),
    codeLabel: t("confirm.codeLabel"),
    codeHint: t("confirm.codeHint"),
    confirm_missing: t(user.twoStep ? "confirm.missing_code" : "confirm.missing"),
    confirm_wrong: t(user.twoStep ? "confirm.wrong_code" : "confirm.wrong"),
    confirm_too_many: t("confirm.too_many"),
  };
  return { needed: !user.proven, code: user.twoStep, words };
}
