import type { Backend, Caller } from "#lib/dialects/backend.ts";
import type { WireReply, WireRequest } from "#lib/dialects/dialect.ts";
import { corsHeaders, type Headers, headersOf, placeOf, signedCaller } from "#lib/dialects/hipopay/door.ts";
import { type Fields, parseFields } from "#lib/dialects/hipopay/parse.ts";
import type { Route } from "#lib/dialects/hipopay-merchant/call.ts";
import { badRequest, refuse, type Step } from "#lib/dialects/hipopay-merchant/reply.ts";
import { routeOf } from "#lib/dialects/hipopay-merchant/routes.ts";
import { log } from "#lib/log.ts";

/** "Fixed value 1.0", and 3.0 for the bill (seeds/001); an SDK may send either to any path (protocols.md §1). */
const VERSIONS: ReadonlySet<string> = new Set(["1.0", "3.0"]);
const CORS = corsHeaders("MerchantNO");
/**
 * seeds/001 has one error for whatever is wrong with a signature, of which the Timestamp is a part (assumed: no code of its own).
 * 0230 SESSION_TIMEOUT is Alipay's word in the refund code table, where it leaves a refund's outcome open.
 */
const STALE = "Timestamp is not within ten minutes of now";

/** Answers one request. Never throws: a broken backend is a 500, anything the caller can get wrong `is_success: false`. */
export async function handle(request: WireRequest, backend: Backend): Promise<WireReply> {
  const route = routeOf(request.method === "OPTIONS" ? "POST" : request.method, request.path);
  const crossOrigin = route?.access === "either";
  if (!route || (request.method === "OPTIONS" && !crossOrigin)) return refuse("ILLEGAL_SERVICE");
  if (request.method === "OPTIONS") return { status: 204, headers: { ...CORS }, body: "" };
  const reply = await answered(route, request, backend);
  return crossOrigin ? { ...reply, headers: { ...reply.headers, ...CORS } } : reply;
}

async function answered(route: Route, request: WireRequest, backend: Backend): Promise<WireReply> {
  try {
    return await answer(route, request, backend);
  } catch (error) {
    log.error({ dialect: "hipopay-merchant", path: route.path, ...placeOf(error) });
    return refuse("SYSTEM_ERROR");
  }
}

async function answer(route: Route, request: WireRequest, backend: Backend): Promise<WireReply> {
  const headers = headersOf(request);
  const parsed = parseFields(request, headers.get("content-type") ?? "");
  if (!parsed.ok) return badRequest(parsed.fault);
  const version = headers.get("version") ?? "";
  const unsigned = isUnsigned(route, headers);
  // A mini program needs no header at all: "Signature is not required" (seeds/001, Place an Order).
  if (!VERSIONS.has(version) && !(unsigned && version === "")) return refuse("PARAM_ERROR", "Version is not supported");
  const caller = unsigned
    ? await callerByMerchant(headers, parsed.value, backend)
    : await callerBySignature(headers, parsed.value, request.receivedAt, backend);
  if (!caller.ok) return caller.reply;
  return route.answer({ fields: parsed.value, caller: caller.value, backend, receivedAt: request.receivedAt });
}

// Whoever shows a Signature or its Timestamp is held to both; MerchantNO alone only says who is meant.
function isUnsigned(route: Route, headers: Headers): boolean {
  return route.access === "either" && !headers.has("signature") && !headers.has("timestamp");
}

async function callerByMerchant(headers: Headers, fields: Fields, backend: Backend): Promise<Step<Caller>> {
  const merchantNo = fields.get("merchant_no") ?? "";
  if (merchantNo === "") return refused(badRequest({ field: "merchant_no", complaint: "missing" }));
  if ((headers.get("merchantno") ?? merchantNo) !== merchantNo) return refused(refuse("ILLEGAL_PARTNER"));
  const caller = await backend.callerOfMerchant(merchantNo);
  return caller ? { ok: true, value: caller } : refused(refuse("ILLEGAL_PARTNER"));
}

async function callerBySignature(headers: Headers, fields: Fields, receivedAt: Date, backend: Backend): Promise<Step<Caller>> {
  const found = await signedCaller({ headers, callerHeader: "merchantno", fields, receivedAt, backend });
  return found.caller
    ? { ok: true, value: found.caller }
    : refused(refuse("ILLEGAL_SECURITY_PROFILE", found.why === "stale" ? STALE : undefined));
}

function refused(reply: WireReply): { ok: false; reply: WireReply } {
  return { ok: false, reply };
}
