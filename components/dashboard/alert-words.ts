import type { Translator } from "#lib/i18n/translator.ts";

const OWN = [
  ...(["name", "nameHint", "kinds", "kindsAll", "kindsAllText", "kindsSome", "everyMerchant", "everyMerchantHint"] as const),
  ...(["liveOnly", "liveOnlyHint", "language", "quiet", "quietFrom", "quietTo", "quietUrgent", "quietUrgentHint"] as const),
  ...(["remind", "allClear", "save", "create"] as const),
] as const;

/** The words of a channel's form, which runs in the browser. */
export type ChannelWords = Record<(typeof OWN)[number] | "busy" | "urgent" | "quietHint", string> & {
  reminds: { id: string; name: string }[];
};

export function channelWords(t: Translator<"alerts">, common: Translator<"dashboard">, zone: string): ChannelWords {
  const own = Object.fromEntries(OWN.map((name) => [name, t(`channels.${name}`)])) as Record<(typeof OWN)[number], string>;
  const reminds = (["0", "4", "24", "72"] as const).map((id) => ({ id, name: t(`channels.remind_${id}`) }));
  return { ...own, reminds, busy: common("common.working"), urgent: t("screen.urgent"), quietHint: t("channels.quietHint", { zone }) };
}
