import { and, asc, desc, eq, inArray, or } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { audit } from "#db/schema/audit.ts";
import { exchanges } from "#db/schema/exchanges.ts";
import { notificationMatches, notifications, refusedNotifications } from "#db/schema/notifications.ts";
import { orderEvents } from "#db/schema/order-events.ts";
import { webhookEndpoints } from "#db/schema/webhook-endpoints.ts";
import { deliveries, deliveryTries } from "#db/schema/webhooks.ts";

/** The most rows of each kind an order's page shows; the page says so when there are more. */
export const HISTORY_ROWS_MAX = 300;

export type EventRow = typeof orderEvents.$inferSelect;
export type ExchangeRow = typeof exchanges.$inferSelect;
export type NotificationRow = Omit<typeof notifications.$inferSelect, "raw" | "fingerprint">;
export type RefusedRow = Omit<typeof refusedNotifications.$inferSelect, "raw">;
export type TryRow = typeof deliveryTries.$inferSelect;
export type DeliveryRow = typeof deliveries.$inferSelect & { url: string; history: TryRow[] };

export interface OrderHistory {
  events: EventRow[];
  notifications: NotificationRow[];
  refused: RefusedRow[];
  exchanges: ExchangeRow[];
  deliveries: DeliveryRow[];
}

/** All that happened to an order, each kind newest first. `numbers` are the gateway order numbers of its attempts. */
export async function readHistory(tx: Tx, merchantId: string, orderId: string, numbers: readonly string[]): Promise<OrderHistory> {
  const [events, received, refused, calls, owed] = await Promise.all([
    tx
      .select()
      .from(orderEvents)
      .where(and(eq(orderEvents.orderId, orderId), eq(orderEvents.merchantId, merchantId)))
      .orderBy(desc(orderEvents.sequence))
      .limit(HISTORY_ROWS_MAX),
    readNotifications(tx, merchantId, orderId),
    readRefused(tx, merchantId, numbers),
    tx
      .select()
      .from(exchanges)
      .where(and(eq(exchanges.orderId, orderId), eq(exchanges.merchantId, merchantId)))
      .orderBy(desc(exchanges.startedAt))
      .limit(HISTORY_ROWS_MAX),
    readDeliveries(tx, merchantId, orderId),
  ]);
  return { events, notifications: received, refused, exchanges: calls, deliveries: owed };
}

export const NOTIFICATION_COLUMNS = {
  id: notifications.id,
  merchantId: notifications.merchantId,
  accountId: notifications.accountId,
  gatewayOrderNo: notifications.gatewayOrderNo,
  orderId: notifications.orderId,
  attemptId: notifications.attemptId,
  verdict: notifications.verdict,
  why: notifications.why,
  fields: notifications.fields,
  receivedAt: notifications.receivedAt,
};

export const REFUSED_COLUMNS = {
  accountId: refusedNotifications.accountId,
  slot: refusedNotifications.slot,
  merchantId: refusedNotifications.merchantId,
  reason: refusedNotifications.reason,
  detail: refusedNotifications.detail,
  gatewayOrderNo: refusedNotifications.gatewayOrderNo,
  receivedAt: refusedNotifications.receivedAt,
};

function readNotifications(tx: Tx, merchantId: string, orderId: string): Promise<NotificationRow[]> {
  const matched = tx
    .select({ id: notificationMatches.notificationId })
    .from(notificationMatches)
    .innerJoin(notifications, eq(notifications.id, notificationMatches.notificationId))
    .where(and(eq(notificationMatches.orderId, orderId), eq(notifications.merchantId, merchantId)));
  return tx
    .select(NOTIFICATION_COLUMNS)
    .from(notifications)
    .where(and(eq(notifications.merchantId, merchantId), or(eq(notifications.orderId, orderId), inArray(notifications.id, matched))))
    .orderBy(desc(notifications.receivedAt))
    .limit(HISTORY_ROWS_MAX);
}

async function readRefused(tx: Tx, merchantId: string, numbers: readonly string[]): Promise<RefusedRow[]> {
  if (numbers.length === 0) return [];
  return tx
    .select(REFUSED_COLUMNS)
    .from(refusedNotifications)
    .where(and(inArray(refusedNotifications.gatewayOrderNo, [...numbers]), eq(refusedNotifications.merchantId, merchantId)))
    .orderBy(desc(refusedNotifications.receivedAt))
    .limit(HISTORY_ROWS_MAX);
}

async function readDeliveries(tx: Tx, merchantId: string, orderId: string): Promise<DeliveryRow[]> {
  const rows = await tx
    .select({ delivery: deliveries, url: webhookEndpoints.url })
    .from(deliveries)
    .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, deliveries.endpointId))
    .where(and(eq(deliveries.orderId, orderId), eq(deliveries.merchantId, merchantId)))
    .orderBy(desc(deliveries.createdAt), desc(deliveries.sequence))
    .limit(HISTORY_ROWS_MAX);
  const history = await readTries(
    tx,
    rows.map(({ delivery }) => delivery.id),
  );
  return rows.map(({ delivery, url }) => ({ ...delivery, url, history: history.filter((one) => one.deliveryId === delivery.id) }));
}

/** The sealed bytes of a merchant's notifications, by id. */
export async function readRawNotifications(tx: Tx, merchantId: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return tx
    .select({ id: notifications.id, accountId: notifications.accountId, raw: notifications.raw, receivedAt: notifications.receivedAt })
    .from(notifications)
    .where(and(inArray(notifications.id, [...ids]), eq(notifications.merchantId, merchantId)));
}

export type StaffRow = Pick<typeof audit.$inferSelect, "sequence" | "at" | "action" | "actorName" | "detail">;

/** What people and keys did to an order and what belongs to it, by the audit, newest first. */
export async function readOrderAudit(tx: Tx, merchantId: string, ids: readonly string[]): Promise<StaffRow[]> {
  return tx
    .select({ sequence: audit.sequence, at: audit.at, action: audit.action, actorName: audit.actorName, detail: audit.detail })
    .from(audit)
    .where(and(inArray(audit.targetId, [...ids]), eq(audit.merchantId, merchantId)))
    .orderBy(desc(audit.sequence))
    .limit(HISTORY_ROWS_MAX);
}

/** The most events of one order that are told over again. */
const REPLAYED_MAX = 5000;

/** An order's events from its beginning, for its state at an instant. */
export async function readAllEvents(tx: Tx, merchantId: string, orderId: string): Promise<EventRow[]> {
  return tx
    .select()
    .from(orderEvents)
    .where(and(eq(orderEvents.orderId, orderId), eq(orderEvents.merchantId, merchantId)))
    .orderBy(asc(orderEvents.sequence))
    .limit(REPLAYED_MAX);
}

/** The tries of these deliveries (ids from a query that named the merchant), first try first. */
export async function readTries(tx: Tx, deliveryIds: readonly string[]): Promise<TryRow[]> {
  if (deliveryIds.length === 0) return [];
  return tx
    .select()
    .from(deliveryTries)
    .where(inArray(deliveryTries.deliveryId, [...deliveryIds]))
    .orderBy(asc(deliveryTries.number))
    .limit(HISTORY_ROWS_MAX * 12);
}
