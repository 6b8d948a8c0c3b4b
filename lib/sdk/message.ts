import type { Attempt, Order } from "./wire/orders.ts";
import type { EventType } from "./wire/webhooks.ts";

/** An order as a webhook tells of it. */
export type MessageOrder = Pick<
  Order,
  | "id"
  | "reference"
  | "title"
  | "state"
  | "amount"
  | "currency"
  | "live"
  | "created_at"
  | "expires_at"
  | "paid_at"
  | "paid_late"
  | "paid_amount"
  | "refunded_amount"
  | "refund_status"
  | "metadata"
>;

/** An attempt as a webhook tells of it. */
export type MessageAttempt = Pick<
  Attempt,
  "id" | "method" | "state" | "gateway_order_no" | "gateway_ref" | "amount" | "currency" | "paid_at" | "surplus"
>;

/** A payout as a webhook tells of it. */
export interface MessagePayout {
  id: string;
  account: string;
  payout_no: string;
  gateway_ref: string | null;
  state: string;
  amount: string;
  currency: string;
  recipient_ending: string;
  remark: string;
  created_at: string;
  settled_at: string | null;
}

interface Message<Type extends string, Data> {
  type: Type;
  /** When it happened: ISO 8601, UTC. */
  timestamp: string;
  data: Data;
}

type PayoutType = Extract<EventType, `payout.${string}`>;

/** What a webhook says (docs/webhooks.md): tell them apart by `type`. */
export type WebhookMessage =
  | Message<
      Exclude<EventType, PayoutType>,
      {
        /** Its place in the order's history: gapless over all its events, told or not. */
        sequence: number;
        order: MessageOrder;
        attempt: MessageAttempt | null;
        detail: Record<string, unknown>;
      }
    >
  | Message<PayoutType, { sequence: number; payout: MessagePayout; detail: Record<string, unknown> }>
  | Message<"webhook.test", { sequence: number; endpoint: string; live: boolean | null; detail: Record<string, unknown> }>;
