import { type NotificationReader, openNotification } from "#lib/gateways/hipopay/notification.ts";
import { type HipopayAgent, PERSONAL } from "#lib/gateways/hipopay-agent/credentials.ts";
import { ORDER, WORDING } from "#lib/gateways/hipopay-agent/order.ts";
import type { InboundMessage, OpenedNotification } from "#lib/gateways/notice.ts";

const READER: NotificationReader = { order: ORDER, wording: WORDING, personal: new Set(PERSONAL) };

/** Opens a payment notification of the agent's (seeds/000 §10). */
export function openAgentNotification(message: InboundMessage, { credentials }: HipopayAgent): OpenedNotification {
  return openNotification(message, credentials.gatewayPublicKey, READER);
}
