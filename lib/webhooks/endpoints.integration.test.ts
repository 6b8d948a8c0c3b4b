import { and, eq, sql } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { merchants } from "#db/schema/merchants.ts";
import { webhookEndpoints } from "#db/schema/webhook-endpoints.ts";
import { webhookSecrets } from "#db/schema/webhook-secrets.ts";
import { deliveries, deliveryTries } from "#db/schema/webhooks.ts";
import { newId } from "#lib/domain/ids.ts";
import { cancelOrder } from "#lib/payments/close-order.ts";
import { HOOK_SECRET, testWorld, type World } from "#lib/payments/testing.ts";
import { sealFor } from "#lib/secrets.ts";
import {
  type CreateEndpoint,
  createEndpoint,
  deleteEndpoint,
  disableEndpoint,
  ENDPOINTS_MAX,
  editEndpoint,
  enableEndpoint,
  rollEndpointSecret,
} from "#lib/webhooks/endpoints.ts";
import { sendTestEvent } from "#lib/webhooks/resend.ts";
import { openReceiver, type Received, type Receiver } from "#lib/webhooks/testing/receiver.ts";

let world: World;
let shop: Receiver;
beforeAll(async () => {
  world = await testWorld();
  shop = await openReceiver();
});
afterAll(async () => {
  await shop.close();
  await world.close();
});
beforeEach(async () => {
  // Each test has endpoints of its own.
  await world.database.execute(
    sql`update webhook_endpoints set deleted_at = now(), active = false where kind = 'merchant' and deleted_at is null`,
  );
  await world.database.execute(
    sql`update webhook_endpoints set active = true, disabled_reason = null, failing_since = null where kind = 'order'`,
  );
  shop.received.length = 0;
  shop.answers.clear();
});

async function made(more: Partial<CreateEndpoint> = {}) {
  const result = await createEndpoint({ merchantId: world.merchantId, live: false, url: shop.url(), ...more }, world.database);
  if (!result.ok) throw new Error(result.problem.code);
  return { ...result.value, which: { merchantId: world.merchantId, endpointId: result.value.endpoint.id } };
}

/** An order that is opened and cancelled: order.created, order.cancelled. */
async function cancelled(more: Record<string, unknown> = {}): Promise<string> {
  const { id } = await world.openOrder(8800n, { notifyUrl: null, ...more });
  await cancelOrder({ merchantId: world.merchantId, orderId: id, actor: "shop" }, world.database);
  await world.drainJobs();
  return id;
}
const types = (received: readonly Received[]) => received.map((one) => (JSON.parse(one.body) as { type: string }).type);
const verifies = (secret: string, { headers, body }: Received): boolean => {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
};
const rowOf = async (id: string) => (await world.database.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, id)))[0];

describe("whom an event is told", () => {
  it("the order's notify_url and every endpoint of its mode that wants it, each signed with its own secret", async () => {
    const one = await made({ url: shop.url("/one") });
    const two = await made({ url: shop.url("/two"), eventTypes: ["order.cancelled", "order.created"] });
    await made({ url: shop.url("/paid"), eventTypes: ["order.paid"] });
    await made({ url: shop.url("/live"), live: true });
    await cancelled({ notifyUrl: shop.url("/notify") });
    const by = (path: string) => shop.received.filter((each) => each.path === path);
    expect(types(by("/notify"))).toEqual(["order.cancelled"]);
    expect(types(by("/one"))).toEqual(["order.cancelled"]);
    expect(types(by("/two"))).toEqual(["order.created", "order.cancelled"]);
    expect(shop.received).toHaveLength(4);
    expect(by("/notify").map((each) => verifies(HOOK_SECRET, each))).toEqual([true]);
    expect(by("/one").map((each) => [verifies(one.secret, each), verifies(two.secret, each), verifies(HOOK_SECRET, each)])).toEqual([
      [true, false, false],
    ]);
    expect(new Set(shop.received.map((each) => each.id)).size).toBe(4);
  });

  it("live events go to live endpoints alone, another merchant's to nobody here", async () => {
    await made({ url: shop.url("/live"), live: true });
    await made({ url: shop.url("/test") });
    await cancelled({ live: true });
    expect(shop.received.map((each) => each.path)).toEqual(["/live"]);
    const other = newId("merchant");
    await world.database
      .insert(merchants)
      .values({ id: other, name: "Other", webhookSecret: sealFor("merchants.webhook_secret", other, HOOK_SECRET) });
    const { id } = await world.openOrder(8800n, { merchantId: other, notifyUrl: null });
    await cancelOrder({ merchantId: other, orderId: id, actor: "shop" }, world.database);
    await world.drainJobs();
    expect(shop.received).toHaveLength(1);
  });
});

