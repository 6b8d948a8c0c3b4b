import type { Scene } from "#components/checkout/scene.ts";
import type { Offer } from "#lib/domain/offer.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import type { CheckoutView } from "#lib/payments/checkout-view.ts";

/** Views for the tests of this folder: one of each state a page can be in. Imported by tests only. */

const offers: Offer[] = [
  { method: "wechat.native", available: true, reason: null },
  { method: "alipay.qr", available: true, reason: null },
  { method: "unionpay.gateway", available: true, reason: null },
  { method: "qq.h5", available: false, reason: "needs_phone" },
  { method: "wechat.jsapi", available: false, reason: "needs_wechat" },
];

const BASE: CheckoutView = {
  token: "0h2abcdefghjkmnpqrstvwxyz0",
  orderId: "ord_0h2abcdefghjkmnpqrstvwxyz0",
  merchantId: "mer_0h2abcdefghjkmnpqrstvwxyz0",
  view: "choose",
  detail: "choose",
  sequence: 3,
  amount: { minor: 128850n, currency: "HKD" },
  title: "Ceylon tea, two tins",
  reference: "TEA-2026-0042",
  merchant: { name: "Mei Wah Tea House 美華茶莊", brand: { supportContact: "+852 5555 0100" } },
  live: true,
  locale: null,
  offers,
  soleMethod: null,
  attempt: null,
  otherLive: [],
  expiresAt: new Date("2026-11-20T10:30:00Z"),
  secondsLeft: 842,
  createdAt: new Date("2026-11-20T10:00:00Z"),
  paid: null,
  returnUrl: "https://shop.example/return?order=ord_1",
  timeZone: "Asia/Hong_Kong",
};

type Attempt = NonNullable<CheckoutView["attempt"]>;
const attempt = (more: Partial<Attempt>): Attempt => ({
  id: "att_0h2abcdefghjkmnpqrstvwxyz0",
  method: "wechat.native",
  gatewayOrderNo: "20261120ABCDEFGHJKMNPQRSTVWX",
  presentation: null,
  problem: null,
  exchangeRate: "0.9231",
  ...more,
});
const zero = { minor: 0n, currency: "HKD" } as const;
const paid = (more: Partial<NonNullable<CheckoutView["paid"]>> = {}): NonNullable<CheckoutView["paid"]> => ({
  at: new Date("2026-11-20T10:17:42Z"),
  method: "wechat.native",
  gatewayRef: "4200002345202611201234567890",
  gatewayOrderNo: "20261120ABCDEFGHJKMNPQRSTVWX",
  late: false,
  refunded: zero,
  ...more,
});
const made = (more: Partial<CheckoutView>): CheckoutView => ({ ...BASE, ...more });

const waiting = (detail: CheckoutView["detail"], method: Attempt["method"], presentation: Attempt["presentation"]) =>
  made({ view: "waiting", detail, attempt: attempt({ method, presentation }) });

/** Every state by name. */
export const VIEW_FIXTURES = {
  choose: made({}),
  choose_sandbox: made({ live: false }),
  choose_sole: made({
    soleMethod: "wechat.jsapi",
    offers: [
      { method: "wechat.jsapi", available: true, reason: null },
      { method: "alipay.wap", available: false, reason: "blocked_in_wechat" },
    ],
  }),
  choose_none: made({ offers: offers.map((one) => ({ ...one, available: false, reason: "currency" as const })) }),
  waiting_qr: waiting("qr", "wechat.native", { kind: "qr", text: "weixin://wxpay/bizpayurl?pr=3CaDEKX" }),
  waiting_qr_sandbox: {
    ...waiting("qr", "alipay.qr", { kind: "qr", text: "https://qr.alipay.com/bax03431ljhokirwl38f00a7" }),
    live: false,
  },
  waiting_redirect: waiting("redirect", "alipay.wap", { kind: "redirect", url: "https://gateway.example/cashier?x=1" }),
  waiting_form: waiting("form", "unionpay.gateway", { kind: "form", action: "https://gateway.example/front", fields: { a: "1" } }),
  waiting_iframe: waiting("iframe", "alipay.web", { kind: "iframe", url: "https://gateway.example/frame" }),
  waiting_jsapi: waiting("jsapi", "wechat.jsapi", { kind: "jsapi", params: { appId: "wx1", paySign: "s" } }),
  waiting_app: waiting("app", "wechat.app", { kind: "app", runtime: "wechat_sdk", params: {} }),
  processing_sent: made({ view: "processing", detail: "sent", attempt: attempt({}) }),
  processing_unclear: made({ view: "processing", detail: "unclear", attempt: attempt({ method: "alipay.qr" }) }),
  paid: made({ view: "paid", detail: "paid", offers: [], attempt: attempt({}), paid: paid() }),
  paid_late: made({ view: "paid", detail: "paid_late", offers: [], attempt: attempt({}), paid: paid({ late: true }) }),
  refunded: made({ view: "paid", detail: "refunded", offers: [], attempt: attempt({}), paid: paid({ refunded: BASE.amount }) }),
  part_refunded: made({
    view: "paid",
    detail: "part_refunded",
    offers: [],
    attempt: attempt({}),
    paid: paid({ refunded: { minor: 8850n, currency: "HKD" } }),
  }),
  failed_declined: made({ view: "failed", detail: "declined", attempt: attempt({ problem: "declined" }) }),
  failed_refused: made({ view: "failed", detail: "refused", attempt: attempt({ problem: "gateway_refused" }) }),
  failed_unreachable: made({ view: "failed", detail: "unreachable", attempt: attempt({ problem: "gateway_unreachable" }) }),
  qr_expired: made({ view: "failed", detail: "qr_expired", attempt: attempt({}) }),
  expired: made({ view: "expired", detail: "expired", offers: [], secondsLeft: 0 }),
  cancelled: made({ view: "cancelled", detail: "cancelled", offers: [] }),
} satisfies Record<string, CheckoutView>;

export type FixtureName = keyof typeof VIEW_FIXTURES;

/** The scene a page would be drawn from for a fixture. */
export function sceneOf(name: FixtureName, locale: Locale, more: Partial<Scene> = {}): Scene {
  const view: CheckoutView = VIEW_FIXTURES[name];
  return {
    view,
    showing: view.view,
    locale,
    t: translator(locale, "checkout"),
    go: false,
    asked: false,
    problem: null,
    sandbox: true,
    desktop: true,
    pageUrl: `https://pay.example/pay/${view.token}`,
    startKey: "",
    forms: { start: "/start", paid: "/paid", cancel: "/cancel" },
    ...more,
  };
}
