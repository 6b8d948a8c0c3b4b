import { cookies } from "next/headers";
import { isToken } from "#lib/domain/ids.ts";
import { env } from "#lib/env.ts";
import { openidAddress } from "#lib/payments/openid.ts";

export const dynamic = "force-dynamic";

/** Starts the openid hop: off to where the gateway has the openid, which comes back to /api/openid/<account>. */
export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  const address = isToken(token) ? await openidAddress({ token, cookies: await cookies() }) : null;
  const location = address ?? `${env().PUBLIC_URL}/pay/${encodeURIComponent(token)}?problem=openid_missing`;
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}
