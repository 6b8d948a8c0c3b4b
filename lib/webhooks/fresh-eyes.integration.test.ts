import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cancelOrder } from "#lib/payments/close-order.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";
import { deliver } from "#lib/webhooks/deliver.ts";
import { createEndpoint, disableEndpoint, editEndpoint, rollEndpointSecret } from "#lib/webhooks/endpoints.ts";
import { replayDeliveries } from "#lib/webhooks/replay.ts";
import { openReceiver, type Receiver } from "#lib/webhooks/testing/receiver.ts";

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

async function made(live = false) {
  const result = await createEndpoint({ merchantId: world.merchantId, live, url: shop.url() }, world.database);
  if (!result.ok) throw new Error(result.problem.code);
  return { merchantId: world.merchantId, endpointId: result.value.endpoint.id };
}

it("a roll that is refused because too many secrets sign already ends none of them: the endpoint is never left without one", async () => {
  const endpoint = await made();
  for (let rolls = 0; rolls < 4; rolls += 1) {
    expect((await rollEndpointSecret({ ...endpoint, overlapSeconds: 3600 }, world.database)).ok).toBe(true);
  }
  const refused = await rollEndpointSecret({ ...endpoint, overlapSeconds: 60 }, world.database);
  expect(refused).toMatchObject({ ok: false, problem: { code: "secrets_limit" } });
  const { rows } = await world.database.execute(
    sql`select count(*) filter (where expires_at is null)::int as lasting, count(*) filter (where expires_at < now() + interval '10 minutes')::int as cut
      from webhook_secrets where endpoint_id = ${endpoint.endpointId}`,
  );
  expect(rows[0]).toEqual({ lasting: 1, cut: 0 });
});

it("a replay by a key of one mode does not know the other mode's endpoint, active or not", async () => {
  const endpoint = await made(true);
  const to = new Date();
  const wanted = { ...endpoint, live: false, from: new Date(to.getTime() - 1000), to, actor: "shop" };
  const unknown = { ok: false, problem: { code: "endpoint_not_found" } };
  expect(await replayDeliveries(wanted, world.database)).toMatchObject(unknown);
  await disableEndpoint(endpoint, world.database);
  expect(await replayDeliveries(wanted, world.database)).toMatchObject(unknown);
});

it("a 410 to a test order does not keep live orders of the same notify_url from being told; one to a live order does", async () => {
  const notifyUrl = shop.url("/both");
  const cancelled = async (live: boolean) => {
    const { id } = await world.openOrder(8800n, { notifyUrl, live });
    await cancelOrder({ merchantId: world.merchantId, orderId: id, actor: "shop" }, world.database);
    await world.drainJobs();
  };
  const active = async () => {
    const { rows } = await world.database.execute<{ active: boolean }>(sql`select active from webhook_endpoints where url = ${notifyUrl}`);
    return rows[0]?.active;
  };
  await cancelled(true);
  shop.answers.set("/both", { status: 410 });
  await cancelled(false);
  expect([await active(), shop.received.filter(({ path }) => path === "/both").length]).toEqual([true, 2]);
  await cancelled(true);
  expect(await active()).toBe(false);
});

it("a notice that is signed once goes to where its endpoint has moved meanwhile, with the very bytes of before", async () => {
  shop.answers.set("/typo", { status: 404 });
  const made = await createEndpoint({ merchantId: world.merchantId, live: false, url: shop.url("/typo") }, world.database);
  if (!made.ok) throw new Error(made.problem.code);
  const which = { merchantId: world.merchantId, endpointId: made.value.endpoint.id };
  const { id } = await world.openOrder(8800n, { notifyUrl: null });
  await cancelOrder({ merchantId: world.merchantId, orderId: id, actor: "shop" }, world.database);
  await world.drainJobs();
  // As the first try of a gateway's own form leaves it (`keepMessage`).
  const kept = { method: "POST", url: shop.url("/typo"), headers: { "content-type": "text/plain" }, body: "sign=kept" };
  await world.database.execute(
    sql`update deliveries set message = ${JSON.stringify(kept)}::jsonb, next_try_at = now() where endpoint_id = ${which.endpointId}`,
  );
  await editEndpoint({ ...which, url: shop.url("/moved") }, world.database);
  await deliver(which.endpointId, id, world.database);
  expect(shop.received.filter(({ path }) => path === "/moved").map(({ body }) => body)).toEqual(["sign=kept"]);
});
