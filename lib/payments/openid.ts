import { type Database, db } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import { orderByToken } from "#db/queries/orders.ts";
import { isToken } from "#lib/domain/ids.ts";
import type { Method } from "#lib/domain/methods.ts";
import { env } from "#lib/env.ts";
import type { Outcome } from "#lib/gateways/gateway.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { candidatesFor } from "#lib/payments/candidates.ts";
import { healthOf } from "#lib/payments/channel-health.ts";
import { asksOpenid } from "#lib/payments/offers.ts";
import { openOrNull } from "#lib/payments/open-account.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

/**
 * The openid hop: the shopper is sent to where the account's gateway has it (its container, seeds/000 §4.1; WeChat's own
 * OAuth, seeds/004 §3.2), which opens our registered page (`/api/openid/<account>`) with all the parameters it was given
 * and `openid`, or a `code` for it, added. We keep the openid sealed in the shopper's own browser for a month and go back
 * to the checkout by a 303. The openid is only who will be asked to pay; where the hop brings a code, nothing else is taken. A
 * container brings the openid itself, unsigned, so a link can plant a false one: no money goes astray, the payment is refused,
 * and the refusal makes the browser forget it (`openidNames`), so that the next try asks anew.
 */
const COOKIE_SECONDS = 30 * 86_400;
const OPENID = /^[\w-]{6,128}$/;
const CODE = /^[\w-]{6,512}$/;
const METHOD: Method = "wechat.jsapi";

export interface CookieJar {
  get(name: string): { value: string } | undefined;
}

/** The cookie an account's openid is kept in. */
export function openidCookie(accountId: string): { name: string; maxAgeSeconds: number } {
  return { name: `shouyin_openid_${accountId.slice(4)}`, maxAgeSeconds: COOKIE_SECONDS };
}

/** The names of the openids a browser keeps: forgotten when a gateway refused one. */
export function openidNames(cookies: { getAll(): { name: string }[] }): string[] {
  return cookies.getAll().flatMap(({ name }) => (name.startsWith("shouyin_openid_") ? [name] : []));
}

/** The shopper's openid as an account knows it, from the browser's cookies; undefined when unknown or not ours. */
export function openidOf(cookies: CookieJar, accountId: string): string | undefined {
  const value = cookies.get(openidCookie(accountId).name)?.value;
  if (!value) return undefined;
  try {
    return unsealFor("cookie.openid", accountId, value);
  } catch {
    return undefined;
  }
}

/**
 * Where to send a WeChat shopper whose openid is not known: for the account that will be tried, or, when its openid is in
 * the browser already (it refused, and the next one is to be tried), for the next. Null when no account has such an address.
 */
export async function openidAddress(input: { token: string; cookies?: CookieJar }, database: Database = db()): Promise<string | null> {
  const all = await openidAccounts(input.token, database);
  const { cookies } = input;
  const unknown = cookies ? all.find((one) => openidOf(cookies, one.id) === undefined) : undefined;
  return (unknown ?? all[0])?.address ?? null;
}

/** The shopper's openid for the account that will be tried for this order. */
export async function openidFromCookies(cookies: CookieJar, token: string, database: Database = db()): Promise<string | undefined> {
  const [account] = await openidAccounts(token, database);
  return account && openidOf(cookies, account.id);
}

/** What came back from the hop. */
export interface OpenidReturn {
  openid: string | null;
  code: string | null;
  token: string | null;
}

/**
 * What the return becomes: a cookie's value for the checkout to go to, or that checkout without one (the code was not
 * taken, or brings nothing new); null when it is not a return to an order of this account's merchant. A code is exchanged
 * by our server; the same address opened again asks nobody while the browser has the openid.
 */
export async function receiveOpenid(
  accountId: string,
  fields: OpenidReturn,
  cookies: CookieJar,
  database: Database = db(),
): Promise<{ token: string; cookie: string | null; known: boolean } | null> {
  const account = await accountById(database, accountId);
  if (!account || !fields.token || !isToken(fields.token)) return null;
  const order = await orderByToken(database, fields.token);
  if (order?.merchantId !== account.merchantId || order.live !== account.live) return null;
  const { token } = order;
  const named = gatewayById(account.gateway)?.openidByCode ? null : fields.openid;
  if (named !== null) return OPENID.test(named) ? { token, ...kept(account.id, named) } : null;
  if (openidOf(cookies, account.id) !== undefined) return { token, cookie: null, known: true };
  const openid = await exchange(database, accountId, order.id, fields.code);
  return openid === null ? { token, cookie: null, known: false } : { token, ...kept(account.id, openid) };
}

function kept(accountId: string, openid: string): { cookie: string; known: true } {
  return { cookie: sealFor("cookie.openid", accountId, openid), known: true };
}

/** The openid a code stands for; null when there is none (refused consent), or the gateway did not take it. */
async function exchange(database: Database, accountId: string, orderId: string, code: string | null): Promise<string | null> {
  if (code === null || !CODE.test(code)) return null;
  const row = await accountById(database, accountId);
  if (!row?.active) return null;
  const opened = openOrNull(row);
  if (!opened?.account.openid) return null;
  const outcome = await opened.account
    .openid(code)
    .catch((error: Error): Outcome<string> => ({ ok: false, kind: "unknown", message: error.message }));
  await opened.flush(database, { orderId, attemptId: null });
  return outcome.ok && OPENID.test(outcome.value) ? outcome.value : null;
}

/** The accounts of an order that ask for an openid and have an address for it, in the order they are tried. */
async function openidAccounts(token: string, database: Database): Promise<{ id: string; address: string }[]> {
  const order = await orderByToken(database, token);
  if (!order) return [];
  return (await candidatesFor(database, order, METHOD)).flatMap((opened) => {
    // One that will not be tried now (channel-health.ts) is not asked either.
    if (!asksOpenid(opened, METHOD) || healthOf(opened, METHOD) === "down") return [];
    const returnUrl = `${env().PUBLIC_URL}/api/openid/${opened.row.id}`;
    const address = opened.account.openidUrl?.({ returnUrl, state: token });
    return address ? [{ id: opened.row.id, address }] : [];
  });
}
