import { db } from "#db/client.ts";
import { readLogo } from "#db/queries/merchant-settings.ts";

const ID = /^lgo_[0-9a-z]{26}$/;
const DAY_SECONDS = 86_400;

/** A merchant's logo, for whoever pays. Bytes of an id never change; the policy makes them a picture and nothing else. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const logo = ID.test(id) ? await readLogo(db(), id) : null;
  if (!logo) return new Response(null, { status: 404, headers: { "Cache-Control": "no-store" } });
  return new Response(new Uint8Array(logo.bytes), {
    headers: {
      "Content-Type": logo.type,
      "Content-Length": String(logo.bytes.length),
      "Cache-Control": `public, max-age=${365 * DAY_SECONDS}, immutable`,
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": "default-src 'none'; sandbox",
      // Also for a shop's page that shows the checkout in a frame under its own isolation.
      "Cross-Origin-Resource-Policy": "cross-origin",
    },
  });
}
