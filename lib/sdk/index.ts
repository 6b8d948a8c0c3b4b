import { verify } from "./webhooks.ts";

/** For who only receives: `webhooks.verify(body, headers, secret)`. */
export const webhooks = { verify };

export { Shouyin, type ShouyinOptions } from "./client.ts";
export {
  ApiError,
  AuthenticationError,
  ConflictError,
  ConnectionError,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  type Problem,
  RateLimitError,
  ServerError,
  ShouyinError,
  TimeoutError,
} from "./errors.ts";
export type { Listing, Page } from "./listing.ts";
export type { MessageAttempt, MessageOrder, MessagePayout, WebhookMessage } from "./message.ts";
export type { CallOptions } from "./send.ts";
export { type VerifyOptions, WebhookError, type WebhookHeaders, type WebhookReason } from "./webhooks.ts";
export type { Account, Balance, Rate } from "./wire/accounts.ts";
export type { Event } from "./wire/events.ts";
export type { Link, LinksCreateBody, LinksUpdateBody } from "./wire/links.ts";
export { API_VERSION } from "./wire/operations.ts";
export type { Attempt, Currency, Method, Order, OrdersCreateBody, OrdersListQuery, Presentation } from "./wire/orders.ts";
export type { Refund, RefundsCreateBody } from "./wire/refunds.ts";
export type { Delivery, DeliveryWithLog, EventType, NewWebhookEndpoint, WebhookEndpoint } from "./wire/webhooks.ts";
