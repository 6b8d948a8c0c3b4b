import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Database } from "#db/client.ts";
import type { GatewayAccount } from "#db/queries/accounts.ts";
import { testDatabase } from "#db/testing.ts";
import { dialectById } from "#lib/dialects/registry.ts";
import { newGatewayNumber } from "#lib/domain/ids.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { Money } from "#lib/domain/money.ts";
import type { Created, CreateRequest, OpenAccount, Outcome, PaymentKey } from "#lib/gateways/gateway.ts";
import type { InboundMessage } from "#lib/gateways/notice.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { openAccount } from "#lib/payments/open-account.ts";
import { containerReply } from "#lib/sandbox/container.ts";
import { serveGateway } from "#lib/sandbox/gateway.ts";
import type { GatewayId } from "#lib/sandbox/gateways.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { drainNotices } from "#lib/sandbox/notifier.ts";
import { accessTokenReply, authorizeReply } from "#lib/sandbox/oauth.ts";
import { openidPageReply } from "#lib/sandbox/openid-page.ts";
import { payPayment } from "#lib/sandbox/pay.ts";
import { accountAt, provisionSandbox, type SandboxAccount } from "#lib/sandbox/provision.ts";
import { sealFor } from "#lib/secrets.ts";

/**
 * For the tests in which our client of a gateway meets that gateway's own side, written by somebody else from the same
 * document: a real PostgreSQL, the sandbox's gateways over real HTTP, and a server of ours that takes their notices. No
 * framework, no worker.
 */