describe("an endpoint", () => {
  it.each([
    [{ url: "nonsense" }, "url_invalid", "url"],
    [{ description: "x".repeat(201) }, "text_too_long", "description"],
    [{ eventTypes: ["order.nonsense"] }, "event_types_invalid", "event_types"],
    [{ eventTypes: [] }, "event_types_invalid", "event_types"],
  ])("%j is refused, and the field is named", async (wrong, code, field) => {
    // Private addresses are allowed in tests, so that a format problem is what is left of an address.
    const input = { merchantId: world.merchantId, live: false, url: shop.url(), ...wrong };
    process.env.ALLOW_PRIVATE_WEBHOOKS = "1";
    const result = await createEndpoint(code === "url_invalid" ? { ...input, url: "x".repeat(2000) } : input, world.database);
    expect(result).toMatchObject({ ok: false, problem: { code, field } });
  });

  it("is another merchant's business when it is another merchant's, or another mode's", async () => {
    const { endpoint } = await made();
    const foreign = { merchantId: newId("merchant"), endpointId: endpoint.id };
    const liveKey = { merchantId: world.merchantId, endpointId: endpoint.id, live: true };
    const calls = [editEndpoint, rollEndpointSecret, disableEndpoint, enableEndpoint, deleteEndpoint, sendTestEvent];
    for (const call of calls) {
      for (const which of [foreign, liveKey, { ...foreign, merchantId: world.merchantId, endpointId: "whe_none" }]) {
        expect(await call(which, world.database)).toMatchObject({ ok: false, problem: { code: "endpoint_not_found" } });
      }
    }
  });

  it("there are only so many of in one mode, however many are made at once", async () => {
    const tries = await Promise.all(
      Array.from({ length: ENDPOINTS_MAX + 8 }, (_, each) =>
        createEndpoint({ merchantId: world.merchantId, live: false, url: shop.url(`/${each}`) }, world.database),
      ),
    );
    expect(tries.filter((one) => one.ok)).toHaveLength(ENDPOINTS_MAX);
    expect(tries.find((one) => !one.ok)).toMatchObject({ problem: { code: "endpoint_limit" } });
  });

  it("moved to another address is told there, with the same secret", async () => {
    const { which, secret } = await made({ url: shop.url("/old") });
    expect(await editEndpoint({ ...which, url: shop.url("/new"), description: " New " }, world.database)).toMatchObject({
      ok: true,
      value: { url: shop.url("/new"), description: "New", eventTypes: null },
    });
    await cancelled();
    expect(shop.received.map((each) => [each.path, verifies(secret, each)])).toEqual([["/new", true]]);
  });

  it("keeps its secret sealed, and answers with it once", async () => {
    const { secret, endpoint } = await made();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const rows = await world.database.select().from(webhookSecrets).where(eq(webhookSecrets.endpointId, endpoint.id));
    expect(JSON.stringify([rows, await rowOf(endpoint.id)])).not.toContain(secret.slice(6, 30));
  });
});

describe("a secret that is rolled", () => {
  it("signs beside the new one until its time is over", async () => {
    const { which, secret: old } = await made();
    const rolled = await rollEndpointSecret({ ...which, overlapSeconds: 3600 }, world.database);
    const fresh = rolled.ok ? rolled.value.secret : "";
    await cancelled();
    const [both] = shop.received;
    expect(both?.headers["webhook-signature"]?.split(" ")).toHaveLength(2);
    expect([fresh, old].map((secret) => both && verifies(secret, both))).toEqual([true, true]);
    await world.database.execute(sql`update webhook_secrets set expires_at = now() - interval '1 second' where expires_at is not null`);
    await cancelled();
    const last = shop.received.at(-1);
    expect([fresh, old].map((secret) => last && verifies(secret, last))).toEqual([true, false]);
  });

  it("ends at once when that is asked for, and cannot be given a longer life than a week", async () => {
    const { which, secret: old } = await made();
    await rollEndpointSecret({ ...which, overlapSeconds: 0 }, world.database);
    await cancelled();
    expect(shop.received.map((each) => verifies(old, each))).toEqual([false]);
    for (const overlapSeconds of [-1, 604_801, 0.5])
      expect(await rollEndpointSecret({ ...which, overlapSeconds }, world.database)).toMatchObject({
        problem: { code: "overlap_invalid", field: "overlap" },
      });
  });

  it("too often is refused rather than signed with ever more", async () => {
    const { which } = await made();
    const codes = [];
    for (let each = 0; each < 6; each += 1) {
      const rolled = await rollEndpointSecret({ ...which, overlapSeconds: 3600 }, world.database);
      codes.push(rolled.ok ? "rolled" : rolled.problem.code);
    }
    expect(codes).toEqual(["rolled", "rolled", "rolled", "rolled", "secrets_limit", "secrets_limit"]);
  });

  it("of an order's notify_url is the merchant's own, for all of these, and loses nobody", async () => {
    await cancelled({ notifyUrl: shop.url("/notify") });
    const [row] = await world.database
      .select()
      .from(webhookEndpoints)
      .where(eq(webhookEndpoints.url, shop.url("/notify")));
    const which = { merchantId: world.merchantId, endpointId: row?.id ?? "" };
    const rolled = await rollEndpointSecret({ ...which, overlapSeconds: 60 }, world.database);
    const fresh = rolled.ok ? rolled.value.secret : "";
    await cancelled({ notifyUrl: shop.url("/notify/2") });
    const last = shop.received.at(-1);
    expect([fresh, HOOK_SECRET].map((secret) => last && verifies(secret, last))).toEqual([true, true]);
    await world.database
      .update(merchants)
      .set({ webhookSecret: sealFor("merchants.webhook_secret", world.merchantId, HOOK_SECRET) })
      .where(eq(merchants.id, world.merchantId));
    await world.database.execute(sql`update webhook_secrets set expires_at = now() - interval '1 second' where endpoint_id is null`);
  });
});

