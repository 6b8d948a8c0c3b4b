import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { sandboxNotices } from "#db/schema/sandbox/notices.ts";
import { sandboxPayments } from "#db/schema/sandbox/payments.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { rsaSha256Sign } from "#lib/crypto/rsa.ts";
import type { Backend, Caller, NewPayment } from "#lib/dialects/backend.ts";
import { hipopayAgentDialect } from "#lib/dialects/hipopay-agent/index.ts";
import { sandboxBackend } from "#lib/sandbox/backend.ts";
import { serveGateway } from "#lib/sandbox/gateway.ts";
import { type GatewayId, gatewayById } from "#lib/sandbox/gateways.ts";
import { accountAt, provisionSandbox, type SandboxAccount } from "#lib/sandbox/provision.ts";

/** For tests: a sandbox of its own, the caller's account in it, and a server that takes notices. */
export interface World {
  db: TestDatabase;
  database: Database;
  /** The agent's account, and all of them. */
  account: Extract<SandboxAccount, { gateway: typeof GATEWAY }>;
  accounts: SandboxAccount[];
  backend: Backend;
  caller: Caller;
  receiver: Receiver;
  close(): Promise<void>;
}

/** What the caller's server was sent, and what it answers; an answer is taken when the request has come in whole. */
export interface Receiver {
  url: string;
  received: { method: string; query: URLSearchParams; body: URLSearchParams; headers: Record<string, string | undefined> }[];
  answer: () => { status: number; body: string } | "hang up" | "never";
}

export const ORIGIN = "http://sandbox.test";
export const GATEWAY = "hipopay-agent";

export async function sandboxWorld(): Promise<World> {
  const db = await testDatabase();
  const { database } = db;
  const accounts = await provisionSandbox(database, { origin: ORIGIN });
  const account = accountAt(accounts, GATEWAY);
  const backend = sandboxBackend({ database, gateway: GATEWAY, origin: ORIGIN });
  const caller = await backend.caller(account.credentials.agentNo);
  if (!caller) throw new Error("nothing was provisioned");
  const { receiver, server } = await openReceiver();
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await db.close();
  };
  return { db, database, account, accounts, backend, caller, receiver, close };
}

/** The same world at another of its gateways, with the account there. */
export async function worldAt(world: World, gateway: GatewayId): Promise<Pick<World, "backend" | "caller">> {
  const backend = sandboxBackend({ database: world.database, gateway, origin: ORIGIN });
  const caller = await backend.caller(gatewayById(gateway)?.callerNo ?? "");
  if (!caller) throw new Error(`nobody was provisioned at ${gateway}`);
  return { backend, caller };
}

/** A payment to create; `fields` override. */
export function newPayment(world: Pick<World, "account" | "receiver">, fields: Partial<NewPayment> = {}): NewPayment {
  return {
    method: "wechat.native",
    merchantNo: world.account.credentials.merchantNo,
    clientNo: null,
    currency: "HKD",
    amount: "100",
    subject: "mooncake",
    notifyUrl: world.receiver.url,
    returnUrl: null,
    ip: null,
    openid: null,
    authCode: null,
    deviceInfo: null,
    productId: null,
    appId: null,
    extra: {},
    ...fields,
  };
}

/** Creates a payment and answers it; throws when the ledger refuses. */
export async function created(world: World, fields: Partial<NewPayment> = {}) {
  const answer = await world.backend.create(world.caller, newPayment(world, fields));
  if (!answer.ok) throw new Error(answer.problem);
  return answer.value;
}

/** A signed create request to the gateway, as a caller's server sends it (seeds/000 §2.2, §4.3). */
export function requestCreate(world: World, clientNo: string, sleep: (ms: number) => Promise<void> = async () => {}): Promise<Response> {
  const fields: Record<string, string> = {
    agent_order_id: clientNo,
    amount: "100",
    currency: "HKD",
    ip: "127.0.0.1",
    merchant_no: world.account.credentials.merchantNo,
    notify_url: world.receiver.url,
    product_info: "mooncake",
  };
  const text = Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  const timestamp = String(Math.floor(Date.now() / 1000));
  const request = new Request(`${ORIGIN}/sandbox/gateway/${GATEWAY}/order/scanned_pay`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      agentno: world.account.credentials.agentNo,
      signature: rsaSha256Sign(`${text},${timestamp}`, world.account.credentials.privateKey),
      timestamp,
      version: "1.0",
    },
    body: text,
  });
  return serveGateway(request, {
    database: world.database,
    dialect: hipopayAgentDialect,
    origin: ORIGIN,
    path: "/order/scanned_pay",
    sleep,
  });
}

/** Moves the clock of one payment's waiting notices: they are due now. */
export async function makeDue(database: Database, paymentNo: string): Promise<void> {
  await database.update(sandboxNotices).set({ nextAt: sql`now() - interval '1 second'` }).where(eq(sandboxNotices.paymentNo, paymentNo));
}

/** Moves a payment's clock past its end. */
export async function makeExpired(database: Database, no: string): Promise<void> {
  await database.update(sandboxPayments).set({ expiresAt: sql`now() - interval '1 second'` }).where(eq(sandboxPayments.no, no));
}

async function openReceiver(): Promise<{ receiver: Receiver; server: Server }> {
  const receiver: Receiver = { url: "", received: [], answer: () => ({ status: 200, body: "success" }) };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { searchParams: query } = new URL(request.url ?? "/", "http://receiver");
    const headers = request.headers as Record<string, string | undefined>;
    receiver.received.push({ method: request.method ?? "", query, body: new URLSearchParams(body), headers });
    const answer = receiver.answer();
    if (answer === "hang up") request.socket.destroy();
    else if (answer !== "never") response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`;
  return { receiver, server };
}
