import type { Translator } from "#lib/i18n/translator.ts";

/** The account form's words (components/dashboard/account-form.tsx runs in the browser and is given them). */
export function accountWords(t: Translator<"dashboard">, document: string) {
  return {
    name: t("accounts.name"),
    baseUrl: t("accounts.baseUrl"),
    position: t("accounts.position"),
    active: t("accounts.active"),
    live: t("accounts.live"),
    liveHint: t("accounts.liveHint"),
    credentials: t("accounts.credentials"),
    settings: t("accounts.settings"),
    settingsHint: t("accounts.settingsHint"),
    document: t("accounts.document", { document }),
    secretKept: t("accounts.secretKept"),
    secretNew: t("accounts.secretNew"),
    save: t("accounts.save"),
    busy: t("common.working"),
  };
}
