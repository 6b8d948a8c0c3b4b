import { type Database, db } from "#db/client.ts";
import { attemptById } from "#db/queries/attempts.ts";
import { claimLowestUndelivered, type DueDelivery, keepMessage, saveTry } from "#db/queries/deliveries.ts";
import { openMessage } from "#db/queries/kept-message.ts";
import { orderById } from "#db/queries/orders.ts";
import { nextDeliverySeconds } from "#lib/domain/schedules.ts";
import { log } from "#lib/log.ts";
import { unsealFor } from "#lib/secrets.ts";
import { TEST_TYPE } from "#lib/webhooks/decisions.ts";
import { isNoticeFormat, type NoticeFormat, type NoticeMessage } from "#lib/webhooks/format.ts";
import { formatById } from "#lib/webhooks/formats.ts";
import { type Answer, sendGuarded } from "#lib/webhooks/guarded-fetch.ts";

/** One call sends at most this many; more are picked up by the next. */
const BATCH_MAX = 20;

/** How the endpoint did: lib/webhooks/lanes.ts gives it more or less to do at once by it. */
export interface Delivered {
  sent: number;
  /** Of the last try; null when nothing was due. */
  acknowledged: boolean | null;
  /** Of the slowest. */
  slowestMs: number;
}

/**
 * Sends the undelivered webhooks of a stream (an order's, a payout's events) to one endpoint, lowest sequence first, until one
 * is not acknowledged or not yet due. At least once, in order; the same id always carries the same bytes. Each try is written
 * down; a failed one is due again on its format's schedule, and dead when that is over. 410 disables the endpoint, and so do
 * five failing days on end (FAILING_DAYS).
 */
export async function deliver(endpointId: string, stream: string, database: Database = db()): Promise<Delivered> {
  const result: Delivered = { sent: 0, acknowledged: null, slowestMs: 0 };
  while (result.sent < BATCH_MAX) {
    const due = await claimLowestUndelivered(database, endpointId, stream);
    if (!due) break;
    const made = await tryOnce(database, due);
    result.sent += 1;
    result.acknowledged = made.acknowledged;
    result.slowestMs = Math.max(result.slowestMs, made.answer.durationMs);
    if (!made.acknowledged) break;
  }
  return result;
}

/** Sends a claimed delivery once and writes down what came of it. */
export async function tryOnce(database: Database, due: DueDelivery): Promise<{ answer: Answer; acknowledged: boolean }> {
  const format = isNoticeFormat(due.format) ? formatById(due.format) : null;
  const message = format ? await messageOf(database, due, format) : { problem: `this installation has no format ${due.format}` };
  const answer = "problem" in message ? unsent(message.problem) : await sendGuarded(message);
  const acknowledged = answer.status !== null && (format?.acknowledged({ status: answer.status, body: answer.body }) ?? false);
  const disabled = await saveTry(database, due, {
    url: "problem" in message ? due.url : message.url,
    requestHeaders: "problem" in message ? {} : message.headers,
    status: answer.status,
    responseHeaders: answer.headers,
    responseBody: answer.body,
    error: answer.error,
    durationMs: answer.durationMs,
    acknowledged,
    waitSeconds: acknowledged ? null : waitFor(due, format, answer),
    gone: answer.status === 410,
    counts: due.type !== TEST_TYPE,
  });
  if (disabled) log.warn({ endpoint: due.endpointId, reason: disabled }, "webhook endpoint disabled");
  return { answer, acknowledged };
}

/** The message to send: the one kept from the first try where the format signs once, else made now. */
async function messageOf(database: Database, due: DueDelivery, format: NoticeFormat): Promise<NoticeMessage | { problem: string }> {
  try {
    const kept = openMessage(due.id, due.message);
    // Where it goes is the endpoint's to say, also after it moved; a notice by GET has its fields in the address.
    if (kept) return kept.method === "POST" ? { ...kept, url: due.url } : kept;
    const secrets = due.secrets.map(({ id, secret }) => unsealFor("webhook_secrets.secret", id, secret));
    const merchants = due.merchantSecret === null ? [] : [unsealFor("merchants.webhook_secret", due.merchantId, due.merchantSecret)];
    const { id, merchantId, url, type, body, createdAt: at } = due;
    const facts = { id, merchantId, url, type, at, body, secrets: [...merchants, ...secrets], ...(await aboutOf(database, due, format)) };
    const message = await format.message(facts, new Date(), database);
    if ("problem" in message || format.signed === "each try") return message;
    return await keepMessage(database, due.id, message);
  } catch (error) {
    // A key that does not fit, a row that is not as expected: the try has failed, and the log says so.
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The order and attempt the event is about, where a format writes its own words about them. */
async function aboutOf(database: Database, due: DueDelivery, format: NoticeFormat) {
  if (format.signed === "each try" || due.orderId === null) return { order: null, attempt: null };
  const told = JSON.parse(due.body) as { data: { attempt: { id: string } | null } };
  const attempt = told.data.attempt ? await attemptById(database, told.data.attempt.id) : null;
  return { order: await orderById(database, due.orderId), attempt };
}

/** Seconds until the next try, never before the endpoint's own `Retry-After`; null when there is none. */
function waitFor(due: DueDelivery, format: NoticeFormat | null, answer: Answer): number | null {
  if (!format || due.type === TEST_TYPE) return null;
  const wait = nextDeliverySeconds(format.retrySeconds, due.tries + 1 - due.triesBefore, format.jitter, Math.random());
  return wait === null ? null : Math.max(wait, answer.retryAfterSeconds ?? 0);
}

function unsent(problem: string): Answer {
  return { status: null, headers: {}, body: "", error: problem.slice(0, 500), durationMs: 0, retryAfterSeconds: null };
}
