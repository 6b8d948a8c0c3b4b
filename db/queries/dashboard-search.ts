import { type SQL, sql } from "drizzle-orm";
import { attempts } from "#db/schema/attempts.ts";
import { notificationMatches, notifications } from "#db/schema/notifications.ts";
import { orders } from "#db/schema/orders.ts";
import { refunds } from "#db/schema/refunds.ts";
import { deliveries } from "#db/schema/webhooks.ts";

/**
 * The ids of a merchant's orders that a number leads to, as a subquery: the order's own id, token or reference, the number
 * we gave a gateway, the gateway's own, a refund's (ours or the gateway's), a notification's, a webhook message's. Each
 * branch is one index lookup, and each names the merchant: a number of another merchant finds nothing.
 */
export function orderIdsByNumber(merchantId: string, number: string): SQL {
  return sql`(
    select ${orders.id} from ${orders} where ${orders.id} = ${number} and ${orders.merchantId} = ${merchantId}
    union select ${orders.id} from ${orders} where ${orders.token} = ${number} and ${orders.merchantId} = ${merchantId}
    union select ${orders.id} from ${orders} where ${orders.merchantId} = ${merchantId} and ${orders.reference} = ${number}
    union select ${attempts.orderId} from ${attempts} where ${attempts.id} = ${number} and ${attempts.merchantId} = ${merchantId}
    union select ${attempts.orderId} from ${attempts} where ${attempts.gatewayOrderNo} = ${number} and ${attempts.merchantId} = ${merchantId}
    union select ${attempts.orderId} from ${attempts} where ${attempts.gatewayRef} = ${number} and ${attempts.merchantId} = ${merchantId}
    union select ${refunds.orderId} from ${refunds} where ${refunds.id} = ${number} and ${refunds.merchantId} = ${merchantId}
    union select ${refunds.orderId} from ${refunds} where ${refunds.refundNo} = ${number} and ${refunds.merchantId} = ${merchantId}
    union select ${refunds.orderId} from ${refunds} where ${refunds.gatewayRefundRef} = ${number} and ${refunds.merchantId} = ${merchantId}
    union select ${notifications.orderId} from ${notifications}
      where (${notifications.gatewayOrderNo} = ${number} or ${notifications.id} = ${number}) and ${notifications.merchantId} = ${merchantId}
    union select ${notificationMatches.orderId} from ${notificationMatches}
      join ${notifications} on ${notifications.id} = ${notificationMatches.notificationId}
      where ${notifications.gatewayOrderNo} = ${number} and ${notifications.merchantId} = ${merchantId}
    union select ${deliveries.orderId} from ${deliveries} where ${deliveries.id} = ${number} and ${deliveries.merchantId} = ${merchantId}
  )`;
}
