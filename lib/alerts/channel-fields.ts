import type { Target, TargetField } from "#lib/alerts/chat-service.ts";
import { CHAT_SERVICES } from "#lib/alerts/chat-services.ts";
import { ALERT_SERVICES, type AlertKind, type AlertService, KINDS } from "#lib/domain/alert.ts";
import { minutesOf } from "#lib/domain/quiet-hours.ts";
import { env } from "#lib/env.ts";
import { isLocale, type Locale } from "#lib/i18n/locale.ts";
import { isMailbox } from "#lib/mail.ts";

/** What was typed into a channel's form. */
export interface ChannelInput {
  service: string;
  name: string;
  target: Target;
  /** Null: every kind. */
  kinds: string[] | null;
  everyMerchant: boolean;
  liveOnly: boolean;
  locale: string;
  quietFrom: string;
  quietTo: string;
  quietUrgent: boolean;
  remindHours: string;
  allClear: boolean;
}

/** The same, good. */
export interface ChannelValues {
  service: AlertService;
  name: string;
  target: Target;
  kinds: AlertKind[] | null;
  everyMerchant: boolean;
  liveOnly: boolean;
  locale: Locale;
  quietFrom: number | null;
  quietTo: number | null;
  quietUrgent: boolean;
  remindHours: number;
  allClear: boolean;
}

/** What may be wrong with a field (messages alerts.problems). */
export type ChannelProblem =
  | "missing"
  | "url"
  | "host"
  | "path"
  | "token"
  | "chat"
  | "secret"
  | "mailbox"
  | "kinds"
  | "quiet"
  | "service"
  | "long";

export interface WrongField {
  field: string;
  problem: ChannelProblem;
}

const NAME_MAX = 60;
const MAILBOXES_MAX = 10;
export const REMIND_HOURS = [0, 4, 24, 72] as const;
const MAIL_FIELDS: readonly TargetField[] = [{ name: "to", secret: false, required: true, max: 1000 }];

/** The fields of a service's target, in the order of its form. */
export function targetFields(service: AlertService): readonly TargetField[] {
  return service === "email" ? MAIL_FIELDS : CHAT_SERVICES[service].fields;
}

export function isAlertService(text: string): text is AlertService {
  return (ALERT_SERVICES as readonly string[]).includes(text);
}

/** Reads a channel's form. A secret left empty is `stored`'s, when the service is still the same and the secret goes where it went. */
export function readChannel(
  input: ChannelInput,
  stored: Target | null,
): { ok: true; values: ChannelValues } | { ok: false; wrong: WrongField } {
  const { service } = input;
  if (!isAlertService(service)) return wrong("service", "service");
  const name = input.name.trim();
  if (!name) return wrong("name", "missing");
  if ([...name].length > NAME_MAX) return wrong("name", "long");
  const target = readTarget(service, input.target, stored);
  if (!target.ok) return target;
  const kinds = input.kinds === null ? null : KINDS.filter((kind) => input.kinds?.includes(kind));
  if (kinds?.length === 0) return wrong("kinds", "kinds");
  const [quietFrom, quietTo] = [minutesOf(input.quietFrom), minutesOf(input.quietTo)];
  const none = input.quietFrom === "" && input.quietTo === "";
  if (!none && (quietFrom === null || quietTo === null)) return wrong("quietFrom", "quiet");
  const remindHours = REMIND_HOURS.find((hours) => String(hours) === input.remindHours) ?? 24;
  const locale = isLocale(input.locale) ? input.locale : "zh-CN";
  const { everyMerchant, liveOnly, quietUrgent, allClear } = input;
  return {
    ok: true,
    values: {
      ...{ service, name, target: target.value, kinds, everyMerchant, liveOnly, locale, quietFrom, quietTo },
      ...{ quietUrgent, remindHours, allClear },
    },
  };
}

function wrong(field: string, problem: ChannelProblem): { ok: false; wrong: WrongField } {
  return { ok: false, wrong: { field, problem } };
}

function readTarget(service: AlertService, typed: Target, stored: Target | null) {
  const target: Record<string, string> = {};
  const fields = targetFields(service);
  const elsewhere = fields.some(({ name, leads }) => leads && (typed[name] ?? "").trim() !== (stored?.[name] ?? ""));
  const kept = elsewhere ? null : stored;
  for (const { name, secret, required, max } of fields) {
    const value = (typed[name] ?? "").trim() || (secret ? (kept?.[name] ?? "") : "");
    if (required && !value) return wrong(`target.${name}`, "missing");
    if (value.length > max) return wrong(`target.${name}`, "long");
    if (value) target[name] = value;
  }
  if (service === "email") {
    const boxes = (target.to ?? "").split(/[\s,;，；]+/).filter(Boolean);
    if (boxes.length > MAILBOXES_MAX || !boxes.every(isMailbox)) return wrong("target.to", "mailbox");
    return { ok: true, value: { to: boxes.join(",") } } as const;
  }
  // On a LAN of one's own the services may be one's own too.
  const bad = CHAT_SERVICES[service].problem(target, env().ALLOW_PRIVATE_WEBHOOKS === "1");
  return bad ? wrong(`target.${bad.field}`, bad.problem) : ({ ok: true, value: target } as const);
}

/** What of a target may be shown on a page. */
export function shownTarget(service: AlertService, target: Target): string {
  return service === "email" ? (target.to ?? "").replaceAll(",", ", ") : CHAT_SERVICES[service].shown(target);
}
