import type { Tx } from "#db/client.ts";
import { merchantByNo } from "#lib/sandbox/listing.ts";
import { openidOf } from "#lib/sandbox/numbers.ts";
import { escapeHtml, plainPage, sendOn, type Visitor, visitorOf } from "#lib/sandbox/plain-page.ts";

/**
 * The container page (seeds/000 §4.1): all parameters go back to the address registered for the merchant, with `openid`
 * and `merchant_no` added; by GET as a redirect, by POST as a form that sends itself (and has a button). One agent may
 * have several pages on the registered site: `return_url` chooses among them, but never leads to another origin. Unknown merchant or nothing registered: 404 with words.
 */
export async function containerReply(request: Request, tx: Tx): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const merchantNo = query.get("merchant_no") ?? "";
  const merchant = await merchantByNo(tx, merchantNo);
  const visitor = visitorOf(request);
  const { t, nonce, shopper } = visitor;
  if (!merchant?.pageUrl) return plainPage(404, nonce, t("container.title"), `<p>${escapeHtml(t("container.problem"))}</p>`);
  const fields = new URLSearchParams(query);
  fields.set("merchant_no", merchantNo);
  fields.set("openid", openidOf(shopper, merchantNo));
  const address = chosenPage(merchant.pageUrl, query.get("return_url"));
  if (merchant.pageMethod === "POST") return formPage(address, fields, visitor);
  const target = new URL(address);
  for (const [name, value] of fields) target.searchParams.set(name, value);
  return sendOn(target.href, visitor.cookie);
}

function chosenPage(registered: string, wanted: string | null): string {
  const same = wanted !== null && URL.canParse(wanted) && new URL(wanted).origin === new URL(registered).origin;
  return same ? wanted : registered;
}

function formPage(action: string, fields: URLSearchParams, { t, nonce, cookie }: Visitor): Response {
  const inputs = [...fields]
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join("");
  const form = `<p>${escapeHtml(t("container.hint"))}</p><form method="post" action="${escapeHtml(action)}">${inputs}<button>${escapeHtml(t("container.go"))}</button></form>`;
  return plainPage(
    200,
    nonce,
    t("container.title"),
    `${form}<script nonce="${escapeHtml(nonce)}">document.forms[0].submit()</script>`,
    cookie,
  );
}
