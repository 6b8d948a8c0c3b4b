import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testWorld, type World } from "#lib/payments/testing.ts";
import { createEndpoint, disableEndpoint, rollEndpointSecret } from "#lib/webhooks/endpoints.ts";
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
