import type { Backend, Caller } from "#lib/dialects/backend.ts";
import type { WireReply, WireRequest } from "#lib/dialects/dialect.ts";
import { ASSUMED } from "#lib/dialects/fengniao/assumed.ts";
import { readContent } from "#lib/dialects/fengniao/content.ts";
import { endpointOf } from "#lib/dialects/fengniao/endpoints.ts";
import { readForm } from "#lib/dialects/fengniao/form.ts";
import { type Fields, parseFields } from "#lib/dialects/fengniao/parse.ts";
import { badField, refuse, type Step } from "#lib/dialects/fengniao/reply.ts";
import { isSignedBy, type SignType, signTypeOf } from "#lib/dialects/fengniao/signature.ts";
import { lengthOf } from "#lib/dialects/fengniao/text.ts";
import { log } from "#lib/log.ts";

const PATHS: ReadonlySet<string> = new Set(ASSUMED.paths);
/** seeds/004 §1.1. `sign` is not held to its 256: an RSA signature of 2048 bits has 344 characters. */
const COMMON_LENGTHS = { app_id: 32, method: 128, sign_type: 32, version: 3 } as const;
const VERSION = "1.0";

/** Answers one request. Never throws: whatever the caller can get wrong has a code, and a broken backend is 1000. */
export async function handle(request: WireRequest, backend: Backend): Promise<WireReply> {
  // One trailing slash more is the same address.
  if (!PATHS.has(request.path.replace(/(.)\/$/, "$1") || "/")) return refuse(10008, "没有该地址", 404);
  if (request.method !== "POST") return refuse(10008, "请求方式必须为 POST", 405);
  try {
    return await answer(request, backend);
  } catch (error) {
    log.error({ dialect: "fengniao", ...placeOf(error) });
    return refuse(1000);
  }
}

async function answer(request: WireRequest, backend: Backend): Promise<WireReply> {
  const contentType = Object.entries(request.headers).find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  const parsed = parseFields(request, contentType);
  if (!parsed.ok) return refuse(10008, parsed.reason);
  const { fields } = parsed;
  const signed = await callerOf(fields, backend);
  if (!signed.ok) return signed.reply;
  if (fields.get("version") !== VERSION) return badField("version", `必须为 ${VERSION}`);
  const endpoint = endpointOf(fields.get("method") ?? "");
  if (!endpoint) return refuse(13001, "method");
  const content = readContent(fields.get("content") ?? "");
  if (!content.ok) return refuse(10008, content.reason);
  const form = readForm(content.fields, endpoint.needs, endpoint.takes);
  if (!form.ok) return form.reply;
  return endpoint.answer({ ...signed.value, form: form.value, backend, receivedAt: request.receivedAt });
}

/** Who calls, proved: nothing inside `content` is looked at before. An account has its own code here, so an unknown one is told so. */
async function callerOf(fields: Fields, backend: Backend): Promise<Step<{ caller: Caller; signType: SignType }>> {
  for (const [name, most] of Object.entries(COMMON_LENGTHS)) {
    const text = fields.get(name)?.trim() ?? "";
    if (text === "") return refused(badField(name, "不能为空"));
    if (lengthOf(text) > most) return refused(badField(name, `长度不能超过 ${most}`));
  }
  const signType = signTypeOf(fields.get("sign_type") ?? "");
  if (signType === null) return refused(badField("sign_type", "必须为 MD5 或 RSA"));
  const caller = await backend.caller(fields.get("app_id") ?? "");
  if (!caller) return refused(refuse(10001, "app_id"));
  if (!isSignedBy(caller, fields, signType, fields.get("sign") ?? "")) return refused(refuse(10002, "sign"));
  return { ok: true, value: { caller, signType } };
}

// A database's message repeats the query's values, openids among them: only what broke and where is logged.
function placeOf(error: unknown): { error: string; at?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const at = error.stack?.split("\n").find((line) => line.trimStart().startsWith("at "));
  return at === undefined ? { error: error.name } : { error: error.name, at: at.trim() };
}

function refused(reply: WireReply): { ok: false; reply: WireReply } {
  return { ok: false, reply };
}
