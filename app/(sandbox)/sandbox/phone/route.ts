import { env, sandboxOn } from "#lib/env.ts";
import { isPhone, PHONE_COOKIE } from "#lib/sandbox/phone.ts";
import { ownPath } from "#lib/sandbox/scan.ts";

export const dynamic = "force-dynamic";

/** Puts the phone into this browser's hand (a cookie) and goes back to its screen. */
export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const phone = query.get("wallet");
  const path = ownPath(query.get("url") ?? "", env().PUBLIC_URL);
  if (!sandboxOn() || !isPhone(phone) || path === null) return new Response("not found", { status: 404 });
  const location = `/sandbox/${phone}?${new URLSearchParams({ url: path, taken: "1" })}`;
  const cookie = `${PHONE_COOKIE}=${phone}; Path=/; HttpOnly; SameSite=Lax`;
  return new Response(null, { status: 303, headers: { location, "set-cookie": cookie } });
}
