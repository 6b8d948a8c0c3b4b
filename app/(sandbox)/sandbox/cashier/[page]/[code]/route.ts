import { sandboxOn } from "#lib/env.ts";
import { isCashierPage } from "#lib/sandbox/cashier-pages.ts";

export const dynamic = "force-dynamic";

/**
 * The address of a cashier as gateways print it: by GET, or by POST with fields nobody needs any more (seeds/003 §2.1.5,
 * `POST;url`). On to the page itself, by a relative Location so that the browser stays on the host it knows.
 */
async function enter(_request: Request, { params }: { params: Promise<{ page: string; code: string }> }): Promise<Response> {
  const { page, code } = await params;
  if (!sandboxOn() || !isCashierPage(page) || !/^[0-9a-z]{8,64}$/i.test(code)) return new Response("not found", { status: 404 });
  return new Response(null, { status: 303, headers: { location: `/sandbox/cashier/${page}/${code}/open`, "cache-control": "no-store" } });
}

export { enter as GET, enter as POST };
