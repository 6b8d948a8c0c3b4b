import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditedBy } from "#db/queries/audit-testing.ts";
import { OPERATIONS } from "#lib/api/registry.ts";
import { type Answer, type Client, client } from "#lib/api/testing.ts";
import type { AuditAction } from "#lib/domain/audit.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";

/** What each operation that changes something writes to the audit: one row, with the key as who did it, or nothing for a reason. */
let world: World;
let shop: Client;
let readOnly: Client;
beforeAll(async () => {
  world = await testWorld();
  shop = await client(world);
  readOnly = await client(world, { scopes: ["orders:read"] });
});
afterAll(() => world.close());

const TEA = { amount: "88.00", currency: "HKD", title: "Tea" };

/** No rows of these: a shop's ordinary business, whose own history tells it; the sandbox is another company. */
const UNWRITTEN: Readonly<Record<string, string>> = {
  "orders.create": "opens an order, which the order's own history tells; a scanned code in it is charged, and written",
  "attempts.create": "a try to pay, which the order's own history tells; a scanned code is charged, and written",
  "sandbox.pay": "what a shopper does at the sandbox",
  "sandbox.decline": "what a shopper does at the sandbox",
  "sandbox.expire": "what happens at the sandbox",
  "sandbox.arm_fault": "what happens at the sandbox",
  "sandbox.wallet_code": "what a shopper does at the sandbox",
};

interface Press {
  action: AuditAction;
  kind: string;
  path: string;
  body?: object;
  /** The target's id, when it is not what the answer's `id` says. */
  target?: string;
}

const id = async (path: string, body: object): Promise<string> => (await shop.post(path, body)).body.id;
const order = () => id("/orders", TEA);
const link = () => id("/links", { title: "Tea", currency: "HKD", amount: "88.00" });
const endpoint = () => id("/webhook-endpoints", { url: `${world.origin}/hook` });
async function paid(): Promise<string> {
  const made = (await shop.post("/orders", { ...TEA, method: "wechat.native" })).body;
  await shop.post(`/sandbox/attempts/${made.attempt.id}/pay`, {});
  return made.id;
}
const delivery = async () => (await shop.get(`/deliveries?order=${await paid()}`)).body.data[0].id as string;
const code = async () => ({
  method: "wechat.barcode",
  auth_code: (await shop.post("/sandbox/codes", { wallet: "wechat" })).body.auth_code,
});

