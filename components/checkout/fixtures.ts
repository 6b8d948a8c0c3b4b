import type { Scene } from "#components/checkout/scene.ts";
import type { ListedBank } from "#lib/domain/asks.ts";
import type { Offer } from "#lib/domain/offer.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import type { CheckoutView } from "#lib/payments/checkout-view.ts";

/** Views for the tests of this folder: one of each state a page can be in. Imported by tests only. */

const nothingAsked = { asks: [], banks: [], limits: null };
const offers: Offer[] = [
  { method: "wechat.native", available: true, reason: null, ...nothingAsked },
  { method: "alipay.qr", available: true, reason: null, ...nothingAsked },
  { method: "unionpay.gateway", available: true, reason: null, ...nothingAsked },
  { method: "qq.h5", available: false, reason: "needs_phone", ...nothingAsked },
  { method: "wechat.jsapi", available: false, reason: "needs_wechat", ...nothingAsked },
];

const named = ["工商银行", "建设银行", "农业银行", "招商银行", "交通银行", "中国邮政储蓄银行", "上海农商行", "东亚银行"];
const BANKS: readonly ListedBank[] = Array.from({ length: 25 }, (_, index) => ({ code: `B${index}`, name: named[index % 8] ?? "" }));
const MANY: readonly ListedBank[] = Array.from({ length: 97 }, (_, index) => ({ code: `H${index}`, name: named[index % 8] ?? "" }));
/** Offers that ask something first, by question. */
const ASKING = {
  ask_bank: { method: "unionpay.gateway", available: true, reason: null, asks: ["bank"], banks: BANKS, limits: null },
  ask_card: { method: "unionpay.wap", available: true, reason: null, asks: ["card_number"], banks: [], limits: null },
  ask_payer: { method: "bank.transfer", available: true, reason: null, asks: ["payer"], banks: MANY, limits: null },
} as const satisfies Record<string, Offer>;

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
  estimates: {},
  soleMethod: null,
  attempt: null,
  otherLive: [],
  expiresAt: new Date("2026-11-20T10:30:00Z"),
  secondsLeft: 842,
  createdAt: new Date("2026-11-20T10:00:00Z"),
  paid: null,
  shopTold: true,
  returnUrl: "https://shop.example/return?order=ord_1",
  timeZone: "Asia/Hong_Kong",
  successMessage: null,
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
  secondsAgo: 4,
  method: "wechat.native",
  gatewayRef: "4200002345202611201234567890",
  gatewayOrderNo: "20261120ABCDEFGHJKMNPQRSTVWX",
  late: false,
  refunded: zero,
  charged: { amount: "1189.42", currency: "CNY" },
  ...more,
});
const made = (more: Partial<CheckoutView>): CheckoutView => ({ ...BASE, ...more });

const waiting = (detail: CheckoutView["detail"], method: Attempt["method"], presentation: Attempt["presentation"]) =>
  made({ view: "waiting", detail, attempt: attempt({ method, presentation }) });

const told = { toldAt: new Date("2026-11-20T10:05:00Z") };
const ESTIMATES: CheckoutView["estimates"] = {
  "wechat.native": { cny: { minor: 118942n, currency: "CNY" }, cnyPerUnit: "0.9231", ...told },
  "alipay.qr": { cny: { minor: 118929n, currency: "CNY" }, cnyPerUnit: "0.923000", ...told },
};

/** Every state by name. */
export const VIEW_FIXTURES = {
  choose: made({}),
  choose_sandbox: made({ live: false }),
  choose_sole: made({
    soleMethod: "wechat.jsapi",
    offers: [
      { method: "wechat.jsapi", available: true, reason: null, ...nothingAsked },
      { method: "alipay.wap", available: false, reason: "blocked_in_app", ...nothingAsked },
    ],
  }),
  choose_asking: made({ offers: [...offers.slice(0, 2), ...Object.values(ASKING)] }),
  ask_bank: made({ offers: [ASKING.ask_bank] }),
  ask_card: made({ offers: [ASKING.ask_card] }),
  ask_payer: made({ offers: [ASKING.ask_payer] }),
  choose_none: made({ offers: offers.map((one) => ({ ...one, available: false, reason: "currency" as const })) }),
  choose_estimates: made({ estimates: ESTIMATES }),
  choose_down: made({
    offers: [
      { method: "wechat.desk", available: true, reason: null, ...nothingAsked },
      ...offers.map((one, index) => (index === 0 ? { ...one, available: false, reason: "down" as const } : one)),
    ],
  }),
  choose_all_down: made({ offers: offers.slice(0, 2).map((one) => ({ ...one, available: false, reason: "down" as const })) }),
  waiting_estimate: {
    ...waiting("qr", "wechat.native", { kind: "qr", text: "weixin://wxpay/bizpayurl?pr=3CaDEKX" }),
    estimates: ESTIMATES,
  },
  waiting_scanned: waiting("scanned", "wechat.native", { kind: "qr", text: "weixin://wxpay/bizpayurl?pr=3CaDEKX" }),
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
  paid_odd: made({
    view: "paid",
    detail: "paid",
    offers: [],
    attempt: attempt({}),
    paid: paid({ charged: { amount: "0.877", currency: "CNY" } }),
  }),
  paid_cny: made({
    view: "paid",
    detail: "paid",
    offers: [],
    amount: { minor: 880n, currency: "CNY" },
    attempt: attempt({ exchangeRate: "1" }),
    paid: paid({ charged: null }),
  }),
  paid_untold: made({ view: "paid", detail: "paid", offers: [], attempt: attempt({}), paid: paid(), shopTold: false }),
  paid_old: made({ view: "paid", detail: "paid", offers: [], attempt: attempt({}), paid: paid({ secondsAgo: 86_400 }) }),
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
  const ask = name in ASKING ? (view.offers[0] ?? null) : null;
  return {
    view,
    showing: ask ? "ask" : view.view,
    ask,
    locale,
    t: translator(locale, "checkout"),
    go: false,
    asked: false,
    problem: null,
    sandbox: true,
    browser: "desktop",
    desktop: true,
    nonce: undefined,
    pageUrl: `https://pay.example/pay/${view.token}`,
    startKey: "",
    forms: { start: "/start", paid: "/paid", cancel: "/cancel" },
    ...more,
  };
}
