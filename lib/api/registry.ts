import type { Operation } from "#lib/api/operation.ts";
import { ACCOUNT_OPERATIONS } from "#lib/api/operations/accounts.ts";
import { ATTEMPT_OPERATIONS } from "#lib/api/operations/attempts.ts";
import { DELIVERY_OPERATIONS } from "#lib/api/operations/deliveries.ts";
import { EVENT_OPERATIONS } from "#lib/api/operations/events.ts";
import { LINK_OPERATIONS } from "#lib/api/operations/links.ts";
import { ORDER_OPERATIONS } from "#lib/api/operations/orders.ts";
import { REFUND_OPERATIONS } from "#lib/api/operations/refunds.ts";
import { SANDBOX_OPERATIONS } from "#lib/api/operations/sandbox.ts";
import { WEBHOOK_OPERATIONS } from "#lib/api/operations/webhooks.ts";

/** Every operation of API v1: what is here is served, validated, logged and documented, and nothing else is. */
export const OPERATIONS: readonly Operation[] = [
  ...ORDER_OPERATIONS,
  ...ATTEMPT_OPERATIONS,
  ...REFUND_OPERATIONS,
  ...LINK_OPERATIONS,
  ...EVENT_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
  ...DELIVERY_OPERATIONS,
  ...ACCOUNT_OPERATIONS,
  ...SANDBOX_OPERATIONS,
];
