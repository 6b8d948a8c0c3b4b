import type { Brand } from "#lib/domain/brand.ts";
import type { ProblemCode } from "#lib/domain/errors.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { Money } from "#lib/domain/money.ts";
import type { Offer } from "#lib/domain/offer.ts";
import type { Presentation } from "#lib/domain/presentation.ts";
import type { Estimate } from "#lib/domain/rate.ts";

/** The state a checkout page is in: `<main data-view>`. */
export const VIEWS = ["choose", "waiting", "processing", "paid", "failed", "expired", "cancelled"] as const;
export type View = (typeof VIEWS)[number];

/** The finer state: `<main data-detail>`. */
export const DETAILS = [
  "choose",
  "qr",
  "scanned",
  "iframe",
  "redirect",
  "form",
  "jsapi",
  "app",
  "sent",
  "unclear",
  "declined",
  "refused",
  "unreachable",
  "qr_expired",
  "paid",
  "paid_late",
  "refunded",
  "part_refunded",
  "expired",
  "cancelled",
] as const;
export type Detail = (typeof DETAILS)[number];

/** All a checkout page shows; the page branches on `view` and nothing else. No secret and no personal data in it. */
export interface CheckoutView {
  token: string;
  orderId: string;
  merchantId: string;
  view: View;
  detail: Detail;
  /** The last event's number: live status says "there is news" when it grows. */
  sequence: number;
  amount: Money;
  title: string;
  /** The shop's own number. */
  reference: string;
  merchant: { name: string; brand: Brand };
  live: boolean;
  locale: string | null;
  /** Best first; empty when the order can no longer be paid. */
  offers: Offer[];
  /** The method to go to at once, when there is exactly one made for this browser. */
  soleMethod: Method | null;
  /** What the amount costs about in CNY, by method: where it is in another currency and the gateway told a rate lately. */
  estimates: Partial<Record<Method, Estimate>>;
  /** The try under way, or the last one that failed. */
  attempt: null | {
    id: string;
    method: Method;
    gatewayOrderNo: string;
    presentation: Presentation | null;
    problem: ProblemCode | null;
    /** CNY per one unit, decimal text, when the gateway named it. */
    exchangeRate: string | null;
  };
  /** Other ways to pay that are still alive: the shopper may go back to them. */
  otherLive: Method[];
  expiresAt: Date;
  /** The server's own reckoning, never negative. */
  secondsLeft: number;
  createdAt: Date;
  paid: null | {
    at: Date;
    /** The server's own reckoning. */
    secondsAgo: number;
    method: Method;
    gatewayRef: string | null;
    gatewayOrderNo: string;
    late: boolean;
    refunded: Money;
    /** What the wallet was charged, where the gateway told and it is another currency than the order's: its own decimals. */
    charged: null | { amount: string; currency: string };
  };
  /** Nothing is left to tell the shop: its webhook has acknowledged what happened (or was given up, or there is none). */
  shopTold: boolean;
  /** Where "back to the shop" leads, with the order's opaque id and a hint added; null when the shop gave no address. */
  returnUrl: string | null;
  timeZone: string;
  /** The merchant's own words for the paid page; null: none. */
  successMessage: string | null;
}

/** What live status tells: enough to know whether to load the page again. */
export interface CheckoutStatus {
  view: View;
  detail: Detail;
  sequence: number;
  secondsLeft: number;
  /** As in CheckoutView: the page goes back to the shop when it knows. */
  shopTold: boolean;
}
