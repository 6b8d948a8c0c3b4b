import type { Backend, Caller } from "#lib/dialects/backend.ts";
import type { WireReply, WireRequest } from "#lib/dialects/dialect.ts";
import type { Route } from "#lib/dialects/mpgateway/call.ts";
import { type Fields, readMessage } from "#lib/dialects/mpgateway/message.ts";
import { ORDER_ROUTES } from "#lib/dialects/mpgateway/orders.ts";
import { GOPAY_ROUTE, OPENID_PATH, openid } from "#lib/dialects/mpgateway/pages.ts";
import { envelopeOf } from "#lib/dialects/mpgateway/parameters.ts";
import { page, preError, type Refusal, refusal, wordsOf } from "#lib/dialects/mpgateway/reply.ts";
import { isSignedWith, keyOf } from "#lib/dialects/mpgateway/signature.ts";
import { SUBMIT_ROUTE } from "#lib/dialects/mpgateway/submit.ts";
import { log } from "#lib/log.ts";

/** Every signed endpoint of seeds/002. */
export const ROUTES: readonly Route[] = [SUBMIT_ROUTE, ...ORDER_ROUTES, GOPAY_ROUTE];

/** Past the door, or why not; `caller` is set once somebody's key is known to answer with. */
type Entry = { ok: true; fields: Fields; caller: Caller } | { ok: false; caller: Caller | null; why: Refusal };

/** Answers one request. Never throws: a broken backend is respcode 96 with HTTP 500, which leaves the outcome unknown. */
export async function handle(request: WireRequest, backend: Backend): Promise<WireReply> {
  try {
    return await answer(request, backend);
  } catch (error) {
    log.error({ dialect: "mpgateway", path: request.path, ...placeOf(error) });
    return preError({ respcode: "system" }, 500);
  }
}

async function answer(request: WireRequest, backend: Backend): Promise<WireReply> {
  const { method, path } = request;
  if (method === "GET" && path === OPENID_PATH) return openid(request, backend);
  const route = ROUTES.find((each) => each.method === method && each.path === path);
  if (!route) return preError({ respcode: "parameter", detail: "接口不存在" }, 404);
  const entry = await enter(request, backend);
  if (entry.ok) return route.answer({ fields: entry.fields, caller: entry.caller, backend });
  if (route.browser) return page(400, wordsOf(entry.why));
  return entry.caller ? refusal(entry.caller, entry.why) : preError(entry.why);
}

async function enter(request: WireRequest, backend: Backend): Promise<Entry> {
  const envelope = envelopeOf(request);
  if (!envelope) return refused({ respcode: "parameter", detail: "编码不正确" });
  // A bare `+` of the base64 arrives as a space when the caller forgot to URL-encode (protocols.md §2).
  const req = (envelope.get("req") ?? "").replaceAll(" ", "+");
  const fields = req === "" ? null : readMessage(req);
  if (!fields) return refused({ respcode: "parameter", detail: "req 必须为 base64 编码的 json" });
  const merid = fields.get("merid") ?? "";
  if (merid === "") return refused({ respcode: "parameter", detail: "merid 不能为空" });
  const caller = await backend.caller(merid);
  if (!caller?.secret) return refused({ respcode: "merchant", detail: "merid" });
  if (isSignedWith(keyOf(caller), req, envelope.get("sign") ?? "")) return { ok: true, fields, caller };
  // Signed, as the key is known; nothing of what a stranger sent stands in it.
  return { ok: false, caller, why: { respcode: "signature", detail: "sign" } };
}

function refused(why: Refusal): Entry {
  return { ok: false, caller: null, why };
}

// A database's message repeats the query's values, openids among them: only what broke and where is logged.
function placeOf(error: unknown): { error: string; at?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const at = error.stack?.split("\n").find((line) => line.trimStart().startsWith("at "));
  return at === undefined ? { error: error.name } : { error: error.name, at: at.trim() };
}
