import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inTransaction } from "#db/client.ts";
import { claimDeliveries, claimDeliveriesOf, claimLowestUndelivered } from "#db/queries/deliveries.ts";
import { endpointFor } from "#db/queries/orders.ts";
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
    const { endpointId, stream } = await owed();
    const sent = await Promise.all(Array.from({ length: 8 }, () => deliver(endpointId, stream, world.database)));
    expect(sent.reduce((sum, one) => sum + one.sent, 0)).toBe(1);
    expect(world.hooks).toHaveLength(1);
    expect(await deliveryOf(stream)).toMatchObject({ state: "acknowledged", tries: 1 });
  });

  it("is left alone while a sender is at it, and is due again when that one dies; its try has not counted", async () => {
    const { endpointId, stream } = await owed();
    expect(await claimLowestUndelivered(world.database, endpointId, stream)).not.toBeNull();
    expect((await deliver(endpointId, stream, world.database)).sent).toBe(0);
    await world.makeDue();
    await world.drainJobs();
    expect(world.hooks).toHaveLength(1);
    expect(await deliveryOf(stream)).toMatchObject({ state: "acknowledged", tries: 1 });
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

describe("what is due", () => {
  it("is handed out endpoint by endpoint: one that owes hundreds hides no other, and one that is stopped hides nothing", async () => {
    await world.drainJobs();
    const { database, merchantId } = world;
    const [crowded, quiet, stopped] = await Promise.all(
      ["/crowded", "/quiet", "/stopped"].map((path) => endpointFor(database, merchantId, `${world.origin}${path}`)),
    );
    await database.execute(sql`update webhook_endpoints set active = false, disabled_reason = 'person' where id = ${stopped}`);
    const owe = (endpointId: string | undefined, count: number, minutes: number) =>
      database.execute(sql`insert into deliveries (id, merchant_id, endpoint_id, sequence, type, body, next_try_at)
        select ${`msg_${endpointId}_`} || n, ${merchantId}, ${endpointId}, 1, 'webhook.test', '{}', now() - make_interval(mins => ${minutes}::int)
        from generate_series(1, ${count}::int) n`);
    await owe(crowded, 500, 60);
    await owe(stopped, 500, 60);
    await owe(quiet, 3, 1);
    const claimed = await inTransaction(database, (tx) => claimDeliveries(tx, 400, 10));
    const of = (endpointId: string | undefined) => claimed.filter((one) => one.endpointId === endpointId).length;
    expect([of(crowded), of(quiet), of(stopped)]).toEqual([10, 3, 0]);
    // Whoever is at that endpoint asks for more of it, and gets none twice.
    const more = await inTransaction(database, (tx) => claimDeliveriesOf(tx, crowded ?? "", 50));
    const streams = new Set([...claimed, ...more].map((one) => one.stream));
    expect([more.length, streams.size]).toEqual([50, 63]);
  });
});
