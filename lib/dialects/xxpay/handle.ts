import type { Backend, Caller } from "#lib/dialects/backend.ts";
import type { WireReply, WireRequest } from "#lib/dialects/dialect.ts";
import { BALANCE_ROUTE } from "#lib/dialects/xxpay/balance.ts";
import type { Route } from "#lib/dialects/xxpay/call.ts";
import { fieldsOf } from "#lib/dialects/xxpay/parameters.ts";
import { PAY_ROUTE } from "#lib/dialects/xxpay/pay.ts";
import { PAY_QUERY_ROUTE } from "#lib/dialects/xxpay/pay-query.ts";
import { QRCODE_PATH, qrcode } from "#lib/dialects/xxpay/qrcode.ts";
import { isRefusal, type Refusal, refuse } from "#lib/dialects/xxpay/reply.ts";
import { type Fields, isSignedWith, keyOf } from "#lib/dialects/xxpay/signature.ts";
import { TRANS_ROUTES } from "#lib/dialects/xxpay/trans.ts";
import { log } from "#lib/log.ts";

/** Every signed endpoint of seeds/003, and the balance. */
export const ROUTES: readonly Route[] = [PAY_ROUTE, PAY_QUERY_ROUTE, ...TRANS_ROUTES, BALANCE_ROUTE];

const METHODS: ReadonlySet<string> = new Set(["POST", "GET"]);

/** Answers one request. Never throws: a broken backend is 0010, which leaves the outcome unknown (protocols.md §3). */
export async function handle(request: WireRequest, backend: Backend): Promise<WireReply> {
  try {
    return await answer(request, backend);
  } catch (error) {
    log.error({ dialect: "xxpay", path: request.path, ...placeOf(error) });
    return refuse({ error: "system", detail: "请用相同参数重新调用" });
  }
}

async function answer(request: WireRequest, backend: Backend): Promise<WireReply> {
  if (request.method === "GET" && request.path === QRCODE_PATH) return qrcode(request);
  const route = METHODS.has(request.method) ? ROUTES.find(({ path }) => path === request.path) : undefined;
  if (!route) return refuse({ error: "parameter", detail: "接口不存在" }, 404);
  const read = fieldsOf(request);
  if (!read.ok) return refuse({ error: "parameter", detail: read.reason });
  const caller = await callerOf(read.fields, backend);
  if (isRefusal(caller)) return refuse(caller);
  return route.answer({ fields: read.fields, caller, backend, root: request.root });
}

async function callerOf(fields: Fields, backend: Backend): Promise<Caller | Refusal> {
  const mchId = fields.get("mchId") ?? "";
  if (mchId === "") return { error: "parameter", detail: "mchId 不能为空" };
  const caller = await backend.caller(mchId);
  if (!caller?.secret) return { error: "merchant", detail: "mchId" };
  if ((fields.get("sign") ?? "") === "") return { error: "no_sign", detail: "sign 不能为空" };
  if (!isSignedWith(keyOf(caller), fields)) return { error: "signature", detail: "sign" };
  const appId = fields.get("appId") ?? "";
  // An endpoint that needs the appId says so itself.
  return appId === "" || appId === caller.appId ? caller : { error: "merchant", detail: "appId" };
}

// A database's message repeats the query's values, names and accounts among them: only what broke and where is logged.
function placeOf(error: unknown): { error: string; at?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const at = error.stack?.split("\n").find((line) => line.trimStart().startsWith("at "));
  return at === undefined ? { error: error.name } : { error: error.name, at: at.trim() };
}
