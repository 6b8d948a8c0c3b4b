import type { DueMessage, ToldAlert } from "#db/queries/alert-messages.ts";
import type { Told } from "#lib/alerts/chat-service.ts";
import { env } from "#lib/env.ts";
import { alertLine, plain } from "#lib/i18n/alert-words.ts";
import { formatClock, formatMoment } from "#lib/i18n/format.ts";
import { isLocale, type Locale } from "#lib/i18n/locale.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";

/** Alerts named one by one in a message; more are a number. */
const NAMED_MAX = 8;

type About = Pick<DueMessage, "purpose" | "kind" | "channelName" | "merchantName" | "locale" | "timeZone">;
type Reader = Pick<About, "timeZone"> & { locale: Locale };
type T = Translator<"alerts">;

/** What a message says, in its channel's language and zone: what happened to what, since when, what to do, and where. */
export function toldOf(message: About, alerts: readonly ToldAlert[]): Told {
  const reader = { timeZone: message.timeZone, locale: isLocale(message.locale) ? message.locale : "zh-CN" } as const;
  const t = translator(reader.locale, "alerts");
  const link = { href: `${env().PUBLIC_URL}/dashboard/alerts`, text: t("told.open") };
  const brand = t("brand");
  if (message.purpose === "test" || alerts.length === 0) {
    return { title: t("told.test", { brand }), lines: [t("told.testLine", { channel: plain(message.channelName) })], link };
  }
  const merchant = message.merchantName === null ? t("told.installation") : plain(message.merchantName);
  if (message.purpose === "reminder" || message.kind === null) {
    return { title: t("told.reminder", { brand, count: alerts.length, merchant }), lines: kindLines(t, reader, alerts), link };
  }
  const over = message.purpose === "all_clear";
  const values = { brand, merchant, count: alerts.length, kind: t(`kinds.${message.kind}.name`) };
  const test = alerts.every(({ live }) => live === false) ? t("told.testMoney") : "";
  const title = t(over ? (alerts.length > 1 ? "told.clearMany" : "told.clear") : alerts.length > 1 ? "told.many" : "told.one", {
    ...values,
    test,
  });
  const named = alerts.slice(0, NAMED_MAX).map((alert) => `• ${lineOf(t, reader, alert)}`);
  const more = alerts.length > NAMED_MAX ? [t("told.more", { count: alerts.length - NAMED_MAX })] : [];
  const words = over
    ? [t(`kinds.${message.kind}.over`)]
    : [t(`kinds.${message.kind}.what`), t("told.todo", { todo: t(`kinds.${message.kind}.todo`) })];
  return { title, lines: [...named, ...more, ...words], link };
}

function lineOf(t: T, { locale, timeZone }: Reader, alert: ToldAlert): string {
  const since = formatClock(alert.openedAt, locale, timeZone);
  return [alertLine(t, alert, locale), t("facts.since", { time: since })].filter(Boolean).join(" · ");
}

/** One line for each kind: how many, and since when. */
function kindLines(t: T, { locale, timeZone }: Reader, alerts: readonly ToldAlert[]): string[] {
  return [...new Set(alerts.map(({ kind }) => kind))].map((kind) => {
    const some = alerts.filter((alert) => alert.kind === kind);
    const since = t("facts.since", { time: formatMoment(some[0]?.openedAt ?? new Date(), locale, timeZone) });
    return `• ${t("told.reminderLine", { kind: t(`kinds.${kind}.name`), count: some.length, since })}`;
  });
}
