import { log } from "#lib/log.ts";
import { notifyRoute } from "#lib/payments/notify-route.ts";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ gateway: string; account: string }> };

async function handle(request: Request, { params }: Context): Promise<Response> {
  const { gateway, account } = await params;
  try {
    return await notifyRoute(request, gateway, account);
  } catch (error) {
    log.error({ account, error: error instanceof Error ? error.message : String(error) }, "notification not handled");
    return new Response("try again", { status: 503 });
  }
}

export { handle as GET, handle as POST };
