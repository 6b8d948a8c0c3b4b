import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import { testDatabase } from "#db/testing.ts";
import { dialectById } from "#lib/dialects/registry.ts";
import { newId } from "#lib/domain/ids.ts";
import type { Shopper } from "#lib/domain/shopper.ts";
import { runJob } from "#lib/jobs/handlers.ts";
import { boss, QUEUES, type QueueName, startBoss, stopBoss } from "#lib/jobs/queues.ts";
import { tick } from "#lib/jobs/ticker.ts";
import { notifyRoute } from "#lib/payments/notify-route.ts";
import { openOrder } from "#lib/payments/open-order.ts";
import { payoutNoticeRoute } from "#lib/payments/receive-payout-notice.ts";
import { serveControl } from "#lib/sandbox/control.ts";
import { serveGateway } from "#lib/sandbox/gateway.ts";
import { drainNotices } from "#lib/sandbox/notifier.ts";
import { provisionSandbox } from "#lib/sandbox/provision.ts";
import { sealFor } from "#lib/secrets.ts";

/**
 * A whole small world for tests of the use cases: a real PostgreSQL, the sandbox's gateway over real HTTP, our
 * notification route, a shop's webhook receiver; no framework, no worker, no clock but the tests'.
 */
export interface World {
  database: Database;
  origin: string;
  merchantId: string;
  accountId: string;
  webhookSecret: string;
  /** What the shop's receiver got, oldest first. */
  hooks: { headers: Record<string, string>; body: string }[];
  /** What the receiver answers next; 204 unless told otherwise. */
  hookStatus: number[];
  /** Requests the gateway got, `POST /order/scanned_pay`. */
  gatewayCalls: string[];
  /** Gives the merchant, or another, an account at a simulated gateway. */
  addAccount(gateway: string, merchantId?: string): Promise<string>;
  openOrder(amount?: bigint, more?: Record<string, unknown>): Promise<{ id: string; token: string }>;
  /** Runs every job there is, and those they make, until none is left; gives how many ran. */
  drainJobs(): Promise<number>;
  /** Sends the notifications the gateway owes. */
  drainNotices: () => ReturnType<typeof drainNotices>;
  /** Makes everything that waits for its time due, and turns it into jobs. */
  makeDue(): Promise<number>;
  /** Ends an order's lifetime now. */
  timeOut(orderId: string): Promise<void>;
  close(): Promise<void>;
}

export const SHOPPER: Shopper = { browser: "desktop", ip: "203.0.113.7", userAgent: "test", locale: "en" };
export const HOOK_SECRET = `whsec_${Buffer.from("a secret of the test shop only!!").toString("base64")}`;
const JOBS_MAX = 1000;

/** Builds a world; give its `close` to `afterAll`. */
export async function testWorld(policies: { late?: "review" | "refund"; surplus?: "review" | "refund" } = {}): Promise<World> {
  const test = await testDatabase();
  const { database } = test;
  const received: Pick<World, "hooks" | "hookStatus" | "gatewayCalls"> = { hooks: [], hookStatus: [], gatewayCalls: [] };
  const server = createServer((request, response) => void serve(request, response, database, received));
  const origin = await listen(server);
  Object.assign(process.env, { PUBLIC_URL: origin, PORT: new URL(origin).port, ALLOW_PRIVATE_WEBHOOKS: "1" });
  await startBoss({ url: test.url, supervise: false });
  const merchantId = newId("merchant");
  await database.insert(merchants).values({
    id: merchantId,
    name: "Test Shop",
    webhookSecret: sealFor("merchants.webhook_secret", merchantId, HOOK_SECRET),
    latePolicy: policies.late ?? "review",
    surplusPolicy: policies.surplus ?? "review",
  });
  const add: World["addAccount"] = (gateway, of = merchantId) => addAccount(database, of, origin, gateway);
  const accountId = await add("hipopay-agent");
  return {
    ...received,
    database,
    origin,
    merchantId,
    accountId,
    webhookSecret: HOOK_SECRET,
    addAccount: add,
    openOrder: async (amount = 8800n, more = {}) => {
      const input = {
        merchantId,
        amount: { minor: amount, currency: "HKD" as const },
        title: "Tea",
        live: false,
        notifyUrl: `${origin}/hook`,
        actor: "shop",
      };
      const opened = await openOrder({ ...input, ...more }, database);
      if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
      return opened.value;
    },
    drainJobs: () => drainJobs(database),
    drainNotices: () => drainNotices(database),
    makeDue: () => makeDue(database),
    timeOut: async (orderId) =>
      void (await database.execute(sql`update orders set expires_at = now() - interval '1 second' where id = ${orderId}`)),
    close: async () => {
      await stopBoss();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await test.close();
    },
  };
}

