import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { openMessage } from "#db/queries/kept-message.ts";
import { compatKeys } from "#db/schema/compat-keys.ts";
import { exchanges } from "#db/schema/exchanges.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import { notifications, refusedNotifications } from "#db/schema/notifications.ts";
import { webhookEndpoints } from "#db/schema/webhook-endpoints.ts";
import { webhookSecrets } from "#db/schema/webhook-secrets.ts";
import { deliveries } from "#db/schema/webhooks.ts";

/** So many of each kind are tried. */
const ROWS_MAX = 100;

/** Everything of a merchant that signs or verifies, sealed as it is stored. */
export async function readSigningRows(tx: Tx, merchantId: string) {
  const [accounts, keys, secrets, [merchant]] = await Promise.all([
    tx.select().from(gatewayAccounts).where(eq(gatewayAccounts.merchantId, merchantId)).orderBy(gatewayAccounts.position).limit(ROWS_MAX),
    tx
      .select()
      .from(compatKeys)
      .where(and(eq(compatKeys.merchantId, merchantId), isNull(compatKeys.revokedAt)))
      .limit(ROWS_MAX),
    tx
      .select({ id: webhookSecrets.id, secret: webhookSecrets.secret, url: webhookEndpoints.url, live: webhookEndpoints.live })
      .from(webhookSecrets)
      .leftJoin(webhookEndpoints, eq(webhookEndpoints.id, webhookSecrets.endpointId))
      .where(eq(webhookSecrets.merchantId, merchantId))
      .limit(ROWS_MAX),
    tx
      .select({ deskSecrets: merchants.deskSecrets, webhookSecret: merchants.webhookSecret })
      .from(merchants)
      .where(eq(merchants.id, merchantId)),
  ]);
  return { accounts, keys, secrets, merchant: merchant ?? null };
}

/** A refused message of this merchant's; null for another's. */
export async function readRefusedRaw(tx: Tx, merchantId: string, accountId: string, slot: number) {
  const [row] = await tx
    .select({ raw: refusedNotifications.raw, receivedAt: refusedNotifications.receivedAt })
    .from(refusedNotifications)
    .where(
      and(
        eq(refusedNotifications.accountId, accountId),
        eq(refusedNotifications.slot, slot),
        eq(refusedNotifications.merchantId, merchantId),
      ),
    );
  return row ?? null;
}

/** A verified notification of this merchant's. */
export async function readNotificationRaw(tx: Tx, merchantId: string, id: string) {
  const [row] = await tx
    .select({ raw: notifications.raw, accountId: notifications.accountId, receivedAt: notifications.receivedAt })
    .from(notifications)
    .where(and(eq(notifications.id, id), eq(notifications.merchantId, merchantId)));
  return row ?? null;
}

/** A call to a gateway, as masked as it was written. */
export async function readExchange(tx: Tx, merchantId: string, id: string) {
  const [row] = await tx
    .select()
    .from(exchanges)
    .where(and(eq(exchanges.id, id), eq(exchanges.merchantId, merchantId)));
  return row ?? null;
}

/** What is owed to an endpoint: the exact bytes. */
export async function readDeliveryBody(tx: Tx, merchantId: string, id: string) {
  const [row] = await tx
    .select({
      id: deliveries.id,
      body: deliveries.body,
      endpointId: deliveries.endpointId,
      format: deliveries.format,
      message: deliveries.message,
    })
    .from(deliveries)
    .where(and(eq(deliveries.id, id), eq(deliveries.merchantId, merchantId)));
  return row ? { ...row, message: openMessage(id, row.message) } : null;
}