/** Each way of using an operation, made ready; beside its id what is particular about it. */
const WRITTEN: Readonly<Record<string, () => Promise<Press>>> = {
  "orders.cancel": async () => ({ action: "orders.close", kind: "order", path: `/orders/${await order()}/cancel` }),
  "orders.expire": async () => ({ action: "orders.expire", kind: "order", path: `/orders/${await order()}/expire` }),
  "orders.create a scanned code": async () => ({
    action: "counter.charge",
    kind: "order",
    path: "/orders",
    body: { ...TEA, ...(await code()) },
  }),
  "attempts.create a scanned code": async () => {
    const target = await order();
    return { action: "counter.charge", kind: "order", path: `/orders/${target}/attempts`, body: await code(), target };
  },
  "refunds.create": async () => ({
    ...{ action: "refunds.create", kind: "refund", path: "/refunds" },
    body: { order: await paid(), amount: "1.00", reason: "One was sold out" },
  }),
  "links.create": async () => ({
    action: "links.create",
    kind: "link",
    path: "/links",
    body: { title: "Tea", currency: "HKD", amount: "1.00" },
  }),
  "links.update": async () => ({ action: "links.edit", kind: "link", path: `/links/${await link()}`, body: { title: "Other tea" } }),
  "links.retire": async () => ({ action: "links.retire", kind: "link", path: `/links/${await link()}/retire` }),
  "links.reactivate": async () => {
    const made = await link();
    await shop.post(`/links/${made}/retire`);
    return { action: "links.reopen", kind: "link", path: `/links/${made}/reactivate` };
  },
  "webhook_endpoints.create": async () => ({
    ...{ action: "endpoints.create", kind: "endpoint", path: "/webhook-endpoints", body: { url: `${world.origin}/new` } },
  }),
  "webhook_endpoints.update": async () => ({
    ...{ action: "endpoints.edit", kind: "endpoint", path: `/webhook-endpoints/${await endpoint()}`, body: { description: "new" } },
  }),
  "webhook_endpoints.update disabled": async () => ({
    ...{ action: "endpoints.disable", kind: "endpoint", path: `/webhook-endpoints/${await endpoint()}`, body: { status: "disabled" } },
  }),
  "webhook_endpoints.update active": async () => {
    const path = `/webhook-endpoints/${await endpoint()}`;
    await shop.patch(path, { status: "disabled" });
    return { action: "endpoints.enable", kind: "endpoint", path, body: { status: "active" } };
  },
  "webhook_endpoints.delete": async () => ({
    action: "endpoints.delete",
    kind: "endpoint",
    path: `/webhook-endpoints/${await endpoint()}`,
  }),
  "webhook_endpoints.roll_secret": async () => {
    const target = await endpoint();
    return { action: "endpoints.roll", kind: "endpoint", path: `/webhook-endpoints/${target}/roll-secret`, body: {}, target };
  },
  "webhook_endpoints.test": async () => {
    const target = await endpoint();
    return { action: "endpoints.test", kind: "endpoint", path: `/webhook-endpoints/${target}/test`, target };
  },
  "deliveries.resend": async () => ({ action: "deliveries.resend", kind: "delivery", path: `/deliveries/${await delivery()}/resend` }),
  "deliveries.replay": async () => {
    await delivery();
    const hour = 3_600_000;
    const body = { from: new Date(Date.now() - hour).toISOString(), to: new Date(Date.now() + hour).toISOString() };
    return { action: "deliveries.replay", kind: "replay", path: "/deliveries/replay", body };
  },
};

const CHANGING = OPERATIONS.filter(({ method }) => method !== "GET");

it("every operation that changes something is written, or says why not", () => {
  const told = new Set([...Object.keys(WRITTEN).map((name) => name.split(" ")[0]), ...Object.keys(UNWRITTEN)]);
  expect(CHANGING.filter((one) => !told.has(one.id)).map((one) => one.id)).toEqual([]);
  expect([...told].filter((name) => !CHANGING.some((one) => one.id === name))).toEqual([]);
});

describe("a call that changes something", () => {
  it.each(Object.entries(WRITTEN))("%s: one row with the key that did it, none when it is refused", async (name, ready) => {
    const operation = CHANGING.find((one) => one.id === name.split(" ")[0]);
    if (!operation) throw new Error(name);
    const press = await ready();
    const body = press.body === undefined ? null : JSON.stringify(press.body);
    const init = { body, headers: { ...(body && { "content-type": "application/json" }) } };
    const send = (who: Client): Promise<Answer> => who.send(operation.method, press.path, init);
    const refused = await auditedBy(world.database, () => send(readOnly));
    expect([refused.value.status, refused.rows]).toEqual([403, []]);
    const done = await auditedBy(world.database, () => send(shop));
    expect(done.value.status, done.value.text).toBe(operation.status);
    const target = { kind: press.kind, id: press.target ?? done.value.body.id };
    const actor = { kind: "key", id: shop.key.id, name: "test" };
    expect(done.rows).toMatchObject([{ actor, merchant: world.merchantId, action: press.action, target }]);
  });

  it.each(["orders.create", "attempts.create"])("%s without a scanned code writes no row", async (name) => {
    const path = name === "orders.create" ? "/orders" : `/orders/${await order()}/attempts`;
    const body = { ...(name === "orders.create" && TEA), method: "wechat.native" };
    const made = await auditedBy(world.database, () => shop.post(path, body));
    expect([made.value.status, made.rows]).toEqual([201, []]);
  });
});
