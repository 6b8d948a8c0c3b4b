import { payoutNoticeRoute } from "#lib/payments/receive-payout-notice.ts";

export const dynamic = "force-dynamic";

async function handle(request: Request, { params }: { params: Promise<{ gateway: string; account: string }> }): Promise<Response> {
  const { gateway, account } = await params;
  return payoutNoticeRoute(request, gateway, account);
}

export { handle as GET, handle as POST };
