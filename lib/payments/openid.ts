import { type Database, db } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import { orderByToken } from "#db/queries/orders.ts";
import { isToken } from "#lib/domain/ids.ts";
import { env } from "#lib/env.ts";
import { openActiveAccounts } from "#lib/payments/open-account.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

/**
 * The openid hop (seeds/000 §4.1): the shopper is sent to the gateway's container, which opens our registered page
 * (`/api/openid/<account>`) with all the parameters it was given and `openid` added, by GET or POST. We keep the openid
 * sealed in the shopper's own browser for a month and go back to the checkout by a 303. The openid is only who will be
 * asked to pay: a false one harms nobody but whoever made it up.
 */
const COOKIE_SECONDS = 30 * 86_400;
const OPENID = /^[\w-]{6,64}$/;

/** The cookie an account's openid is kept in. */
export function openidCookie(accountId: string): { name: string; maxAgeSeconds: number } {
  return { name: `shouyin_openid_${accountId.slice(4)}`, maxAgeSeconds: COOKIE_SECONDS };
}

/** Where to send a WeChat shopper whose openid is not known; null when no account of the order has such an address. */
export async function openidAddress(input: { token: string }, database: Database = db()): Promise<string | null> {
  const account = await jsapiAccount(input.token, database);
  return account?.address ?? null;
}

/** The shopper's openid for this order's JSAPI account, from the browser's cookies; undefined when unknown or not ours. */
export async function openidFromCookies(
  cookies: { get(name: string): { value: string } | undefined },
  token: string,
  database: Database = db(),
): Promise<string | undefined> {
  const account = await jsapiAccount(token, database);
  const value = account && cookies.get(openidCookie(account.id).name)?.value;
  if (!account || !value) return undefined;
  try {
    return unsealFor("cookie.openid", account.id, value);
  } catch {
    return undefined;
  }
}

/** What the container's return becomes: a cookie's value and the checkout to go to; null when it is not one. */
export async function receiveOpenid(
  accountId: string,
  fields: { openid: string | null; token: string | null },
  database: Database = db(),
): Promise<{ cookie: string; token: string } | null> {
  const account = await accountById(database, accountId);
  if (!account || !fields.openid || !OPENID.test(fields.openid) || !fields.token || !isToken(fields.token)) return null;
  const order = await orderByToken(database, fields.token);
  if (order?.merchantId !== account.merchantId) return null;
  return { cookie: sealFor("cookie.openid", account.id, fields.openid), token: order.token };
}

async function jsapiAccount(token: string, database: Database): Promise<{ id: string; address: string } | null> {
  const order = await orderByToken(database, token);
  if (!order) return null;
  for (const { row, account } of await openActiveAccounts(database, order.merchantId, order.live)) {
    if (!account.methods.includes("wechat.jsapi")) continue;
    const page = { returnUrl: `${env().PUBLIC_URL}/api/openid/${row.id}`, state: token };
    const address = account.openidUrl?.(page);
    if (address) return { id: row.id, address };
  }
  return null;
}
