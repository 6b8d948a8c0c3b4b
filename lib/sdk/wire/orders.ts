// Written by scripts/sdk-types.ts from the API's own schemas: `npm run sdk:types`. Do not edit.
import type { Listing } from "../listing.ts";
import type { CallOptions } from "../send.ts";

export interface Orders {
  /** Create an order */
  create(body: OrdersCreateBody, options?: CallOptions): Promise<Order>;
  /** List orders */
  list(query?: OrdersListQuery, options?: CallOptions): Listing<Order>;
  /** Read an order */
  read(order: string, options?: CallOptions): Promise<Order>;
  /** Cancel an open order */
  cancel(order: string, options?: CallOptions): Promise<Order>;
  /** Expire an open order now */
  expire(order: string, options?: CallOptions): Promise<Order>;
}

export interface OrdersCreateBody {
  /** Decimal text in major units, as `88.00` (HKD) or `100` (JPY). */
  amount: string;
  /** ISO 4217. */
  currency: Currency;
  /** What is paid for; shoppers read it. */
  title: string;
  /** Your own number: the same one again is the same order. Made up when absent. */
  reference?: string;
  /** Where this order's webhooks go, beside your endpoints. */
  notify_url?: string;
  /** Where the shopper goes back to. */
  return_url?: string;
  locale?: "zh-CN" | "zh-HK" | "en";
  /** Seconds it stays payable; 1800 when absent. */
  expires_in?: number;
  /** Up to 20 names (≤ 40 characters) and texts (≤ 500) of your own, given back everywhere. */
  metadata?: { [name: string]: string };
  /** Payable through this gateway account only. */
  account?: string;
  /** Start a first attempt by this method in the same call. */
  method?: Method;
  /** The shopper's address; yours when absent. */
  client_ip?: string;
  /** The shopper as the account's WeChat or Alipay app knows them. */
  openid?: string;
  /** Read from the shopper's wallet by your scanner (`*.barcode`). */
  auth_code?: string;
  app_id?: string;
  bank?: {
    code: string;
    card?: "debit" | "credit" | "any";
  };
  /** Passed on to the gateway, never stored. */
  card_number?: string;
  payer?: {
    bank_code: string;
    name: string;
    account: string;
  };
}

export interface OrdersListQuery {
  /** How many at most: 1 to 100. */
  limit?: number;
  /** Go on after this cursor (the `after` of the page before): older ones. */
  after?: string;
  /** Go back before this cursor (the `before` of a page): newer ones. */
  before?: string;
  state?: "open" | "paid" | "expired" | "cancelled";
  reference?: string;
  link?: string;
  /** Created at this time or later (ISO 8601, UTC). */
  created_from?: string;
  created_before?: string;
}

/** What you want paid. Amount and currency never change. */
export interface Order {
  id: string;
  object: "order";
  /** Your own number; unique among your orders. */
  reference: string;
  title: string;
  state: "open" | "paid" | "expired" | "cancelled";
  /** Decimal text in major units, as `88.00` (HKD) or `100` (JPY). */
  amount: string;
  /** ISO 4217. */
  currency: Currency;
  /** False: test money. */
  live: boolean;
  /** Send the shopper here to pay on the hosted page. */
  checkout_url: string;
  /** ISO 8601, UTC. */
  created_at: string;
  /** ISO 8601, UTC. */
  expires_at: string;
  paid_at: string | null;
  /** The payment came after the order had expired or was cancelled. */
  paid_late: boolean;
  /** All paid attempts together, surplus included. */
  paid_amount: string;
  /** Decimal text in major units, as `88.00` (HKD) or `100` (JPY). */
  refunded_amount: string;
  refund_status: "none" | "part" | "full";
  /** Money that needs a person: surplus, late, or of another amount. */
  needs_review: boolean;
  link: string | null;
  /** Pieces of a link's thing; the amount is for all of them. */
  quantity: number;
  /** Paid after the last piece of a limited link had gone to somebody else. */
  oversold: boolean;
  account: string | null;
  notify_url: string | null;
  return_url: string | null;
  locale: string | null;
  metadata: { [name: string]: string };
  /** The attempt that paid it, else the latest. */
  attempt: Attempt | null;
}

export type Currency = "CNY" | "GBP" | "HKD" | "USD" | "JPY" | "CAD" | "AUD" | "EUR" | "NZD" | "KRW" | "THB";

/** A way to pay: `<wallet>.<shape>`. */
export type Method =
  | "wechat.jsapi"
  | "wechat.native"
  | "wechat.h5"
  | "wechat.mini_program"
  | "wechat.app"
  | "wechat.barcode"
  | "wechat.desk"
  | "wechat.mp_desk"
  | "alipay.web"
  | "alipay.qr"
  | "alipay.wap"
  | "alipay.jsapi"
  | "alipay.app"
  | "alipay.barcode"
  | "alipay.desk"
  | "alipay.personal"
  | "qq.native"
  | "qq.h5"
  | "qq.barcode"
  | "unionpay.qr"
  | "unionpay.gateway"
  | "unionpay.wap"
  | "unionpay.quick"
  | "jd.native"
  | "jd.h5"
  | "baidu.wallet"
  | "bank.transfer";

/** One try to pay an order, through one gateway account and method. */
export interface Attempt {
  id: string;
  object: "attempt";
  order: string;
  /** The gateway account it went through. */
  account: string;
  method: Method;
  /** `presented`: the shopper has something to act on. `unknown`: no clear answer yet, a query solves it. `closed`: given up. */
  state: "new" | "sent" | "presented" | "unknown" | "refused" | "paid" | "failed" | "closed";
  /** Decimal text in major units, as `88.00` (HKD) or `100` (JPY). */
  amount: string;
  /** ISO 4217. */
  currency: Currency;
  /** Our number at the gateway. */
  gateway_order_no: string;
  /** The gateway's own number, once known. */
  gateway_ref: string | null;
  presentation: Presentation | null;
  /** Why it was refused or failed: a code of the problems' list. */
  problem: string | null;
  /** Paid although another attempt had already paid the order. */
  surplus: boolean;
  /** Decimal text in major units, as `88.00` (HKD) or `100` (JPY). */
  refunded_amount: string;
  /** What was paid in the shopper's own currency, as the gateway tells it. */
  pay_amount: string | null;
  pay_currency: string | null;
  /** CNY per one unit of `currency`, when the gateway named it. */
  exchange_rate: string | null;
  paid_at: string | null;
  /** ISO 8601, UTC. */
  expires_at: string;
  /** ISO 8601, UTC. */
  created_at: string;
}

/** What the shopper does next. */
export type Presentation =
  | {
      kind: "qr";
      /** Draw this as a QR code. */
      text: string;
    }
  | {
      kind: "redirect";
      url: string;
    }
  | {
      kind: "form";
      action: string;
      fields: { [name: string]: string };
    }
  | {
      kind: "iframe";
      url: string;
    }
  | {
      kind: "jsapi";
      params: { [name: string]: string };
    }
  | {
      kind: "app";
      runtime: "wechat_sdk" | "alipay_sdk" | "mini_program";
      params: { [name: string]: string };
    }
  | {
      kind: "none";
    };
