import { notifyRoute } from "#lib/payments/notify-route.ts";

export const dynamic = "force-dynamic";

async function handle(request: Request, { params }: { params: Promise<{ gateway: string; account: string }> }): Promise<Response> {
  const { gateway, account } = await params;
  return notifyRoute(request, gateway, account);
}

export { handle as GET, handle as POST };
