import type { Database } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import { hopByToken, insertHop, keyByMerchantNo } from "#db/queries/compat-keys.ts";
import { newToken } from "#lib/domain/ids.ts";
import { env } from "#lib/env.ts";
import { asksOpenid } from "#lib/payments/offers.ts";
import { type Opened, openActiveAccounts, openOrNull } from "#lib/payments/open-account.ts";
import { isWebAddress } from "#lib/payments/open-order.ts";

const METHOD = "wechat.jsapi";
const OPENID = /^[\w-]{6,128}$/;
const PARAMETER = /^[A-Za-z_]{1,32}$/;
const CODE = /^[\w-]{6,512}$/;

/**
 * A shop's own page that wants the shopper's openid (seeds/002 §3.2): where to send the browser, to the account that would be
 * paid through by JSAPI, which sends it to our registered page with the state we gave. Null when there is no such merchant, or
 * none of its accounts has such a page. An openid is an account's: the key that names one account is the one that is sure.
 */
export async function startHop(
  database: Database,
  gateway: string,
  asked: { merchantNo: string; backUrl: string; parameter: string },
): Promise<string | null> {
  const { merchantNo, backUrl, parameter } = asked;
  if (!PARAMETER.test(parameter) || !isWebAddress(backUrl)) return null;
  const key = await keyByMerchantNo(database, gateway, merchantNo);
  // The document leaves this call unsigned: where the key names a page, shoppers and their openids go to its origin alone.
  if (!key || (key.pageUrl !== null && new URL(key.pageUrl).origin !== new URL(backUrl).origin)) return null;
  const { accounts } = await openActiveAccounts(database, key);
  for (const opened of accounts) {
    if (!opened.account.methods.includes(METHOD) || !asksOpenid(opened, METHOD)) continue;
    const token = newToken();
    const returnUrl = `${env().PUBLIC_URL}/api/openid/${opened.row.id}`;
    const address = opened.account.openidUrl?.({ returnUrl, state: token });
    if (!address) continue;
    await insertHop(database, { token, accountId: opened.row.id, backUrl, parameter });
    return address;
  }
  return null;
}

/**
 * The shop's page such a shopper goes back to, with the openid where one came; null when the state is not one of ours. A code is
 * exchanged by our server; one that is not taken leads back without an openid.
 */
export async function endHop(
  database: Database,
  accountId: string,
  fields: { openid: string | null; code: string | null; token: string | null },
): Promise<string | null> {
  const hop = fields.token === null ? null : await hopByToken(database, accountId, fields.token);
  if (!hop) return null;
  const row = await accountById(database, accountId);
  if (!row?.active) return null;
  const opened = openOrNull(row);
  if (!opened) return null;
  const openid = opened.gateway.openidByCode ? await exchanged(database, opened, fields.code) : fields.openid;
  const back = new URL(hop.backUrl);
  if (openid !== null && OPENID.test(openid)) back.searchParams.set(hop.parameter, openid);
  return back.href;
}

async function exchanged(database: Database, { account, flush }: Opened, code: string | null): Promise<string | null> {
  if (code === null || !CODE.test(code) || !account.openid) return null;
  const outcome = await account.openid(code).catch(() => null);
  await flush(database, { orderId: null, attemptId: null });
  return outcome?.ok ? outcome.value : null;
}