async function addAccount(database: Database, merchantId: string, origin: string, gateway: string): Promise<string> {
  const made = (await provisionSandbox(database, { origin })).find((account) => account.gateway === gateway);
  if (!made) throw new Error(`the sandbox made no account at ${gateway}`);
  const id = newId("account");
  await database.insert(gatewayAccounts).values({
    id,
    merchantId,
    gateway: made.gateway,
    title: "Sandbox",
    baseUrl: made.baseUrl,
    credentials: sealFor("gateway_accounts.credentials", id, JSON.stringify(made.credentials)),
    settings: made.settings,
    live: false,
  });
  return id;
}

async function drainJobs(database: Database): Promise<number> {
  let ran = 0;
  for (let found = true; found && ran < JOBS_MAX; ) {
    found = false;
    for (const name of Object.keys(QUEUES) as QueueName[]) {
      for (const job of await boss().fetch(name)) {
        found = true;
        ran += 1;
        await runJob(name, job.data, database);
        await boss().complete(name, job.id);
      }
    }
  }
  return ran;
}

async function makeDue(database: Database): Promise<number> {
  await database.execute(sql`update attempts set next_sweep_at = now() - interval '1 second' where next_sweep_at is not null`);
  await database.execute(sql`update deliveries set next_try_at = now() - interval '1 second', lease_until = null where state = 'pending'`);
  await database.execute(
    sql`update refunds set next_try_at = now() - interval '1 second', lease_until = null where next_try_at is not null`,
  );
  return tick(database);
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  database: Database,
  world: Pick<World, "hooks" | "hookStatus" | "gatewayCalls">,
): Promise<void> {
  const request = toRequest(incoming);
  const { pathname } = new URL(request.url);
  const [, first, second, third = "", ...rest] = pathname.split("/");
  try {
    if (first === "sandbox" && second === "control") return await reply(response, await serveControl(request, database, [third, ...rest]));
    if (first === "sandbox") {
      world.gatewayCalls.push(`${request.method} /${rest.join("/")}`);
      return await reply(response, await gateway(request, database, third, `/${rest.join("/")}`));
    }
    if (first === "api" && rest[1] === "payout")
      return await reply(response, await payoutNoticeRoute(request, third, rest[0] ?? "", database));
    if (first === "api") return await reply(response, await notifyRoute(request, pathname.split("/")[3] ?? "", rest[0] ?? "", database));
    world.hooks.push({ headers: Object.fromEntries(request.headers), body: await request.text() });
    await reply(response, new Response(null, { status: world.hookStatus.shift() ?? 204 }));
  } catch {
    response.destroy();
  }
}

async function gateway(request: Request, database: Database, id: string, path: string): Promise<Response> {
  const dialect = dialectById(id);
  if (!dialect) throw new Error("no dialect");
  return serveGateway(request, { database, dialect, origin: new URL(request.url).origin, path, sleep: async () => {} });
}

function toRequest(incoming: IncomingMessage): Request {
  const bodiless = incoming.method === "GET" || incoming.method === "HEAD";
  const body = bodiless ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>);
  const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as [string, string]] : [],
  );
  const init: RequestInit & { duplex: "half" } = { method: incoming.method ?? "GET", headers, body, duplex: "half" };
  return new Request(`http://${incoming.headers.host}${incoming.url}`, init);
}

async function reply(response: ServerResponse, answer: Response): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  for await (const chunk of answer.body ?? []) response.write(chunk);
  response.end();
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
