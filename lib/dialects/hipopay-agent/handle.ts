import type { Backend, Caller } from "#lib/dialects/backend.ts";
import type { WireReply, WireRequest } from "#lib/dialects/dialect.ts";
import { corsHeaders, type Headers, headersOf, placeOf, signedCaller } from "#lib/dialects/hipopay/door.ts";
import { type Fields, parseFields } from "#lib/dialects/hipopay/parse.ts";
import type { Route } from "#lib/dialects/hipopay-agent/call.ts";
import { badField, badRequest, refuse, type Step } from "#lib/dialects/hipopay-agent/reply.ts";
import { routeOf } from "#lib/dialects/hipopay-agent/routes.ts";
import { log } from "#lib/log.ts";

/** 1.0 is current (seeds/000 §2.3); 2.0 changes GET /order (§4.9); 3.0 is what the merchant API's SDKs send for the bill. */
const VERSIONS: ReadonlySet<string> = new Set(["1.0", "2.0", "3.0"]);
const CORS = corsHeaders("AgentNo");

/** Answers one request. Never throws: a broken backend is a 500, anything the caller can get wrong a 4xx. */
export async function handle(request: WireRequest, backend: Backend): Promise<WireReply> {
  const route = routeOf(request.method === "OPTIONS" ? "POST" : request.method, request.path);
  const crossOrigin = route?.access === "either";
  if (!route || (request.method === "OPTIONS" && !crossOrigin)) return refuse(404);
  if (request.method === "OPTIONS") return { status: 204, headers: CORS, body: "" };
  const reply = await answered(route, request, backend);
  return crossOrigin ? { ...reply, headers: { ...reply.headers, ...CORS } } : reply;
}

async function answered(route: Route, request: WireRequest, backend: Backend): Promise<WireReply> {
  try {
    return await answer(route, request, backend);
  } catch (error) {
    log.error({ dialect: "hipopay-agent", path: route.path, ...placeOf(error) });
    return refuse(500);
  }
}

async function answer(route: Route, request: WireRequest, backend: Backend): Promise<WireReply> {
  const headers = headersOf(request);
  const parsed = parseFields(request, headers.get("content-type") ?? "");
  if (!parsed.ok) return badRequest(parsed.fault);
  const version = headers.get("version") ?? "";
  if (route.access !== "open" && !VERSIONS.has(version)) return badField("Version", "不正确");
  const caller = isOpen(route, headers)
    ? await callerByMerchant(parsed.value, backend)
    : await callerBySignature(headers, parsed.value, request.receivedAt, backend);
  if (!caller.ok) return caller.reply;
  const { receivedAt, clientIp } = request;
  return route.answer({ fields: parsed.value, version, caller: caller.value, backend, receivedAt, clientIp });
}

// Whoever shows one header of a signed call is held to all of them.
function isOpen(route: Route, headers: Headers): boolean {
  if (route.access !== "either") return route.access === "open";
  return !["agentno", "signature", "timestamp"].some((name) => headers.has(name));
}

async function callerByMerchant(fields: Fields, backend: Backend): Promise<Step<Caller>> {
  const merchantNo = fields.get("merchant_no") ?? "";
  if (merchantNo === "") return refused(badField("merchant_no", "不能为空"));
  const caller = await backend.callerOfMerchant(merchantNo);
  return caller ? { ok: true, value: caller } : refused(refuse(403, "merchant_no"));
}

async function callerBySignature(headers: Headers, fields: Fields, receivedAt: Date, backend: Backend): Promise<Step<Caller>> {
  const found = await signedCaller({ headers, callerHeader: "agentno", fields, receivedAt, backend });
  return found.caller ? { ok: true, value: found.caller } : refused(refuse(found.why === "stale" ? 411 : 401));
}

function refused(reply: WireReply): { ok: false; reply: WireReply } {
  return { ok: false, reply };
}
