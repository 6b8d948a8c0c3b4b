import { Webhook } from "standardwebhooks";
import { type Database, db } from "#db/client.ts";
import { claimLowestUndelivered, type DueDelivery, saveTry } from "#db/queries/deliveries.ts";
import { nextDeliverySeconds } from "#lib/domain/schedules.ts";
import { unsealFor } from "#lib/secrets.ts";
import { type PostAnswer, postWebhook } from "#lib/webhooks/guarded-fetch.ts";

/** One job sends at most this many; more are picked up by the next. */
const BATCH_MAX = 20;

/**
 * Sends an order's undelivered webhooks to one endpoint, lowest sequence first, until one is not acknowledged or not
 * yet due (Standard Webhooks: 2xx acknowledges). At least once, in order; the same id always carries the same bytes. Each
 * try is written down; a failed one is due again on the schedule, ten tries over 75 hours, then dead.
 */
export async function deliver(endpointId: string, orderId: string, database: Database = db()): Promise<number> {
  let sent = 0;
  while (sent < BATCH_MAX) {
    const due = await claimLowestUndelivered(database, endpointId, orderId);
    if (!due) break;
    const answer = await postWebhook(due.url, headersFor(due, new Date()), due.body);
    const acknowledged = answer.status !== null && answer.status >= 200 && answer.status < 300;
    await saveTry(database, due, answer, acknowledged, acknowledged ? null : waitFor(due, answer));
    sent += 1;
    if (!acknowledged) break;
  }
  return sent;
}

function headersFor(due: DueDelivery, now: Date): Record<string, string> {
  const secret = unsealFor("merchants.webhook_secret", due.merchantId, due.webhookSecret);
  return {
    "content-type": "application/json",
    "user-agent": "Shouyin-Webhooks/1",
    "webhook-id": due.id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(due.id, now, due.body),
  };
}

/** Seconds until the next try; null when there is none (then the delivery is dead). */
function waitFor(due: DueDelivery, answer: PostAnswer): number | null {
  const scheduled = nextDeliverySeconds(due.tries + 1, Math.random());
  return scheduled === null ? null : Math.max(scheduled, answer.retryAfterSeconds ?? 0);
}
