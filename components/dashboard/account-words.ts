import type { Translator } from "#lib/i18n/translator.ts";

/** The account form's words (components/dashboard/account-form.tsx runs in the browser and is given them). */
export function accountWords(t: Translator<"dashboard">, document: string) {
  return {
    name: t("accounts.name"),
    baseUrl: t("accounts.baseUrl"),
    routing: t("accounts.routingFields"),
    position: t("accounts.position"),
    positionHint: t("accounts.positionHint"),
    weight: t("accounts.weight"),
    weightHint: t("accounts.weightHint"),
    windows: t("accounts.windows"),
    windowsHint: t("accounts.windowsHint"),
    windowCurrency: t("accounts.windowCurrency"),
    windowMin: t("accounts.windowMin"),
    windowMax: t("accounts.windowMax"),
    active: t("accounts.active"),
    live: t("accounts.live"),
    liveHint: t("accounts.liveHint"),
    credentials: t("accounts.credentials"),
    settings: t("accounts.settings"),
    settingsHint: t("accounts.settingsHint"),
    document: t("accounts.document", { document }),
    danger: t("accounts.insecureHint"),
    rows: t.raw("accounts.rows") as string,
    unset: t("accounts.unset"),
    secretKept: t("accounts.secretKept"),
    secretSent: t.raw("accounts.secretSent") as string,
    secretNew: t("accounts.secretNew"),
    save: t("accounts.save"),
    busy: t("common.working"),
  };
}
export type AccountWords = ReturnType<typeof accountWords>;
