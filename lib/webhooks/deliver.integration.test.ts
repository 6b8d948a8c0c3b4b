import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { claimLowestUndelivered } from "#db/queries/deliveries.ts";
import { deliveries } from "#db/schema/webhooks.ts";
import { boss } from "#lib/jobs/queues.ts";
import { tick } from "#lib/jobs/ticker.ts";
import { expireOrder } from "#lib/payments/close-order.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";
import { deliver } from "#lib/webhooks/deliver.ts";

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.hooks.length = 0;
});

/** An order whose end the shop is to be told of, and the delivery owed. */
async function owed() {
  const order = await world.openOrder();
  await world.timeOut(order.id);
  await expireOrder(order.id, world.database);
  return deliveryOf(order.id);
}

async function deliveryOf(orderId: string) {
  const [row] = await world.database.select().from(deliveries).where(eq(deliveries.orderId, orderId));
  if (!row) throw new Error("no delivery is owed");
  return row;
}

describe("a webhook that several are sent to deliver", () => {
  it("is sent by one of them, however many start at once", async () => {
    const { endpointId, orderId } = await owed();
    const sent = await Promise.all(Array.from({ length: 8 }, () => deliver(endpointId, orderId, world.database)));
    expect(sent.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(world.hooks).toHaveLength(1);
    expect(await deliveryOf(orderId)).toMatchObject({ state: "acknowledged", tries: 1 });
  });

  it("is left alone while a sender is at it, and is due again when that one dies; its try has not counted", async () => {
    const { endpointId, orderId } = await owed();
    expect(await claimLowestUndelivered(world.database, endpointId, orderId)).not.toBeNull();
    expect(await deliver(endpointId, orderId, world.database)).toBe(0);
    await world.makeDue();
    await world.drainJobs();
    expect(world.hooks).toHaveLength(1);
    expect(await deliveryOf(orderId)).toMatchObject({ state: "acknowledged", tries: 1 });
  });

  it("has one job from the moment it is owed, and the ticker adds none while that may still run", async () => {
    await world.drainJobs();
    await owed();
    expect(await tick(world.database)).toBe(0);
    const queued = await boss().fetch("deliver", { batchSize: 10 });
    expect(queued).toHaveLength(1);
    await boss().complete(
      "deliver",
      queued.map((job) => job.id),
    );
  });
});
