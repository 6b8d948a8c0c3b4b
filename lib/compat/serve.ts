import type { Database } from "#db/client.ts";
import { compatOrderByCode } from "#db/queries/compat.ts";
import { keyByMerchantNo } from "#db/queries/compat-keys.ts";
import { boundedBody } from "#lib/bounded-body.ts";
import { compatBackend } from "#lib/compat/backend.ts";
import { callerOf } from "#lib/compat/caller.ts";
import { compatGatewayById, compatRoot } from "#lib/compat/gateways.ts";
import { startHop } from "#lib/compat/hop.ts";
import { asPayment } from "#lib/compat/known.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { dialectById } from "#lib/dialects/registry.ts";
import { isToken } from "#lib/domain/ids.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { rateLimiter } from "#lib/rate-limit.ts";

const BODY_MAX = 64 * 1024;
const QUERY_MAX = 64 * 1024;
/** A busy shop's server is one address; what a document leaves unsigned, anybody may call. */
const RATE = { most: 3000, perMs: 60_000 };
const limiter = rateLimiter();
/** No number of a merchant is longer, and a NUL would break the query. */
const NUMBER = /^[\x21-\x7e]{1,64}$/;

export interface CompatOptions {
  database: Database;
  /** A gateway's id. */
  gateway: string;
  /** Path below the gateway's root, raw, beginning with a slash. */
  path: string;
  clientIp: string;
}

/**
 * One request of a shop that was written for a gateway: the gateway's own side of the wire answers, with our payments behind it.
 * Four addresses are ours beside the document's: the way back to the shop, to our checkout, and to an openid (two).
 */
export async function serveCompat(request: Request, options: CompatOptions): Promise<Response> {
  const { database, path, clientIp } = options;
  const gateway = compatGatewayById(options.gateway);
  const dialect = gateway && dialectById(gateway.id);
  if (!gateway || !dialect) return plain(404, "not found");
  if (!limiter.allow(`${gateway.id} ${clientIp}`, RATE)) return plain(429, "too many requests");
  const at = request.url.indexOf("?");
  const query = at < 0 ? "" : request.url.slice(at + 1).split("#")[0];
  if ((query ?? "").length > QUERY_MAX) return plain(414, "address too long");
  const own = OWN.find(({ pattern }) => pattern.test(path));
  if (own) return own.answer({ database, gateway: gateway.id, path, query: query ?? "" });
  const body = await boundedBody(request, BODY_MAX);
  if (body === null) return plain(413, "request too large");
  const reply = await dialect.handle(
    {
      method: request.method,
      path,
      query: query ?? "",
      headers: Object.fromEntries(request.headers),
      body,
      receivedAt: new Date(),
      clientIp,
      root: compatRoot(env().PUBLIC_URL, gateway.id),
    },
    compatBackend({ database, gateway, clientIp }),
  );
  return asResponse(reply);
}

interface OwnRequest {
  database: Database;
  gateway: string;
  path: string;
  query: string;
}

const OWN: readonly { pattern: RegExp; answer(request: OwnRequest): Promise<Response> }[] = [
  { pattern: /^\/return\/[^/]+$/, answer: goBack },
  { pattern: /^\/pay\/[^/]+$/, answer: goToCheckout },
  { pattern: /^\/openid$/, answer: goForOpenid },
  { pattern: /^\/container$/, answer: goToContainer },
];

/** The shop's own return address with all its gateway's document puts there, signed where it signs, as things stand now. */
async function goBack({ database, gateway, path }: OwnRequest): Promise<Response> {
  const known = await byCode(database, gateway, path);
  const dialect = dialectById(gateway);
  if (!known || !dialect) return plain(404, "not found");
  try {
    const url = dialect.returnUrl(await asPayment(database, known.key, known), callerOf(known.key));
    return url === null || !/^https?:\/\//i.test(url) ? plain(404, "not found") : redirect(url);
  } catch (error) {
    log.error({ compat: gateway, error: error instanceof Error ? error.name : "error" }, "no way back to the shop");
    return plain(500, "try again");
  }
}

async function goToCheckout({ database, gateway, path }: OwnRequest): Promise<Response> {
  const known = await byCode(database, gateway, path);
  return known ? redirect(`${env().PUBLIC_URL}/pay/${known.order.token}`) : plain(404, "not found");
}

async function goForOpenid({ database, gateway, query }: OwnRequest): Promise<Response> {
  const fields = new URLSearchParams(query);
  const asked = {
    merchantNo: fields.get("merchant_no") ?? "",
    backUrl: fields.get("backurl") ?? "",
    parameter: fields.get("parameter") ?? "",
  };
  const address = NUMBER.test(asked.merchantNo) ? await startHop(database, gateway, asked) : null;
  return address ? redirect(address) : plain(404, "not found");
}

/**
 * HipoPay's container (seeds/000 §4.1): the shop's registered page is opened with all it was given, the merchant's number and the
 * openid. The document prints no address; this is ours.
 */
async function goToContainer({ database, gateway, query }: OwnRequest): Promise<Response> {
  const fields = new URLSearchParams(query);
  const merchantNo = fields.get("merchant_no") ?? "";
  const key = NUMBER.test(merchantNo) ? await keyByMerchantNo(database, gateway, merchantNo) : null;
  if (!key?.pageUrl) return plain(404, "not found");
  const back = new URL(key.pageUrl);
  for (const [name, value] of fields) back.searchParams.set(name, value);
  const address = await startHop(database, gateway, { merchantNo, backUrl: back.href, parameter: "openid" });
  return address ? redirect(address) : plain(404, "not found");
}

async function byCode(database: Database, gateway: string, path: string) {
  const code = path.slice(path.lastIndexOf("/") + 1);
  return isToken(code) ? compatOrderByCode(database, gateway, code) : null;
}

function asResponse({ status, headers, body }: WireReply): Response {
  const empty = status === 204 || status === 304 || body === "";
  return new Response(empty ? null : body, { status, headers: { "cache-control": "no-store", ...headers } });
}

/** 303: a posted form becomes a page that is got. */
function redirect(location: string): Response {
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" } });
}

function plain(status: number, words: string): Response {
  return new Response(words, { status, headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" } });
}
