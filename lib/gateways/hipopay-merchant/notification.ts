import { type NotificationReader, openNotification } from "#lib/gateways/hipopay/notification.ts";
import { type HipopayMerchant, PERSONAL } from "#lib/gateways/hipopay-merchant/credentials.ts";
import { ORDER, WORDING } from "#lib/gateways/hipopay-merchant/order.ts";
import type { InboundMessage, OpenedNotification } from "#lib/gateways/notice.ts";

const READER: NotificationReader = { order: ORDER, wording: WORDING, personal: new Set(PERSONAL) };

/**
 * Opens a payment notification (seeds/001 §10). The twelve fields, and those `response_version=3.0` adds, are kept among
 * `fields`. It names no merchant: the account is the one whose address it came to.
 */
export function openMerchantNotification(message: InboundMessage, { credentials }: HipopayMerchant): OpenedNotification {
  return openNotification(message, credentials.gatewayPublicKey, READER);
}
