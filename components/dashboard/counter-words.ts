import type { Translator } from "#lib/i18n/translator.ts";

/** The words of the field a scanner types into (components/dashboard/counter-code.tsx runs in the browser and is given them). */
export function codeWords(t: Translator<"dashboard">) {
  return {
    code: t("counter.code"),
    codeHint: t("counter.codeHint"),
    charge: t("counter.charge"),
    charging: t("counter.charging"),
    camera: t("counter.camera"),
    cameraStop: t("counter.cameraStop"),
    cameraHint: t("counter.cameraHint"),
    cameraDenied: t("counter.cameraDenied"),
    cameraNone: t("counter.cameraNone"),
  };
}
export type CodeWords = ReturnType<typeof codeWords>;

/** The counter form's words. */
export function counterWords(t: Translator<"dashboard">) {
  return {
    ...codeWords(t),
    amount: t("counter.amount"),
    amountHint: t("counter.amountHint"),
    currency: t("counter.currency"),
    more: t("counter.more"),
    title: t("counter.forWhat"),
    titleHint: t("counter.forWhatHint"),
    reference: t("counter.reference"),
    referenceHint: t("counter.referenceHint"),
    kind: t("counter.kind"),
    live: t("counter.live"),
    test: t("counter.test"),
    liveOnly: t("counter.liveOnly"),
    testOnly: t("counter.testOnly"),
  };
}
