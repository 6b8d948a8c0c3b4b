import type { Tx } from "#db/client.ts";
import { merchantByNo } from "#lib/sandbox/listing.ts";
import { openidOf } from "#lib/sandbox/numbers.ts";
import { escapeHtml, plainPage, sendOn, visitorOf, withParameters } from "#lib/sandbox/plain-page.ts";
import { mayComeBack } from "#lib/sandbox/reach.ts";

const NAME = /^[A-Za-z_][\w-]{0,39}$/;

/**
 * The page that finds out the shopper's openid at a merchant and opens `backurl` with `parameter=<openid>` added
 * (seeds/002 §3.2). The shopper is remembered by this browser's cookie: the same openid each time. Back goes only to where
 * shoppers of this sandbox may be sent: 400 with words otherwise, 404 for an unknown merchant.
 */
export async function openidPageReply(request: Request, tx: Tx, origin: string): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const { shopper, cookie, t, nonce } = visitorOf(request);
  const merchant = await merchantByNo(tx, query.get("merchant_no") ?? "");
  const backUrl = query.get("backurl") ?? "";
  const parameter = query.get("parameter") ?? "openid";
  const refuse = (status: number, words: string) => plainPage(status, nonce, t("container.title"), `<p>${escapeHtml(words)}</p>`);
  if (!merchant) return refuse(404, t("openid.noMerchant"));
  if (!NAME.test(parameter) || !mayComeBack(backUrl, origin, merchant.pageUrl)) return refuse(400, t("openid.elsewhere"));
  return sendOn(withParameters(backUrl, { [parameter]: openidOf(shopper, merchant.merchantNo) }), cookie);
}