export interface Meeting<G extends GatewayId> {
  readonly database: Database;
  readonly origin: string;
  /** What the sandbox gave us: the other side's keys too, to sign by hand with. */
  readonly provisioned: Extract<SandboxAccount, { gateway: G }>;
  /** Where gateways send notices: they land in `inbox`. */
  readonly notifyUrl: string;
  readonly inbox: InboundMessage[];
  /** What the inbox answers; the gateway's own word unless told otherwise. */
  answer: string;
  open(settings?: Record<string, unknown>, credentials?: Record<string, unknown>): OpenAccount;
  request(more?: Partial<CreateRequest>): CreateRequest;
  create(method: Method, more?: Partial<CreateRequest>, by?: OpenAccount): Promise<Made>;
  /** The same, paid by a shopper, with the gateway's number in the key. */
  paid(method: Method, more?: Partial<CreateRequest>, by?: OpenAccount): Promise<Made & { no: string }>;
  /** The ledger's number of a payment of ours. */
  numberOf(gatewayOrderNo: string): Promise<string>;
  /** Sends every notice that is due and gives what arrived. */
  notices(): Promise<InboundMessage[]>;
  /** A raw request to the gateway, as somebody else's client makes it. */
  raw(path: string, init: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export interface Made {
  sent: CreateRequest;
  value: Created;
  key: PaymentKey;
}

/** Builds a meeting at one gateway; give its `close` to `afterAll`. */
export async function meetAt<G extends GatewayId>(gateway: G): Promise<Meeting<G>> {
  const test = await testDatabase();
  const { database } = test;
  const inbox: InboundMessage[] = [];
  const desk = { answer: gatewayById(gateway)?.acknowledgement.body ?? "" };
  const server = createServer((request, response) => void serve(request, response, database, inbox, desk));
  const origin = await listen(server);
  Object.assign(process.env, { PUBLIC_URL: origin, PORT: new URL(origin).port, ALLOW_PRIVATE_WEBHOOKS: "1" });
  const provisioned = accountAt(await provisionSandbox(database, { origin }), gateway);
  const open = (settings: Record<string, unknown> = {}, credentials: Record<string, unknown> = {}): OpenAccount =>
    openAccount(rowOf(provisioned, settings, credentials)).account;
  const own = open();
  const notifyUrl = `${origin}/notices`;
  const request = (more: Partial<CreateRequest> = {}): CreateRequest => ({
    gatewayOrderNo: newGatewayNumber(new Date()),
    amount: cny(10_050n),
    subject: "茶叶 tea",
    notifyUrl,
    returnUrl: `${origin}/pay/x/return`,
    clientIp: "203.0.113.9",
    expiresAt: new Date(Date.now() + 1_800_000),
    ...more,
  });
  const create = async (method: Method, more: Partial<CreateRequest> = {}, by: OpenAccount = own): Promise<Made> => {
    const sent = request(more);
    const value = had(await by.create(method, sent));
    return { sent, value, key: { method, gatewayOrderNo: sent.gatewayOrderNo, gatewayRef: value.gatewayRef, amount: sent.amount } };
  };
  const numberOf = async (gatewayOrderNo: string): Promise<string> => {
    const payment = await paymentByAny(database, gatewayOrderNo);
    if (!payment) throw new Error("the gateway has no such payment");
    return payment.no;
  };
  return {
    ...{ database, origin, provisioned, notifyUrl, inbox, open, request, create, numberOf },
    get answer() {
      return desk.answer;
    },
    set answer(word) {
      desk.answer = word;
    },
    paid: async (method, more, by) => {
      const made = await create(method, more, by);
      const no = await numberOf(made.key.gatewayOrderNo);
      const answer = await payPayment(database, no, { channel: "CN", shopper: "someone" });
      if (!answer.ok) throw new Error(answer.reason);
      return { ...made, no, key: { ...made.key, gatewayRef: no } };
    },
    notices: async () => {
      inbox.length = 0;
      await drainNotices(database);
      return [...inbox];
    },
    raw: (path, init) => fetch(`${provisioned.baseUrl}${path}`, { redirect: "manual", ...init }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await test.close();
    },
  };
}

/** The value of an outcome; throws what it was instead. */
export function had<T>(outcome: Outcome<T> | undefined): T {
  if (!outcome) throw new Error("the account lacks an operation of the document");
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

export function cny(minor: bigint): Money {
  return { minor, currency: "CNY" };
}

/** The only message there is; throws when there is none, or more. */
export function only<T>(list: readonly T[]): T {
  const [one] = list;
  if (one === undefined || list.length > 1) throw new Error(`${list.length} where one was expected`);
  return one;
}

function rowOf(made: SandboxAccount, settings: Record<string, unknown>, credentials: Record<string, unknown>): GatewayAccount {
  const id = `acc_${Math.random().toString(36).slice(2)}`;
  const { gateway, baseUrl } = made;
  const sealed = sealFor("gateway_accounts.credentials", id, JSON.stringify({ ...made.credentials, ...credentials }));
  return {
    ...{ id, merchantId: "mer_meeting", gateway, title: "Sandbox", baseUrl, credentials: sealed },
    settings: { ...made.settings, ...settings },
    ...{ live: false, active: true, position: 0, weight: 1, amountWindows: [], createdAt: new Date() },
  };
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  database: Database,
  inbox: InboundMessage[],
  desk: { answer: string },
): Promise<void> {
  try {
    const body = await bytesOf(incoming);
    const request = toRequest(incoming, body);
    const { pathname, search } = new URL(request.url);
    if (pathname.startsWith("/notices")) {
      inbox.push({ method: request.method, query: search.slice(1), headers: Object.fromEntries(request.headers), body });
      return await reply(response, new Response(desk.answer));
    }
    await reply(response, await sandbox(request, pathname, database));
  } catch {
    response.destroy();
  }
}

/** The sandbox's addresses, as app/(sandbox) serves them. */
async function sandbox(request: Request, pathname: string, database: Database): Promise<Response> {
  const { origin } = new URL(request.url);
  if (pathname === "/sandbox/wechat/oauth/authorize") return authorizeReply(request, database);
  if (pathname === "/sandbox/wechat/oauth/access_token") return accessTokenReply(request, database);
  if (pathname === "/sandbox/wechat/openid") return openidPageReply(request, database, origin);
  if (pathname === "/sandbox/wechat/container") return containerReply(request, database);
  const [, id = "", path = ""] = /^\/sandbox\/gateway\/([a-z-]+)(.*)$/.exec(pathname) ?? [];
  const dialect = dialectById(id);
  if (!dialect) return new Response("not found", { status: 404 });
  return serveGateway(request, { database, dialect, origin, path, sleep: async () => {} });
}

async function bytesOf(incoming: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function toRequest(incoming: IncomingMessage, body: Uint8Array): Request {
  const bodiless = incoming.method === "GET" || incoming.method === "HEAD";
  const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as [string, string]] : [],
  );
  const init: RequestInit = { method: incoming.method ?? "GET", headers, body: bodiless ? null : Buffer.from(body) };
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
