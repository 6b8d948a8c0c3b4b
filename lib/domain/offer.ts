import type { ListedBank, ShopperAsk } from "#lib/domain/asks.ts";
import type { Currency } from "#lib/domain/currency.ts";
import { type Method, walletOf } from "#lib/domain/methods.ts";
import type { Money } from "#lib/domain/money.ts";
import { type Browser, isInApp } from "#lib/domain/shopper.ts";

/** Why a method cannot be used here; the page has a sentence for each. */
export type OfferReason =
  | "needs_wechat"
  | "needs_alipay"
  | "blocked_in_app"
  | "needs_phone"
  | "needs_desktop"
  | "needs_other_screen"
  | "needs_scanner"
  | "needs_app"
  | "currency"
  | "amount"
  | "openid_unavailable"
  | "down";

export interface Offer {
  method: Method;
  available: boolean;
  reason: OfferReason | null;
  /** What one more page must ask the shopper for before the method can be started; mostly nothing. */
  asks: readonly ShopperAsk[];
  /** The banks to choose from, for `bank` and `payer`; empty when the gateway's document has no list. */
  banks: readonly ListedBank[];
  /** The amounts it takes, when this order's is none of them and the limits are known. */
  limits: Limits | null;
}

/** Both ends included; null is no limit. */
export interface Limits {
  min: Money | null;
  max: Money | null;
}

type Fit = Partial<Record<Browser, "first" | "ok">> & { otherwise: OfferReason };

const WIDE = { desktop: "ok", tablet: "ok" } as const;
const CODE = { desktop: "ok", tablet: "ok", phone: "ok", otherwise: "needs_other_screen" } as const;

/**
 * Which method works in which browser, and the reason shown elsewhere; `first` is made for it. A phone may show a code as
 * well (to be saved, or for another's phone). Methods not listed are never offered to a shopper: a merchant's device or app
 * starts them (scan pay, app, mini program).
 */
const FITS: Partial<Record<Method, Fit>> = {
  "wechat.jsapi": { wechat: "first", otherwise: "needs_wechat" },
  "wechat.native": { ...CODE, desktop: "first", tablet: "first", wecom: "ok" },
  "wechat.h5": { phone: "first", otherwise: "needs_phone" },
  "wechat.desk": { ...WIDE, otherwise: "needs_desktop" },
  "wechat.mp_desk": { wechat: "ok", otherwise: "needs_wechat" },
  "alipay.web": { ...WIDE, otherwise: "needs_desktop" },
  "alipay.qr": { ...CODE, desktop: "first", tablet: "first" },
  "alipay.wap": { phone: "first", alipay: "first", tablet: "ok", otherwise: "needs_phone" },
  "alipay.jsapi": { alipay: "first", otherwise: "needs_alipay" },
  "alipay.desk": { ...WIDE, otherwise: "needs_desktop" },
  "alipay.personal": { ...WIDE, phone: "ok", alipay: "ok", otherwise: "needs_phone" },
  "qq.native": { ...CODE, qq: "ok" },
  "qq.h5": { qq: "first", phone: "ok", otherwise: "needs_phone" },
  "unionpay.qr": { ...CODE, unionpay: "ok" },
  "unionpay.gateway": { ...WIDE, otherwise: "needs_desktop" },
  "unionpay.wap": { phone: "ok", unionpay: "first", tablet: "ok", otherwise: "needs_phone" },
  "unionpay.quick": { ...WIDE, phone: "ok", unionpay: "first", otherwise: "needs_phone" },
  "jd.native": CODE,
  "jd.h5": { phone: "ok", otherwise: "needs_phone" },
  "baidu.wallet": { ...WIDE, phone: "ok", otherwise: "needs_phone" },
  "bank.transfer": { ...WIDE, phone: "ok", wechat: "ok", alipay: "ok", unionpay: "ok", qq: "ok", wecom: "ok", otherwise: "needs_phone" },
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
  /** False when the account takes this currency, but not this amount. */
  takesAmount?: boolean;
  /** It keeps failing and is not tried for a while (lib/domain/channel.ts). */
  down?: boolean;
  /** The amounts it takes, when it has limits. */
  limits?: Limits;
  asks?: readonly ShopperAsk[];
  banks?: readonly ListedBank[];
}

/**
 * The methods to show, best first: available ones that are made for this browser, other available ones, then the ones
 * that cannot work here with the reason. Each method once, whatever number of accounts has it: as the first of them in
 * `supplies` that can has it.
 */
export function offer(supplies: readonly Supply[], currency: Currency, browser: Browser): Offer[] {
  const best = new Map<Method, { offered: Offer; rank: number }>();
  for (const supply of supplies) {
    const fit = FITS[supply.method];
    if (!fit) continue;
    const reason = reasonAgainst(supply, fit, currency, browser);
    const rank = reason ? 2 : fit[browser] === "first" ? 0 : 1;
    const known = best.get(supply.method);
    if (known && known.rank <= rank) continue;
    const { method, asks = [], banks = [] } = supply;
    const limits = reason === "amount" ? (supply.limits ?? null) : null;
    best.set(method, { offered: { method, available: !reason, reason, asks, banks, limits }, rank });
  }
  return [...best.values()].sort((a, b) => a.rank - b.rank).map(({ offered }) => offered);
}

/**
 * The one method to go to at once: available and made for this browser, when there is exactly one such. A wallet's own
 * browser settles which wallet is meant; anywhere else nothing goes by itself as long as another wallet would work as well,
 * nor what has to ask something first.
 */
export function soleMethod(offers: readonly Offer[], browser: Browser): Method | null {
  const available = offers.filter((one) => one.available);
  const made = available.filter((one) => FITS[one.method]?.[browser] === "first");
  const [only] = made;
  if (made.length !== 1 || !only || only.asks.length > 0) return null;
  const wallets = new Set(available.map((one) => walletOf(one.method)));
  return isInApp(browser) || wallets.size === 1 ? only.method : null;
}

function reasonAgainst(supply: Supply, fit: Fit, currency: Currency, browser: Browser): OfferReason | null {
  if (!supply.currencies.includes(currency)) return "currency";
  if (supply.takesAmount === false) return "amount";
  if (!fit[browser]) return opensInBrowser(fit, browser) ? "blocked_in_app" : fit.otherwise;
  if (supply.method.endsWith(".jsapi") && !supply.openidObtainable) return "openid_unavailable";
  return supply.down ? "down" : null;
}

/** Inside an app, what works in the phone's own browser is one step away. A mini program's pages cannot even pay by WeChat. */
function opensInBrowser(fit: Fit, browser: Browser): boolean {
  if (!isInApp(browser)) return false;
  return browser === "wechat_mini" ? Boolean(fit.phone ?? fit.wechat) : fit.phone !== undefined && fit.otherwise !== "needs_other_screen";
}
