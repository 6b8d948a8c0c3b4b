import type { Database } from "#db/client.ts";
import type { CompatKey } from "#db/queries/compat-keys.ts";
import type { NewPayment, Problem } from "#lib/dialects/backend.ts";
import { isMethod, type Method } from "#lib/domain/methods.ts";
import type { Money } from "#lib/domain/money.ts";
import { routed } from "#lib/payments/candidates.ts";
import { type Opened, openActiveAccounts } from "#lib/payments/open-account.ts";

/** How an order is begun: with an attempt by this method, or with none, as our checkout page does the rest (null). */
export interface Way {
  start: Method | null;
}

/**
 * Ways to pay whose reply is the address of a page, and what that page may offer in their place: where no account has the very
 * method, or the method is a cashier's desk, which our checkout page is.
 */
const ON_OUR_PAGE: Partial<Record<Method, readonly Method[]>> = {
  "wechat.desk": ["wechat.native", "wechat.jsapi", "wechat.h5", "wechat.desk"],
  "wechat.mp_desk": ["wechat.jsapi", "wechat.native", "wechat.mp_desk"],
  "alipay.desk": ["alipay.qr", "alipay.web", "alipay.wap", "alipay.desk"],
  "alipay.web": ["alipay.qr", "alipay.wap"],
  "alipay.personal": ["alipay.qr"],
};
const DESKS: ReadonlySet<string> = new Set<Method>(["wechat.desk", "wechat.mp_desk", "alipay.desk"]);
/** What only a page can ask the shopper for: no dialect passes it on, or a wire of another gateway names it otherwise. */
const ASKED_BY_PAGE: readonly string[] = ["bank", "card_number", "payer"];

/** How a payment that is asked for can begin over the merchant's accounts, or why it cannot. */
export async function wayFor(database: Database, key: CompatKey, asked: NewPayment, money: Money): Promise<Way | Problem> {
  const { method } = asked;
  if (!isMethod(method)) return "method_unavailable";
  const { merchantId, live, accountId } = key;
  const payable = { id: "", merchantId, live, accountId, amount: money.minor, currency: money.currency };
  const { routing, accounts } = await openActiveAccounts(database, payable);
  const through = ON_OUR_PAGE[method] ?? [];
  const fits = ({ account }: Opened) => account.methods.includes(method) || through.some((one) => account.methods.includes(one));
  const inCurrency = accounts.filter(({ gateway }) => gateway.currencies.some((one) => one === money.currency));
  const able = routed(inCurrency, routing, payable).filter(fits);
  const exact = able.find(({ account }) => account.methods.includes(method));
  if (exact) return { start: DESKS.has(method) || needsPage(exact, method, asked) ? null : method };
  if (able.length > 0) return { start: null };
  if (inCurrency.some(fits)) return "amount_invalid";
  return accounts.some(fits) ? "currency_not_supported" : "method_unavailable";
}

/** Whether the shopper has to be asked first; an openid the request does not name is found out by our page's own hop. */
function needsPage({ gateway }: Opened, method: Method, asked: NewPayment): boolean {
  const asks = gateway.asks[method] ?? [];
  return asks.some((ask) => ASKED_BY_PAGE.includes(ask) || (ask === "openid" && !asked.openid));
}
