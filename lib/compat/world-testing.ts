import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import { compatRoot } from "#lib/compat/gateways.ts";
import { createCompatKey } from "#lib/compat/keys.ts";
import { serveCompat } from "#lib/compat/serve.ts";
import { newRsaKeyPair } from "#lib/crypto/rsa.ts";
import { newId } from "#lib/domain/ids.ts";
import { HOOK_SECRET, testWorld, type World } from "#lib/payments/testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { payPayment } from "#lib/sandbox/pay.ts";
import { provisionSandbox } from "#lib/sandbox/provision.ts";
import { sealFor } from "#lib/secrets.ts";

/** What a shop's server got at its notify_url. */
export interface Told {
  method: string;
  query: string;
  headers: Record<string, string>;
  body: string;
}

/** A key as the developers' page shows it, in the names `npm run sandbox:accounts` prints accounts with. */
export interface CompatAccount {
  gateway: string;
  keyId: string;
  baseUrl: string;
  credentials: Record<string, string>;
}

/** The world of lib/payments/testing.ts with `/compat` in front of it, over real HTTP, and a shop that answers what its document says. */
export interface CompatWorld extends World {
  shopUrl: string;
  told: Told[];
  /** What the shop answers to a notice. */
  word: { body: string; status: number };
  key(gateway: string, more?: { merchantId?: string; live?: boolean; accountId?: string; publicKey?: string }): Promise<CompatAccount>;
  /** Another merchant with an account at one gateway of the sandbox. */
  otherMerchant(gateway: string): Promise<{ merchantId: string; accountId: string }>;
  /** Takes an account out of use. */
  retire(accountId: string): Promise<void>;
  /** Pays, in the sandbox's wallet, whatever the order of this shop's number (or its title) is asked to pay; then everybody is told. */
  pay(number: string): Promise<void>;
  /** Jobs and notices until nothing is left. */
  settle(): Promise<void>;
}

export async function compatWorld(): Promise<CompatWorld> {
  const world = await testWorld();
  const { database } = world;
  const told: Told[] = [];
  const word = { body: "success", status: 200 };
  const server = createServer((request, response) => void serve(request, response, { database, told, word }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 6; round += 1) {
      const { sent } = await world.drainNotices();
      if ((await world.drainJobs()) + sent === 0) return;
    }
  };
  return {
    ...world,
    shopUrl: `${origin}/shop`,
    told,
    word,
    settle,
    key: (gateway, more = {}) => newKey(database, origin, gateway, { merchantId: world.merchantId, ...more }),
    otherMerchant: (gateway) => otherMerchant(database, world.origin, gateway),
    retire: async (accountId) => void (await database.execute(sql`update gateway_accounts set active = false where id = ${accountId}`)),
    pay: async (number) => {
      const { rows } = await database.execute<{ no: string }>(
        sql`select a.gateway_order_no as no from attempts a join compat_orders c on c.order_id = a.order_id
            where c.client_no = ${number} or c.no = ${number} order by a.created_at desc limit 1`,
      );
      const payment = rows[0] && (await paymentByAny(database, rows[0].no));
      if (!payment) throw new Error(`nothing to pay for ${number}`);
      const paid = await payPayment(database, payment.no, { channel: "CN", shopper: "someone" });
      if (!paid.ok) throw new Error(paid.reason);
      await settle();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await world.close();
    },
  };
}

// Making a pair is most of making a key: shops of the tests share one, and are told apart by their numbers alone.
let shared: ReturnType<typeof newRsaKeyPair> | null = null;

type KeyWish = { merchantId: string; live?: boolean; accountId?: string; publicKey?: string };

async function newKey(database: Database, origin: string, gateway: string, wish: KeyWish): Promise<CompatAccount> {
  const { merchantId, live = false, accountId = null } = wish;
  shared ??= newRsaKeyPair();
  const publicKey = wish.publicKey ?? shared.publicKey;
  const made = await createCompatKey({ merchantId, gateway, live, accountId, publicKey, createdBy: "test" }, database);
  if (!made.ok) throw new Error(made.problem);
  const { key, once } = made;
  const secret = once.secret ?? "";
  const pair = { privateKey: wish.publicKey === undefined ? shared.privateKey : "", gatewayPublicKey: key.gatewayPublicKey ?? "" };
  const credentials: Record<string, Record<string, string>> = {
    "hipopay-agent": { agentNo: key.callerNo, merchantNo: key.merchantNo, ...pair },
    "hipopay-merchant": { merchantNo: key.merchantNo, ...pair },
    mpgateway: { merid: key.callerNo, key: secret },
    xxpay: { mchId: key.callerNo, appId: key.appId ?? "", key: secret },
    fengniao: { appId: key.callerNo, merchantNo: key.merchantNo, secret, ...pair },
  };
  return { gateway, keyId: key.id, baseUrl: compatRoot(origin, gateway), credentials: credentials[gateway] ?? {} };
}

async function otherMerchant(database: Database, origin: string, gateway: string): Promise<{ merchantId: string; accountId: string }> {
  const merchantId = newId("merchant");
  const webhookSecret = sealFor("merchants.webhook_secret", merchantId, HOOK_SECRET);
  await database.insert(merchants).values({ id: merchantId, name: "Other Shop", webhookSecret });
  const made = (await provisionSandbox(database, { origin })).find((account) => account.gateway === gateway);
  if (!made) throw new Error(`the sandbox made no account at ${gateway}`);
  const accountId = newId("account");
  const credentials = sealFor("gateway_accounts.credentials", accountId, JSON.stringify(made.credentials));
  const row = { id: accountId, merchantId, gateway, title: "Sandbox", baseUrl: made.baseUrl, credentials, settings: made.settings };
  await database.insert(gatewayAccounts).values({ ...row, live: false });
  return { merchantId, accountId };
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  { database, told, word }: { database: Database; told: Told[]; word: CompatWorld["word"] },
): Promise<void> {
  const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host}`);
  const headers = Object.entries(incoming.headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : []));
  const bodiless = incoming.method === "GET" || incoming.method === "HEAD";
  const body = bodiless ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>);
  const init: RequestInit & { duplex: "half" } = {
    method: incoming.method ?? "GET",
    headers: headers.map((pair) => [...pair]),
    body,
    duplex: "half",
  };
  const request = new Request(url, init);
  const [, first, gateway = ""] = url.pathname.split("/");
  if (first !== "compat") {
    told.push({ method: request.method, query: url.search.slice(1), headers: Object.fromEntries(headers), body: await request.text() });
    response.writeHead(word.status).end(word.body);
    return;
  }
  const path = url.pathname.slice(`/compat/${gateway}`.length);
  const answer = await serveCompat(request, { database, gateway, path, clientIp: "203.0.113.5" });
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}
