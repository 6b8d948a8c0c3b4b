import { db } from "#db/client.ts";
import { boundedBody } from "#lib/bounded-body.ts";
import { env, sandboxOn } from "#lib/env.ts";
import { isLocale, LOCALE_COOKIE } from "#lib/i18n/locale.ts";
import { VERBS } from "#lib/sandbox/act.ts";
import { newShopper } from "#lib/sandbox/numbers.ts";
import { originOf } from "#lib/sandbox/origin.ts";
import { cookieOf, SHOPPER_COOKIE } from "#lib/sandbox/phone.ts";
import { ownPath } from "#lib/sandbox/scan.ts";

export const dynamic = "force-dynamic";

const BODY_MAX = 64 * 1024;

/** Every button of the sandbox's pages posts here; the answer is a 303 to the next page. The Origin must be ours. */
export async function POST(request: Request): Promise<Response> {
  if (!sandboxOn()) return new Response("not found", { status: 404 });
  if (originOf(request) !== "same") return new Response("wrong origin", { status: 403 });
  const body = await boundedBody(request, BODY_MAX);
  if (body === null) return new Response("too large", { status: 413 });
  const type = request.headers.get("content-type") ?? "";
  const form = await new Response(body, { headers: { "content-type": type } }).formData().catch(() => null);
  if (!form) return new Response("not a form", { status: 400 });
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === "string" ? value.slice(0, 2000) : "";
  };
  if (text("do") === "language") return language(text("lang"), text("back"));
  const verb = Object.hasOwn(VERBS, text("do")) ? VERBS[text("do")] : undefined;
  if (!verb) return new Response("unknown button", { status: 400 });
  const known = cookieOf(request.headers.get("cookie") ?? "", SHOPPER_COOKIE);
  const shopper = known ?? newShopper();
  const answer = go(await verb(db(), { text, shopper }));
  if (known === null)
    answer.headers.append("set-cookie", `${SHOPPER_COOKIE}=${shopper}; Path=/sandbox; HttpOnly; SameSite=Lax; Max-Age=31536000`);
  return answer;
}

function language(lang: string, back: string): Response {
  const answer = go(ownPath(back, env().PUBLIC_URL) ?? "/sandbox");
  if (isLocale(lang)) answer.headers.append("set-cookie", `${LOCALE_COOKIE}=${lang}; Path=/; SameSite=Lax; Max-Age=31536000`);
  return answer;
}

// A relative Location: the browser stays on the host it knows, whatever PUBLIC_URL says.
function go(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}