describe("an endpoint that is stopped", () => {
  it("is sent nothing, keeps all that happens meanwhile, and gets it in order when it is started again", async () => {
    const { which } = await made({ eventTypes: ["order.created", "order.cancelled"] });
    await disableEndpoint(which, world.database);
    await cancelled();
    await world.makeDue();
    await world.drainJobs();
    expect(shop.received).toEqual([]);
    await enableEndpoint(which, world.database);
    await world.makeDue();
    await world.drainJobs();
    expect(types(shop.received)).toEqual(["order.created", "order.cancelled"]);
  });

  it("is stopped at once by 410, and only that one", async () => {
    const gone = await made({ url: shop.url("/gone") });
    const stays = await made({ url: shop.url("/stays") });
    shop.answers.set("/gone", { status: 410 });
    await cancelled();
    expect(await rowOf(gone.endpoint.id)).toMatchObject({ active: false, disabledReason: "gone" });
    expect(await rowOf(stays.endpoint.id)).toMatchObject({ active: true, disabledReason: null, failingSince: null });
    await cancelled();
    expect(shop.received.filter((each) => each.path === "/gone")).toHaveLength(1);
    expect(shop.received.filter((each) => each.path === "/stays")).toHaveLength(2);
  });

  it("that is deleted is told nothing more, is not found, and its history stays", async () => {
    const { which } = await made();
    await cancelled();
    await deleteEndpoint(which, world.database);
    await cancelled();
    expect(shop.received).toHaveLength(1);
    expect(await enableEndpoint(which, world.database)).toMatchObject({ problem: { code: "endpoint_not_found" } });
    const kept = await world.database.select().from(deliveries).where(eq(deliveries.endpointId, which.endpointId));
    expect(kept.map((row) => row.state)).toEqual(["acknowledged"]);
  });
});

describe("a test event", () => {
  it("is sent at once, says what came back, and stands in the history", async () => {
    const { which, secret } = await made();
    shop.answers.set("/hook", { status: 200, headers: { "x-shop": "1" }, body: "thank you" });
    const result = await sendTestEvent(which, world.database);
    expect(result).toMatchObject({ ok: true, value: { acknowledged: true, status: 200, error: null, body: "thank you" } });
    expect(types(shop.received)).toEqual(["webhook.test"]);
    expect(shop.received.map((each) => verifies(secret, each))).toEqual([true]);
    const id = result.ok ? result.value.deliveryId : "";
    const [row] = await world.database
      .select()
      .from(deliveryTries)
      .where(and(eq(deliveryTries.deliveryId, id), eq(deliveryTries.number, 1)));
    expect(row).toMatchObject({ status: 200, url: shop.url(), responseBody: "thank you", responseHeaders: { "x-shop": "1" } });
    expect(row?.requestHeaders?.["webhook-id"]).toBe(id);
  });

  it("that fails is tried once, and does not count against the endpoint", async () => {
    const { which, endpoint } = await made();
    shop.answers.set("/hook", { status: 500, body: "no" });
    expect(await sendTestEvent(which, world.database)).toMatchObject({ ok: true, value: { acknowledged: false, status: 500, body: "no" } });
    await world.makeDue();
    await world.drainJobs();
    expect(shop.received).toHaveLength(1);
    expect(await rowOf(endpoint.id)).toMatchObject({ active: true, failingSince: null });
  });
});
