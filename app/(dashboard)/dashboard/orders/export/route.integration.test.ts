import { once } from "node:events";
import { createServer, get, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { parse } from "csv-parse/sync";
import { pipeToNodeResponse } from "next/dist/server/pipe-readable.js";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { POST } from "#app/(dashboard)/dashboard/orders/export/route.ts";
import { makeMerchant, makeUser } from "#db/queries/dashboard-testing.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { signedIn } from "#lib/auth-testing.ts";
import { BOM } from "#lib/domain/csv.ts";

/** What the request at hand says; how often the database was asked for more orders, and how many files came to an end. */
const request = vi.hoisted(() => ({ headers: new Headers(), cookies: new Map<string, string>(), reads: 0, ended: 0 }));
vi.mock("next/headers", () => ({
  headers: async () => request.headers,
  cookies: async () => ({ get: (name: string) => (request.cookies.has(name) ? { name, value: request.cookies.get(name) } : undefined) }),
}));
vi.mock("#db/queries/dashboard-orders.ts", async (original) => {
  const real = await original<typeof import("#db/queries/dashboard-orders.ts")>();
  const listOrders = (...given: Parameters<typeof real.listOrders>) => {
    request.reads += 1;
    return real.listOrders(...given);
  };
  return { ...real, listOrders };
});

vi.mock("#app/(dashboard)/dashboard/orders/export/lines.ts", async (original) => {
  const real = await original<typeof import("#app/(dashboard)/dashboard/orders/export/lines.ts")>();
  async function* orderLines(...given: Parameters<typeof real.orderLines>) {
    try {
      yield* real.orderLines(...given);
    } finally {
      request.ended += 1;
    }
  }
  return { ...real, orderLines };
});

/** Much more than the buffers between two processes hold: some 14 MB. */
const ORDERS = 20_000;
const READS = ORDERS / 1000;
const ORIGIN = "http://localhost:3000";
let world: TestDatabase;
let server: Server;

beforeAll(async () => {
  world = await testDatabase();
  Object.assign(process.env, { PUBLIC_URL: ORIGIN });
  await makeMerchant(world.database, "mer_1", "One");
  await world.database.$client.query(
    `insert into orders (id, token, merchant_id, reference, title, currency, amount, live, expires_at, created_at)
     select 'ord_' || n, 'token' || n, 'mer_1', 'M' || n, repeat('长', 200), 'HKD', 100, false, now(), '2026-01-01'::timestamptz + interval '1 second' * n
     from generate_series(1, $1::int) n`,
    [ORDERS],
  );
  const userId = await makeUser(world.database, { email: "o@shop.example", password: "correct horse battery", roles: { mer_1: "owner" } });
  request.cookies.set("next-auth.session-token", (await signedIn(world.database, userId)).cookie);
  request.headers = new Headers({ host: "localhost:3000", origin: ORIGIN });
  // What Next does with a route's answer.
  server = createServer(async (_incoming, response) => {
    const answer = await exported();
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    if (answer.body) await pipeToNodeResponse(answer.body, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await world.close();
});
beforeEach(() => {
  Object.assign(request, { reads: 0, ended: 0 });
});

function exported(): Promise<Response> {
  const form = new FormData();
  form.set("merchant", "mer_1");
  form.set("fields", "sort=oldest");
  return POST(new Request(`${ORIGIN}/dashboard/orders/export`, { method: "POST", body: form }));
}

async function asked(): Promise<IncomingMessage> {
  const [answer] = (await once(get(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), "response")) as [IncomingMessage];
  return answer;
}

/** How many reads there have been when no more come. */
async function settled(): Promise<number> {
  for (let before = -1; before !== request.reads; ) {
    before = request.reads;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return request.reads;
}

it("an untaken file is not read: a batch or two wait, whatever the filter holds", async () => {
  const answer = await exported();
  expect(await settled()).toBeLessThanOrEqual(1);
  const reader = answer.body?.getReader();
  const first = await reader?.read();
  expect(Buffer.from(first?.value ?? []).subarray(0, 3)).toEqual(Buffer.from(BOM));
  await reader?.read();
  expect(await settled()).toBeLessThanOrEqual(3);
  expect(request.ended).toBe(0);
  await reader?.cancel();
  expect(request.ended).toBe(1);
});

it("who takes it slowly makes it wait, and who goes away ends it: nothing more is read of the database", async () => {
  const answer = await asked();
  await once(answer.pause(), "readable");
  const taken = await settled();
  expect([taken < READS, request.ended]).toEqual([true, 0]);
  answer.destroy();
  await vi.waitFor(() => expect(request.ended).toBe(1), { timeout: 10_000 });
  const atEnd = request.reads;
  expect(atEnd).toBeLessThan(READS);
  expect(await settled()).toBeLessThanOrEqual(atEnd + 1);
});

it("who stays gets all of it, each order once", async () => {
  const chunks: Buffer[] = [];
  for await (const chunk of await asked()) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  const rows = parse(text, { columns: true, record_delimiter: "\r\n", bom: true }) as Record<string, string>[];
  expect(rows).toHaveLength(ORDERS);
  expect(new Set(rows.map((row) => Object.values(row)[0])).size).toBe(ORDERS);
  expect(request).toMatchObject({ reads: READS, ended: 1 });
});
