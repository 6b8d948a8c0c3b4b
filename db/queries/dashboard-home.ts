import { and, desc, eq, gte, inArray, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { startOfDay } from "#db/queries/dashboard-orders.ts";
import { attempts } from "#db/schema/attempts.ts";
import { notificationMatches, notifications } from "#db/schema/notifications.ts";
import { orderEvents } from "#db/schema/order-events.ts";
import { orders } from "#db/schema/orders.ts";
import { refunds } from "#db/schema/refunds.ts";
import { webhookEndpoints } from "#db/schema/webhook-endpoints.ts";
import { deliveries } from "#db/schema/webhooks.ts";
import type { OrderState } from "#lib/domain/order.ts";

/** What was paid in one currency since the day began; test money is never added to real money. */
export interface Takings {
  live: boolean;
  currency: string;
  count: number;
  /** Minor units. */
  amount: bigint;
}

export interface Attention {
  id: string;
  reference: string;
  title: string;
  state: OrderState;
  currency: string;
  amount: bigint;
  createdAt: Date;
}

export interface Home {
  takings: Takings[];
  /** Orders made today that have ended, and how many of them were paid. */
  ended: { live: boolean; total: number; paid: number }[];
  /** Money that needs a person, newest first, at most ten. */
  review: Attention[];
  counts: { unknownAttempts: number; openRefunds: number; orphans: number; deadDeliveries: number; stoppedEndpoints: number };
}

/** A merchant's day, from midnight in its own time zone. */
export async function readHome(tx: Tx, merchantId: string, day: string, timeZone: string): Promise<Home> {
  const since = startOfDay(day, 0, timeZone);
  const [takings, ended, review, counts] = await Promise.all([
    // By event, not by row: an order paid today may have been made a week ago, and the events are indexed by time.
    tx
      .select({
        live: orders.live,
        currency: orders.currency,
        count: sql<number>`count(*)::int`,
        amount: sql`sum(${orders.amount})::bigint`.mapWith(orders.amount),
      })
      .from(orderEvents)
      .innerJoin(orders, and(eq(orders.id, orderEvents.orderId), eq(orders.merchantId, merchantId)))
      .where(
        and(
          eq(orderEvents.merchantId, merchantId),
          gte(orderEvents.at, since),
          inArray(orderEvents.type, ["order.paid", "order.paid_late"]),
        ),
      )
      .groupBy(orders.live, orders.currency)
      .orderBy(desc(orders.live), orders.currency),
    tx
      .select({
        live: orders.live,
        total: sql<number>`count(*)::int`,
        paid: sql<number>`count(*) filter (where ${orders.state} = 'paid')::int`,
      })
      .from(orders)
      .where(and(eq(orders.merchantId, merchantId), gte(orders.createdAt, since), sql`${orders.state} <> 'open'`))
      .groupBy(orders.live)
      .orderBy(desc(orders.live)),
    tx
      .select({
        id: orders.id,
        reference: orders.reference,
        title: orders.title,
        state: orders.state,
        currency: orders.currency,
        amount: orders.amount,
        createdAt: orders.createdAt,
      })
      .from(orders)
      .where(and(eq(orders.merchantId, merchantId), sql`${orders.needsReview}`))
      .orderBy(desc(orders.createdAt))
      .limit(10),
    readCounts(tx, merchantId),
  ]);
  return { takings, ended, review, counts };
}

// One round trip: counts of rows that partial or list indexes keep few.
async function readCounts(tx: Tx, merchantId: string): Promise<Home["counts"]> {
  const [row] = await tx
    .select({
      unknownAttempts: sql<number>`(select count(*)::int from ${attempts} where ${attempts.merchantId} = ${merchantId}
        and ${attempts.state} = 'unknown' and ${attempts.nextSweepAt} is not null)`,
      openRefunds: sql<number>`(select count(*)::int from ${refunds} where ${refunds.merchantId} = ${merchantId}
        and ${refunds.state} in ('reserved','sent','unknown') and ${refunds.nextTryAt} is not null)`,
      orphans: sql<number>`(select count(*)::int from ${notifications} where ${notifications.merchantId} = ${merchantId}
        and ${notifications.verdict} = 'orphan' and ${notifications.receivedAt} > now() - interval '7 days'
        and not exists (select 1 from ${notificationMatches} where ${notificationMatches.notificationId} = ${notifications.id}))`,
      deadDeliveries: sql<number>`(select count(*)::int from ${deliveries} where ${deliveries.merchantId} = ${merchantId}
        and ${deliveries.state} = 'dead' and ${deliveries.createdAt} > now() - interval '7 days' and ${deliveries.type} <> 'webhook.test')`,
      stoppedEndpoints: sql<number>`(select count(*)::int from ${webhookEndpoints} where ${webhookEndpoints.merchantId} = ${merchantId}
        and not ${webhookEndpoints.active} and ${webhookEndpoints.deletedAt} is null and ${webhookEndpoints.disabledReason} <> 'person')`,
    })
    .from(sql`(select 1) as one`);
  return row ?? { unknownAttempts: 0, openRefunds: 0, orphans: 0, deadDeliveries: 0, stoppedEndpoints: 0 };
}
