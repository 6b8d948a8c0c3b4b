import type { Backend, Caller, WireReply, WireRequest } from "#lib/dialects/dialect.ts";
import type { Route } from "#lib/dialects/hipopay-agent/call.ts";
import { type Fields, parseFields } from "#lib/dialects/hipopay-agent/parse.ts";
import { badField, refuse, type Step } from "#lib/dialects/hipopay-agent/reply.ts";
import { routeOf } from "#lib/dialects/hipopay-agent/routes.ts";
import { isSignedBy } from "#lib/dialects/hipopay-agent/signature.ts";
import { timestampMs } from "#lib/dialects/hipopay-agent/times.ts";
import { log } from "#lib/log.ts";

const FRESH_MS = 10 * 60 * 1000;
/** 1.0 is current (seeds/000 §2.3); 2.0 changes GET /order (§4.9); 3.0 is what the merchant API's SDKs send for the bill. */
const VERSIONS: ReadonlySet<string> = new Set(["1.0", "2.0", "3.0"]);
const CORS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "POST, OPTIONS",
  "Access-Control-Allow-Headers": "Version, Content-Type, AgentNo, Signature, Timestamp",
  "Access-Control-Max-Age": "86400",
};

type Headers = ReadonlyMap<string, string>;

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
  const headers: Headers = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const parsed = parseFields(request, headers.get("content-type") ?? "");
  if (!parsed.ok) return refuse(400, parsed.reason);
  const version = headers.get("version") ?? "";
  if (route.access !== "open" && !VERSIONS.has(version)) return badField("Version", "不正确");
  const caller = isOpen(route, headers)
    ? await callerByMerchant(parsed.fields, backend)
    : await callerBySignature(headers, parsed.fields, request.receivedAt, backend);
  if (!caller.ok) return caller.reply;
  const { receivedAt, clientIp } = request;
  return route.answer({ fields: parsed.fields, version, caller: caller.value, backend, receivedAt, clientIp });
}

// A database's message repeats the query's values, openids among them: only what broke and where is logged.
function placeOf(error: unknown): { error: string; at?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const at = error.stack?.split("\n").find((line) => line.trimStart().startsWith("at "));
  return at === undefined ? { error: error.name } : { error: error.name, at: at.trim() };
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
  const timestamp = headers.get("timestamp") ?? "";
  const sentMs = timestampMs(timestamp);
  if (sentMs === null || Math.abs(receivedAt.getTime() - sentMs) > FRESH_MS) return refused(refuse(411));
  const agentNo = headers.get("agentno") ?? "";
  const signature = headers.get("signature") ?? "";
  if (agentNo === "" || signature === "") return refused(refuse(401));
  // An unknown agent and a wrong signature answer alike: who has an account is nobody's business.
  const caller = await backend.caller(agentNo);
  const genuine = caller?.callerPublicKey && isSignedBy(caller.callerPublicKey, fields, timestamp, signature);
  return caller && genuine ? { ok: true, value: caller } : refused(refuse(401));
}

function refused(reply: WireReply): { ok: false; reply: WireReply } {
  return { ok: false, reply };
}
