import { type Database, db } from "#db/client.ts";
import { alertsOf, type DueMessage, saveAlertTry, type ToldAlert, takeAlertMessage, wasTold } from "#db/queries/alert-messages.ts";
import type { Reading, Target, Told } from "#lib/alerts/chat-service.ts";
import { CHAT_SERVICES } from "#lib/alerts/chat-services.ts";
import { toldOf } from "#lib/alerts/told.ts";
import { ALERT_RETRY_SECONDS, type AlertAnswer } from "#lib/domain/alert.ts";
import { log } from "#lib/log.ts";
import { type MailProblem, sendMail } from "#lib/mail.ts";
import { unsealFor } from "#lib/secrets.ts";
import { sendGuarded } from "#lib/webhooks/guarded-fetch.ts";

/** What a channel's target is sealed for. */
export const TARGET_COLUMN = "alert_channels.target";
const DETAIL_MAX = 200;

/** How a message went. */
export type Sent = Reading & { durationMs: number };

/**
 * Sends one message that is due and writes down what came of it: sent, due again later (half a day long), or given up. What
 * was over before it could be told is dropped. Gives the outcome of the try; null when nothing was tried.
 */
export async function sendAlert(messageId: string, database: Database = db()): Promise<Sent | null> {
  const message = await takeAlertMessage(database, messageId);
  if (!message) return null;
  const alerts = await alertsOf(database, message.alertIds);
  if (!(await worthTelling(database, message, alerts))) {
    await saveAlertTry(database, message, { state: "dropped", title: null, body: null, made: null, waitSeconds: 0 });
    return null;
  }
  const about = message.purpose === "reminder" ? alerts.filter(({ resolvedAt }) => resolvedAt === null) : alerts;
  const told = toldOf(message, about);
  const started = performance.now();
  const reading = await deliver(database, message, told);
  const durationMs = Math.round(performance.now() - started);
  const ok = reading.answer === "sent";
  const wait = message.purpose === "test" ? undefined : ALERT_RETRY_SECONDS[message.tries.length];
  const detail = reading.detail.replace(/\p{Cc}+/gu, " ").slice(0, DETAIL_MAX);
  await saveAlertTry(database, message, {
    state: ok ? "sent" : wait === undefined ? "failed" : "pending",
    title: told.title,
    body: told.lines.join("\n"),
    made: { at: new Date().toISOString(), ok, answer: reading.answer, detail, durationMs },
    waitSeconds: Math.max(wait ?? 0, reading.retryAfterSeconds ?? 0),
  });
  if (!ok) log.warn({ channel: message.channelId, service: message.service, answer: reading.answer }, "alert not sent");
  return { ...reading, detail, durationMs };
}

async function worthTelling(database: Database, message: DueMessage, alerts: readonly ToldAlert[]): Promise<boolean> {
  if (!message.listening) return false;
  if (message.purpose === "test") return true;
  if (alerts.length === 0) return false;
  if (message.purpose === "all_clear") return wasTold(database, message.channelId, message.alertIds);
  // Who has been tried already may have got it: then the end is told as well.
  return message.tries.length > 0 || alerts.some(({ resolvedAt }) => resolvedAt === null);
}

async function deliver(database: Database, message: DueMessage, told: Told): Promise<Reading> {
  try {
    const target = JSON.parse(unsealFor(TARGET_COLUMN, message.channelId, message.target)) as Target;
    if (message.service === "email") return await byMail(database, target, told);
    const service = CHAT_SERVICES[message.service];
    const answer = await sendGuarded(service.request(target, told, new Date()));
    if (answer.status !== null) {
      const reading = service.read({ status: answer.status, body: answer.body });
      return { ...reading, retryAfterSeconds: reading.retryAfterSeconds ?? answer.retryAfterSeconds ?? undefined };
    }
    const refused = answer.error?.startsWith("address refused") || answer.error === "EFORBIDDEN";
    return { answer: refused ? "address_refused" : "unreachable", detail: answer.error ?? "" };
  } catch (error) {
    // A key that does not fit, a row that is not as expected. The message is ours and names no secret.
    log.error({ channel: message.channelId, error: error instanceof Error ? error.name : "error" }, "alert channel unusable");
    return { answer: "refused", detail: "the channel cannot be read" };
  }
}

const MAIL_ANSWERS = {
  not_configured: "mail_not_configured",
  address: "mail_address",
  no_host: "unreachable",
  unreachable: "unreachable",
  no_answer: "unreachable",
  tls: "mail_tls",
  login: "mail_login",
  refused: "refused",
} as const satisfies Record<MailProblem, AlertAnswer>;

async function byMail(database: Database, target: Target, told: Told): Promise<Reading> {
  const text = [...told.lines, "", `${told.link.text}: ${told.link.href}`].join("\n");
  const sent = await sendMail({ to: (target.to ?? "").split(","), subject: told.title, text }, database);
  return sent.ok ? { answer: "sent", detail: "" } : { answer: MAIL_ANSWERS[sent.problem], detail: sent.detail };
}
