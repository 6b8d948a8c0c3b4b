import { isToken } from "#lib/domain/ids.ts";
import { readStatus } from "#lib/payments/read-checkout.ts";

export const dynamic = "force-dynamic";

/** Live status for polling pages: JSON CheckoutStatus, or 404. */
export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  const status = isToken(token) ? await readStatus(token) : null;
  const headers = { "cache-control": "no-store" };
  return status ? Response.json(status, { headers }) : Response.json({ error: "order_not_found" }, { status: 404, headers });
}
