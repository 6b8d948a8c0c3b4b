import type { Currency } from "#lib/domain/currency.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { Browser } from "#lib/domain/shopper.ts";

/** Why a method cannot be used here; the page has a sentence for each. */
export type OfferReason =
  | "needs_wechat"
  | "needs_alipay"
  | "blocked_in_wechat"
  | "needs_phone"
  | "needs_desktop"
  | "needs_scanner"
  | "needs_app"
  | "currency"
  | "openid_unavailable";

export interface Offer {
  method: Method;
  available: boolean;
  reason: OfferReason | null;
}

type Fit = Partial<Record<Browser, "first" | "ok">> & { otherwise: OfferReason; wechat?: "first" | "ok" };

/**
 * Which method works in which browser, and the reason shown elsewhere. Methods not listed are never offered to a
 * shopper: a merchant's device or app starts them (scan pay, app, mini program).
 */
const FITS: Partial<Record<Method, Fit>> = {
  "wechat.jsapi": { wechat: "first", otherwise: "needs_wechat" },
  "wechat.native": { desktop: "first", tablet: "first", phone: "ok", otherwise: "needs_desktop" },
  "wechat.h5": { phone: "first", otherwise: "needs_phone" },
  "wechat.desk": { desktop: "ok", tablet: "ok", otherwise: "needs_desktop" },
  "wechat.mp_desk": { wechat: "ok", otherwise: "needs_wechat" },
  "alipay.web": { desktop: "ok", tablet: "ok", otherwise: "needs_desktop" },
  "alipay.qr": { desktop: "first", tablet: "first", phone: "ok", otherwise: "needs_desktop" },
  "alipay.wap": { phone: "first", alipay: "first", tablet: "ok", otherwise: "needs_phone" },
  "alipay.jsapi": { alipay: "first", otherwise: "needs_alipay" },
  "alipay.desk": { desktop: "ok", tablet: "ok", otherwise: "needs_desktop" },
  "alipay.personal": { phone: "ok", desktop: "ok", tablet: "ok", otherwise: "needs_phone" },
  "qq.native": { desktop: "ok", tablet: "ok", otherwise: "needs_desktop" },
  "qq.h5": { qq: "first", phone: "ok", otherwise: "needs_phone" },
  "unionpay.qr": { desktop: "ok", tablet: "ok", otherwise: "needs_desktop" },
  "unionpay.gateway": { desktop: "ok", tablet: "ok", otherwise: "needs_desktop" },
  "unionpay.wap": { phone: "ok", unionpay: "first", tablet: "ok", otherwise: "needs_phone" },
  "unionpay.quick": { phone: "ok", unionpay: "first", desktop: "ok", tablet: "ok", otherwise: "needs_phone" },
  "jd.native": { desktop: "ok", tablet: "ok", otherwise: "needs_desktop" },
  "jd.h5": { phone: "ok", otherwise: "needs_phone" },
  "baidu.wallet": { phone: "ok", desktop: "ok", tablet: "ok", otherwise: "needs_phone" },
  "bank.transfer": { phone: "ok", desktop: "ok", tablet: "ok", otherwise: "needs_phone" },
};

/** Whether a shopper's page may start this method at all; others need a merchant's device or app. */
export function isForShoppers(method: Method): boolean {
  return FITS[method] !== undefined;
}

/** What an account offers: a method, the currencies it takes, and whether an openid can be had for it. */
export interface Supply {
  method: Method;
  currencies: readonly Currency[];
  openidObtainable: boolean;
}

/**
 * The methods to show, best first: available ones that are made for this browser, other available ones, then the ones
 * that cannot work here with the reason. Each method once, whatever number of accounts has it.
 */
export function offer(supplies: readonly Supply[], currency: Currency, browser: Browser): Offer[] {
  const best = new Map<Method, Offer & { rank: number }>();
  for (const supply of supplies) {
    const fit = FITS[supply.method];
    if (!fit) continue;
    const reason = reasonAgainst(supply, fit, currency, browser);
    const rank = reason ? 2 : fit[browser] === "first" ? 0 : 1;
    const known = best.get(supply.method);
    if (!known || rank < known.rank) best.set(supply.method, { method: supply.method, available: !reason, reason, rank });
  }
  return [...best.values()].sort((a, b) => a.rank - b.rank).map(({ method, available, reason }) => ({ method, available, reason }));
}

/** The one method to go to at once: available and made for this browser, when there is exactly one such. */
export function soleMethod(offers: readonly Offer[], browser: Browser): Method | null {
  const made = offers.filter((one) => one.available && FITS[one.method]?.[browser] === "first");
  return made.length === 1 ? (made[0]?.method ?? null) : null;
}

function reasonAgainst(supply: Supply, fit: Fit, currency: Currency, browser: Browser): OfferReason | null {
  if (!supply.currencies.includes(currency)) return "currency";
  if (!fit[browser]) return inWeChat(browser) && supply.method.startsWith("alipay.") ? "blocked_in_wechat" : fit.otherwise;
  return supply.method.endsWith(".jsapi") && !supply.openidObtainable ? "openid_unavailable" : null;
}

function inWeChat(browser: Browser): boolean {
  return browser === "wechat" || browser === "wecom" || browser === "wechat_mini";
}
