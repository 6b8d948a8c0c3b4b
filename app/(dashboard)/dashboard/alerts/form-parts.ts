import type { ChannelFormValues, ServicePart } from "#components/dashboard/alert-channel-form.tsx";
import type { AlertChannel } from "#db/queries/alert-channels.ts";
import { targetFields } from "#lib/alerts/channel-fields.ts";
import { targetOf } from "#lib/alerts/channels.ts";
import { ALERT_KINDS, type AlertService, KINDS } from "#lib/domain/alert.ts";
import { clockOf } from "#lib/domain/quiet-hours.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type T = Translator<"alerts">;

/** What the form of a service asks for. `stored`: secrets may be left empty. */
export function servicePart(t: T, service: AlertService, stored: string | null): ServicePart {
  const fields = targetFields(service).map(({ name, secret, required, max }) => {
    const word = name as "url" | "secret" | "token" | "chatId" | "baseUrl" | "to";
    const kept = stored === null || !secret ? [] : [name === "secret" ? t("channels.stored") : t("channels.unchanged", { shown: stored })];
    const label = required ? t(`targets.${word}`) : `${t(`targets.${word}`)} (${t("targets.optional")})`;
    return { name, secret, max, label, hint: [t(`targets.hints.${word}`), ...kept].join(" ") };
  });
  return { id: service, name: t(`services.${service}`), hint: t(`serviceHints.${service}`), fields };
}

/** The kinds a channel can be told of, in words: those of the installation where it is the installation's. */
export function kindChoices(t: T, installation: boolean): { kind: string; name: string; what: string; urgent: boolean }[] {
  const fitting = KINDS.filter((kind) => installation || ALERT_KINDS[kind].of === "merchant");
  return fitting.map((kind) => ({ kind, name: t(`kinds.${kind}.name`), what: t(`kinds.${kind}.what`), urgent: ALERT_KINDS[kind].urgent }));
}

/** A new channel's form. */
export function freshValues(service: AlertService, locale: Locale): ChannelFormValues {
  return {
    ...{ service, name: "", target: {}, kinds: null, everyMerchant: false, liveOnly: false, locale },
    ...{ quietFrom: "", quietTo: "", quietUrgent: true, remindHours: "24", allClear: true },
  };
}

/** A stored channel's form: nothing secret goes along. */
export function storedValues(channel: AlertChannel): ChannelFormValues {
  const { service, name, kinds, everyMerchant, liveOnly, locale, quietFrom, quietTo, quietUrgent, remindHours, allClear } = channel;
  const open = targetFields(service).filter(({ secret }) => !secret);
  const target = targetOf(channel);
  const clock = (minutes: number | null) => (minutes === null ? "" : clockOf(minutes));
  return {
    ...{ service, name, kinds, everyMerchant, liveOnly, locale, quietUrgent, allClear, remindHours: String(remindHours) },
    target: Object.fromEntries(open.map((field) => [field.name, (target[field.name] ?? "").replaceAll(",", ", ")])),
    ...{ quietFrom: clock(quietFrom), quietTo: clock(quietTo) },
  };
}
