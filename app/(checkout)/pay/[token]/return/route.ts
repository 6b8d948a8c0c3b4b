import { isToken } from "#lib/domain/ids.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { land } from "#lib/payments/land.ts";

export const dynamic = "force-dynamic";

/** The gateway's page sends the shopper back here. Nothing in the query is read: the gateway is asked, the page shows the truth. */
async function handle(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  if (isToken(token))
    await land(token).catch((error: Error) => log.warn({ error: error.message }, "landing: the gateway could not be asked"));
  return new Response(null, {
    status: 303,
    headers: { location: `${env().PUBLIC_URL}/pay/${encodeURIComponent(token)}`, "cache-control": "no-store" },
  });
}

export { handle as GET, handle as POST };
