import { type Database, db, inTransaction, type Tx } from "#db/client.ts";
import { insertMatch, insertNotification, storeRefused } from "#db/queries/notifications.ts";
import { knowsNotice, type LockedPayout, lockPayoutOfNumber } from "#db/queries/payouts.ts";
import { boundedBody } from "#lib/bounded-body.ts";
import { newId } from "#lib/domain/ids.ts";
import type { InboundMessage } from "#lib/gateways/notice.ts";
import type { PayoutStanding, VerifiedPayoutNotification } from "#lib/gateways/payout.ts";
import { sendJob } from "#lib/jobs/queues.ts";
import { log } from "#lib/log.ts";
import { NOTIFICATION_BYTES_MAX, type NotifyAnswer } from "#lib/payments/notify-route.ts";
import { openAccount, recentAccount } from "#lib/payments/open-account.ts";
import { settlePayout } from "#lib/payments/settle-payout.ts";
import { sealFor } from "#lib/secrets.ts";

/**
 * A gateway's notice about a payout (seeds/003 §3.3), to `/api/notify/<gateway>/<account>/payout`: verified, then taken in
 * under the payout's lock and acknowledged after the commit. A hint (`settles: "query"`) moves nothing but sends a question.
 * The same notice again changes nothing; one whose number is not ours is kept as an orphan and not acknowledged; one that
 * does not verify lands in the refused ring. Never throws.
 */
export async function answerPayoutNotice(
  message: InboundMessage,
  gatewayId: string,
  accountId: string,
  database: Database = db(),
): Promise<NotifyAnswer> {
  try {
    return await receive(message, gatewayId, accountId, database);
  } catch (error) {
    log.error({ account: accountId, error: error instanceof Error ? error.message : String(error) }, "payout notice not handled");
    return text(503, "try again");
  }
}

/** The same as a route; 413 when the body is too large. Notices come by GET in seeds/003 §3.3, by POST from real gateways. */
export async function payoutNoticeRoute(request: Request, gateway: string, account: string, database: Database = db()): Promise<Response> {
  const body = await boundedBody(request, NOTIFICATION_BYTES_MAX);
  const query = new URL(request.url).search.slice(1);
  const message = body && { method: request.method, query, headers: Object.fromEntries(request.headers), body };
  const answer = message ? await answerPayoutNotice(message, gateway, account, database) : text(413, "too large");
  return new Response(answer.body, { status: answer.status, headers: { "content-type": answer.contentType } });
}

async function receive(message: InboundMessage, gatewayId: string, accountId: string, database: Database): Promise<NotifyAnswer> {
  const row = await recentAccount(database, accountId);
  if (!row || row.gateway !== gatewayId) return text(404, "unknown");
  const { account, gateway } = openAccount(row);
  if (!account.openPayoutNotification) return text(404, "unknown");
  const opened = account.openPayoutNotification(message);
  if (!opened.ok) {
    await storeRefused(database, row, opened.reason, opened.detail, opened.payoutNo, message);
    return text(400, "refused");
  }
  const taken = await inTransaction(database, async (tx) => {
    const locked = await lockPayoutOfNumber(tx, row.id, opened.notification.payoutNo);
    if (!locked) return false;
    const { notification } = opened;
    if (await knowsNotice(tx, locked.payout.id, notification.fingerprint)) return true;
    await takeNotice(tx, locked, notification, "gateway");
    // One that came before its payout was known is an orphan no more.
    await insertMatch(tx, row.id, notification.fingerprint, null, "queried", "gateway");
    if (notification.settles === "query") await sendJob(tx, "payout", { payoutId: locked.payout.id });
    return true;
  });
  if (taken) return gateway.acknowledgement;
  const id = newId("notification");
  const { method, query, headers } = message;
  const raw = JSON.stringify({ method, query, headers, body: Buffer.from(message.body).toString("base64") });
  await insertNotification(database, row.merchantId, {
    id,
    accountId: row.id,
    fingerprint: opened.notification.fingerprint,
    gatewayOrderNo: opened.notification.payoutNo,
    orderId: null,
    attemptId: null,
    verdict: "orphan",
    why: "number_unknown",
    fields: opened.notification.fields,
    raw: sealFor("notifications.raw", id, raw),
  });
  return text(404, "unknown");
}

/** Takes a notice that is not known yet into its payout's history and settles what it is believed of, under the payout's lock. */
export async function takeNotice(tx: Tx, locked: LockedPayout, notification: VerifiedPayoutNotification, actor: string): Promise<void> {
  const { fingerprint, fields, conflict } = notification;
  await settlePayout(tx, locked, believable(notification), "notification", {
    notice: { type: "payout.noticed", actor, data: { fields }, fingerprint },
    flag: conflict,
  });
}

/** A hint, or a word about another account, is not believed: what it says of the amount alone is kept, to be flagged when it differs. */
function believable({ settles, conflict, standing }: VerifiedPayoutNotification): PayoutStanding {
  if (settles === "inline" && conflict === undefined) return standing;
  return { kind: "unknown", gatewayRef: null, amount: conflict === undefined ? standing.amount : null };
}

function text(status: number, body: string): NotifyAnswer {
  return { status, contentType: "text/plain; charset=utf-8", body };
}
