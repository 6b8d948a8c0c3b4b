import { whyText } from "#app/(dashboard)/dashboard/notifications/words.ts";
import type { FullHistory } from "#components/dashboard/timeline-lines.tsx";
import { db } from "#db/client.ts";
import { type AttemptRow, type OrderDetail, type RefundRow, readAttempts, readRefunds } from "#db/queries/dashboard-order.ts";
import {
  HISTORY_ROWS_MAX,
  type NotificationRow,
  type RefusedRow,
  readAllEvents,
  readHistory,
  readOrderAudit,
  readRawNotifications,
  type StaffRow,
} from "#db/queries/dashboard-timeline.ts";
import { readRefusedRaw } from "#db/queries/doctor.ts";
import { maskedText } from "#lib/doctor/masked-text.ts";
import { inbound } from "#lib/doctor/read-log.ts";
import { type OrderThen, replayOrder } from "#lib/domain/order-history.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import { unsealFor } from "#lib/secrets.ts";

/** So many messages are shown with their exact bytes; older ones have them on their own page. */
const BYTES_MAX = 20;

export interface OrderPageData {
  order: OrderDetail;
  attempts: AttemptRow[];
  refunds: RefundRow[];
  history: FullHistory;
  /** Some kind of row has more than is shown. */
  truncated: boolean;
}

/** Everything of an order that its page and its support bundle tell. `staff`: what people did is told too. */
export async function readOrderPage(order: OrderDetail, { locale, staff }: { locale: Locale; staff: boolean }): Promise<OrderPageData> {
  const { merchantId, id } = order;
  const [attempts, refunds] = await Promise.all([readAttempts(db(), merchantId, id), readRefunds(db(), merchantId, id)]);
  const numbers = attempts.map((attempt) => attempt.gatewayOrderNo);
  const history = await readHistory(db(), merchantId, id, numbers);
  const own = [...refunds, ...history.notifications, ...history.deliveries].map((row) => row.id);
  const done = staff ? await readOrderAudit(db(), merchantId, [id, ...own]) : [];
  const [notifications, refused] = await Promise.all([
    withBytes(merchantId, history.notifications, locale),
    Promise.all(history.refused.map((row, index) => withRefusedBytes(merchantId, row, index))),
  ]);
  const truncated = [history.events, history.exchanges, history.notifications].some((rows) => rows.length >= HISTORY_ROWS_MAX);
  return {
    order,
    attempts,
    refunds,
    truncated,
    history: { ...history, attempts, refunds, notifications, refused, staff: done.map(staffLine) },
  };
}

async function withBytes(merchantId: string, rows: readonly NotificationRow[], locale: Locale): Promise<FullHistory["notifications"]> {
  const words = translator(locale, "inbox");
  const newest = rows.slice(0, BYTES_MAX).map(({ id }) => id);
  const raws = new Map((await readRawNotifications(db(), merchantId, newest)).map((row) => [row.id, row]));
  return rows.map((row) => {
    const sealed = raws.get(row.id);
    const bytes = sealed
      ? maskedText(inbound(unsealFor("notifications.raw", row.id, sealed.raw), row.accountId, row.receivedAt).text)
      : null;
    return { ...row, whyText: whyText(words, row.why), bytes };
  });
}

async function withRefusedBytes(merchantId: string, row: RefusedRow, index: number): Promise<FullHistory["refused"][number]> {
  const sealed = index < BYTES_MAX ? await readRefusedRaw(db(), merchantId, row.accountId, row.slot) : null;
  // Its place may have been taken by a newer message since.
  if (sealed?.receivedAt.getTime() !== row.receivedAt.getTime()) return { ...row, bytes: null };
  const raw = unsealFor("refused_notifications.raw", `${row.accountId}.${row.slot}`, sealed.raw);
  return { ...row, bytes: maskedText(inbound(raw, row.accountId, row.receivedAt).text) };
}

function staffLine({ detail, ...row }: StaffRow): FullHistory["staff"][number] {
  const { reason } = JSON.parse(detail) as Record<string, unknown>;
  return { ...row, reason: typeof reason === "string" ? reason : null };
}

/** The order as it stood at an instant: its row, attempts and refunds as they were then, told over from its events. */
export async function orderAt(data: OrderPageData, at: Date): Promise<{ data: OrderPageData; then: OrderThen } | null> {
  const { order, attempts, refunds } = data;
  const then = replayOrder(order, await readAllEvents(db(), order.merchantId, order.id), at);
  if (!then) return null;
  const paid = then.state === "paid";
  const { state, paidAmount, refundedAmount, paidLate, needsReview, paidAttemptId } = then;
  const past = { ...order, state, paidAmount, refundedAmount, paidLate, needsReview, paidAttemptId, paidAt: paid ? order.paidAt : null };
  return {
    then,
    data: {
      ...data,
      order: past,
      attempts: attempts.flatMap((row) => {
        const was = then.attempts.find((one) => one.id === row.id);
        // What was learnt later is not known yet.
        const learnt = was?.state === row.state ? {} : { problem: null, gatewayRef: null, payAmount: null, payCurrency: null };
        return was ? [{ ...row, ...learnt, state: was.state, surplus: was.surplus, refundedAmount: was.refundedAmount }] : [];
      }),
      refunds: refunds.flatMap((row) => {
        const was = then.refunds.find((one) => one.id === row.id);
        return was ? [{ ...row, state: was.state, gatewayRefundRef: was.state === "succeeded" ? row.gatewayRefundRef : null }] : [];
      }),
    },
  };
}
