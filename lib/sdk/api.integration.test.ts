import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "#db/client.ts";
import { createKey } from "#lib/api/keys.ts";
import { SCOPES } from "#lib/api/scopes.ts";
import { serveApi } from "#lib/api/serve.ts";
import { HOOK_SECRET, testWorld, type World } from "#lib/payments/testing.ts";
import { Shouyin } from "./client.ts";
import { ConflictError, InvalidRequestError, NotFoundError } from "./errors.ts";
import type { MessageAttempt, MessageOrder } from "./message.ts";
import { verify } from "./webhooks.ts";

let world: World;
let shouyin: Shouyin;
/** How many answers shall be lost on their way, after the API has done its work. */
let lost = 0;

beforeAll(async () => {
  world = await testWorld();
  useDatabase(world.database);
  const key = { merchantId: world.merchantId, live: false, name: "sdk", scopes: [...SCOPES], createdBy: "usr_test" };
  const made = await createKey(key, world.database);
  if (!made.ok) throw new Error(made.problem.code);
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const answer = await serveApi(new Request(input as string, init as RequestInit), world.database);
    if (lost === 0) return answer;
    lost -= 1;
    throw new TypeError("fetch failed");
  };
  shouyin = new Shouyin({ key: made.value.secret, baseUrl: world.origin, fetch, wait: async () => {} });
});
afterAll(() => world.close());

const TEA = { amount: "88.00", currency: "HKD", title: "Tea" } as const;

describe("the SDK over the real API", () => {
  it("creates and reads an order, and starts an attempt", async () => {
    const order = await shouyin.orders.create({ ...TEA, reference: "A-1", metadata: { basket: "7" } });
    expect(order).toMatchObject({
      object: "order",
      state: "open",
      amount: "88.00",
      reference: "A-1",
      live: false,
      metadata: { basket: "7" },
    });
    const attempt = await shouyin.attempts.create(order.id, { method: "wechat.native" });
    expect(attempt).toMatchObject({ order: order.id, state: "presented", presentation: { kind: "qr" } });
    expect((await shouyin.orders.read(order.id)).attempt?.id).toBe(attempt.id);
  });

  it("makes one order of a call whose answers were lost twice", async () => {
    lost = 2;
    const order = await shouyin.orders.create({ ...TEA, title: "Lost" });
    const { rows } = await world.database.$client.query("select id from orders where title = 'Lost'");
    expect(rows).toEqual([{ id: order.id }]);
  });

  it("walks all orders, newest first, each once", async () => {
    for (let number = 0; number < 5; number += 1) await shouyin.orders.create({ ...TEA, reference: `walk-${number}` });
    const seen: string[] = [];
    for await (const { reference } of shouyin.orders.list({ limit: 2 })) seen.push(reference);
    expect(seen.slice(0, 5)).toEqual(["walk-4", "walk-3", "walk-2", "walk-1", "walk-0"]);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("throws what the API's problems are", async () => {
    await expect(shouyin.orders.read("ord_00000000000000000000000000")).rejects.toThrow(NotFoundError);
    const places = await shouyin.orders.create({ ...TEA, amount: "1.234" }).catch((thrown: unknown) => thrown);
    expect(places).toBeInstanceOf(InvalidRequestError);
    expect(places).toMatchObject({ param: "amount", code: "amount_places" });
    await shouyin.orders.create({ ...TEA, reference: "taken" });
    await expect(shouyin.orders.create({ ...TEA, amount: "1.00", reference: "taken" })).rejects.toThrow(ConflictError);
  });
});

// What the types say of a webhook, name by name: a field that comes or goes fails here.
const ORDER = {
  ...{ id: 1, reference: 1, title: 1, state: 1, amount: 1, currency: 1, live: 1, created_at: 1, expires_at: 1, paid_at: 1 },
  ...{ paid_late: 1, paid_amount: 1, refunded_amount: 1, refund_status: 1, metadata: 1 },
} satisfies Record<keyof MessageOrder, 1>;
const ATTEMPT = {
  ...{ id: 1, method: 1, state: 1, gateway_order_no: 1, gateway_ref: 1, amount: 1, currency: 1, paid_at: 1, surplus: 1 },
} satisfies Record<keyof MessageAttempt, 1>;

it("a webhook that Shouyin sends is verified and is what its type says", async () => {
  const order = await shouyin.orders.create({ ...TEA, notify_url: `${world.origin}/hook` });
  await shouyin.orders.cancel(order.id);
  await world.makeDue();
  await world.drainJobs();
  const hook = world.hooks.find((one) => one.body.includes(order.id));
  const message = await verify(hook?.body ?? "", hook?.headers ?? {}, HOOK_SECRET);
  if (message.type !== "order.cancelled") throw new Error(message.type);
  expect(message.data.order.id).toBe(order.id);
  expect(Object.keys(message.data.order).sort()).toEqual(Object.keys(ORDER).sort());
  const attempted = await shouyin.orders.create({ ...TEA, method: "wechat.native", notify_url: `${world.origin}/hook` });
  await shouyin.orders.cancel(attempted.id);
  await world.makeDue();
  await world.drainJobs();
  const bodies = world.hooks.map((one) => JSON.parse(one.body) as { data: { attempt: object | null } });
  for (const { data } of bodies) if (data.attempt) expect(Object.keys(data.attempt).sort()).toEqual(Object.keys(ATTEMPT).sort());
});
