import type { Brand } from "#lib/domain/brand.ts";
import type { Offer } from "#lib/domain/offer.ts";
import type { CheckoutView } from "#lib/payments/checkout-view.ts";

const nothingAsked = { asks: [], banks: [], limits: null };
const OFFERS: readonly Offer[] = [
  { method: "wechat.native", available: true, reason: null, ...nothingAsked },
  { method: "alipay.qr", available: true, reason: null, ...nothingAsked },
  { method: "unionpay.gateway", available: true, reason: null, ...nothingAsked },
];
const LEFT_SECONDS = 1500;

/** An order that nobody placed, for a merchant to see its face with: nothing of it is stored and none of it can be pressed. */
export function sampleView(merchant: { id: string; name: string; timeZone: string; brand: Brand }, title: string, now: Date): CheckoutView {
  return {
    token: "",
    orderId: "ord_sample",
    merchantId: merchant.id,
    view: "choose",
    detail: "choose",
    sequence: 1,
    amount: { minor: 8_800n, currency: "HKD" },
    title,
    reference: "2026-0042",
    merchant: { name: merchant.name, brand: merchant.brand },
    live: true,
    locale: null,
    offers: [...OFFERS],
    soleMethod: null,
    estimates: {},
    attempt: null,
    otherLive: [],
    expiresAt: new Date(now.getTime() + LEFT_SECONDS * 1000),
    secondsLeft: LEFT_SECONDS,
    createdAt: now,
    paid: null,
    shopTold: true,
    returnUrl: null,
    timeZone: merchant.timeZone,
    successMessage: null,
  };
}
