import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { webhookEndpoints } from "#db/schema/webhook-endpoints.ts";
import { DELIVERY_RETRY_SECONDS } from "#lib/domain/schedules.ts";
import { cancelOrder } from "#lib/payments/close-order.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";
import { createEndpoint, enableEndpoint } from "#lib/webhooks/endpoints.ts";
import { openReceiver, type Receiver } from "#lib/webhooks/testing/receiver.ts";

/** Five failing days on end (docs/webhooks.md): what they are, and what is none. */
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
  await world.database.execute(sql`update webhook_endpoints set deleted_at = now(), active = false where deleted_at is null`);
  shop.answers.clear();
});

async function made(url = shop.url()) {
  const result = await createEndpoint({ merchantId: world.merchantId, live: false, url }, world.database);
  if (!result.ok) throw new Error(result.problem.code);
  return { ...result.value, which: { merchantId: world.merchantId, endpointId: result.value.endpoint.id } };
}

/** One event more that is told. */
async function cancelled(): Promise<void> {
  const { id } = await world.openOrder(8800n, { notifyUrl: null });
  await cancelOrder({ merchantId: world.merchantId, orderId: id, actor: "shop" }, world.database);
  await world.drainJobs();
}
const rowOf = async (id: string) => (await world.database.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, id)))[0];

describe("an endpoint that fails is stopped", () => {
  /** So many hours go by for an endpoint; what it is owed is not tried meanwhile. */
  const goBy = (id: string, hours: number) =>
    world.database.execute(sql`update webhook_endpoints set failing_since = failing_since - make_interval(secs => ${hours * 3600}),
      last_failed_at = last_failed_at - make_interval(secs => ${hours * 3600}) where id = ${id}`);
  /** Tries of fresh events, so many hours after one another; the state after each. */
  const tries = async (id: string, waits: readonly number[]) => {
    const active: (boolean | undefined)[] = [];
    for (const hours of waits) {
      await goBy(id, hours);
      await cancelled();
      active.push((await rowOf(id))?.active);
    }
    return active;
  };
  const half = (days: number) => Array.from({ length: days * 2 }, () => 12);

  it("for good: on the fifth day of a shop that sells every day, not before, and it begins anew when it is started again", async () => {
    const { endpoint, which } = await made();
    shop.answers.set("/hook", { status: 500 });
    const states = await tries(endpoint.id, [0, ...half(5)]);
    expect(states).toEqual([...Array.from({ length: 10 }, () => true), false]);
    expect(await rowOf(endpoint.id)).toMatchObject({ disabledReason: "failing", failedTries: 11 });
    await enableEndpoint(which, world.database);
    expect(await rowOf(endpoint.id)).toMatchObject({ active: true, disabledReason: null, failingSince: null, failedTries: 0 });
  });

  it("not for one message it cannot take, over all its ten tries, nor for one failure weeks after that dead letter", async () => {
    const { endpoint } = await made();
    shop.answers.set("/hook", { status: 500 });
    const waits = DELIVERY_RETRY_SECONDS.map((seconds) => (seconds * 1.1) / 3600);
    expect(await tries(endpoint.id, [0, ...waits])).not.toContain(false);
    expect(await rowOf(endpoint.id)).toMatchObject({ failedTries: 10 });
    expect(await tries(endpoint.id, [20 * 24])).toEqual([true]);
    const row = await rowOf(endpoint.id);
    expect(row?.failedTries).toBe(1);
    expect(Date.now() - Number(row?.failingSince)).toBeLessThan(60_000);
  });

  it("not for failures of which some were acknowledged, nor for fewer than ten", async () => {
    const { endpoint } = await made();
    shop.answers.set("/hook", { status: 500 });
    expect(await tries(endpoint.id, [0, ...half(4)])).not.toContain(false);
    shop.answers.clear();
    await cancelled();
    expect(await rowOf(endpoint.id)).toMatchObject({ active: true, failingSince: null, failedTries: 0, lastFailedAt: null });
    shop.answers.set("/hook", { status: 500 });
    expect(await tries(endpoint.id, [12, ...half(4)])).not.toContain(false);
    const other = await made(shop.url("/rare"));
    shop.answers.set("/rare", { status: 500 });
    expect(await tries(other.endpoint.id, [0, 40, 40, 40, 40])).not.toContain(false);
  });
});
