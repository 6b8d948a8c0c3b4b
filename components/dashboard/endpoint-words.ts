import type { Translator } from "#lib/i18n/translator.ts";

const OWN = [
  ...(["url", "urlHint", "description", "descriptionHint", "mode", "modeHint", "test", "live", "format", "formatHint", "types"] as const),
  ...(["typesAll", "typesAllText", "typesSome", "save", "create", "made", "secret", "secretOnce", "open"] as const),
  ...(["roll", "rolled", "overlap", "overlap_0", "overlap_3600", "overlap_86400", "overlap_604800"] as const),
] as const;

/** The words of an endpoint's forms, whose parts run in the browser. */
export type EndpointWords = Record<(typeof OWN)[number] | "busy" | "copy" | "copied", string>;

export function endpointWords(t: Translator<"webhooks">, common: Translator<"dashboard">): EndpointWords {
  const own = Object.fromEntries(OWN.map((name) => [name, t(`endpoints.${name}`)]));
  const copy = common("common.copy", { what: t("endpoints.secret") });
  return { ...(own as Record<(typeof OWN)[number], string>), busy: common("common.working"), copy, copied: common("common.copied") };
}
