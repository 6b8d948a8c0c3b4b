import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { webhookReplays } from "#db/schema/webhook-replays.ts";
import { deliveries, deliveryTries } from "#db/schema/webhooks.ts";
import { DELIVERY_RETRY_SECONDS } from "#lib/domain/schedules.ts";
import { cancelOrder } from "#lib/payments/close-order.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";
import { deliver } from "#lib/webhooks/deliver.ts";
import { createEndpoint, disableEndpoint, enableEndpoint } from "#lib/webhooks/endpoints.ts";
import { replayDeliveries, replayMore } from "#lib/webhooks/replay.ts";
import { resendDelivery } from "#lib/webhooks/resend.ts";
import { openReceiver, type Receiver } from "#lib/webhooks/testing/receiver.ts";

let world: World;
let shop: Receiver;
let endpointId: string;
beforeAll(async () => {
  world = await testWorld();
  shop = await openReceiver();
  const made = await createEndpoint(
    { merchantId: world.merchantId, live: false, url: shop.url(), eventTypes: ["order.created", "order.cancelled"] },
    world.database,
  );
  endpointId = made.ok ? made.value.endpoint.id : "";
});
afterAll(async () => {
  await shop.close();
  await world.close();
});
beforeEach(async () => {
  await world.drainJobs();
  await world.database.execute(sql`update deliveries set state = 'dead' where state = 'pending'`);
  // What other tests sent is long ago.
  await world.database.execute(
    sql`update deliveries set created_at = created_at - interval '80 days' where created_at > now() - interval '1 day'`,
  );
  shop.received.length = 0;
  shop.answers.clear();
});

/** An order opened and cancelled: two events told. */
async function twoEvents(): Promise<string> {
  const { id } = await world.openOrder(8800n, { notifyUrl: null });
  await cancelOrder({ merchantId: world.merchantId, orderId: id, actor: "shop" }, world.database);
  return id;
}
const rowsOf = (orderId: string) =>
  world.database.select().from(deliveries).where(eq(deliveries.orderId, orderId)).orderBy(deliveries.sequence);
const sequences = () => shop.received.map((each) => (JSON.parse(each.body) as { data: { sequence: number } }).data.sequence);
const today = () => ({ from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) });
const replay = (more: Record<string, unknown> = {}) =>
  replayDeliveries({ merchantId: world.merchantId, actor: "usr_1", ...today(), ...more }, world.database);

describe("a delivery that is not acknowledged", () => {
  it("is tried on the schedule, ten times over 75 hours, and is then a dead letter; each try is written down", async () => {
    shop.answers.set("/hook", { status: 500, headers: { "x-why": "broken" }, body: "oops" });
    const id = await twoEvents();
    await world.drainJobs();
    const waits: number[] = [];
    for (let tries = 1; tries < 10; tries += 1) {
      const [row] = await rowsOf(id);
      expect(row).toMatchObject({ state: "pending", tries });
      waits.push(((row?.nextTryAt.getTime() ?? 0) - Date.now()) / 1000);
      await world.makeDue();
      await world.drainJobs();
    }
    for (const [index, seconds] of DELIVERY_RETRY_SECONDS.entries()) expect(Math.abs((waits[index] ?? 0) / seconds - 1)).toBeLessThan(0.3);
    expect((await rowsOf(id))[0]).toMatchObject({ state: "dead", tries: 10 });
    const [first] = await rowsOf(id);
    const history = await world.database
      .select()
      .from(deliveryTries)
      .where(eq(deliveryTries.deliveryId, first?.id ?? ""));
    expect(history).toHaveLength(10);
    expect(history[3]).toMatchObject({ status: 500, responseBody: "oops", error: null, url: shop.url() });
    expect(history[3]?.responseHeaders).toMatchObject({ "x-why": "broken" });
    expect(history[3]?.requestHeaders?.["webhook-signature"]).toMatch(/^v1,/);
    // The later event waited for it all that time, and is told now that nothing stands before it.
    expect(new Set(sequences())).toEqual(new Set([1]));
    shop.answers.clear();
    await world.makeDue();
    await world.drainJobs();
    expect(sequences().at(-1)).toBe(2);
  });

  it("waits as long as the endpoint asks for", async () => {
    shop.answers.set("/hook", { status: 503, headers: { "retry-after": "7200" } });
    const id = await twoEvents();
    await world.drainJobs();
    const [row] = await rowsOf(id);
    expect(((row?.nextTryAt.getTime() ?? 0) - Date.now()) / 1000).toBeGreaterThan(7100);
  });

  it("cannot be changed afterwards: same id, same bytes, by trigger", async () => {
    const id = await twoEvents();
    const [row] = await rowsOf(id);
    const change = (text: string) => world.database.$client.query(text, [row?.id]);
    await expect(change("update deliveries set body = 'other' where id = $1")).rejects.toThrow("never changes");
    await expect(change("delete from deliveries where id = $1")).rejects.toThrow("never deleted");
    await world.drainJobs();
  });
});

describe("one sent again", () => {
  it("has the same id and the same bytes, whether it was acknowledged or dead, and begins its schedule anew", async () => {
    const id = await twoEvents();
    await world.drainJobs();
    const [before] = [...shop.received];
    const [row] = await rowsOf(id);
    shop.answers.set("/hook", { status: 500 });
    expect(await resendDelivery({ merchantId: world.merchantId, deliveryId: row?.id ?? "" }, world.database)).toMatchObject({ ok: true });
    await world.drainJobs();
    const again = shop.received.at(-1);
    expect([again?.id, again?.body]).toEqual([before?.id, before?.body]);
    const [after] = await rowsOf(id);
    expect(after).toMatchObject({ state: "pending", tries: 2, triesBefore: 1, acknowledgedAt: row?.acknowledgedAt });
    expect(((after?.nextTryAt.getTime() ?? 0) - Date.now()) / 1000).toBeLessThan(6);
  });

  it("keeps nothing new of its order waiting", async () => {
    const { id } = await world.openOrder(8800n, { notifyUrl: null });
    await world.drainJobs();
    const [first] = await rowsOf(id);
    shop.answers.set("/hook", { status: 500 });
    await resendDelivery({ merchantId: world.merchantId, deliveryId: first?.id ?? "" }, world.database);
    await world.drainJobs();
    shop.answers.clear();
    await cancelOrder({ merchantId: world.merchantId, orderId: id, actor: "shop" }, world.database);
    await deliver(endpointId, id, world.database);
    expect((await rowsOf(id)).map((row) => [row.sequence, row.state])).toEqual([
      [1, "pending"],
      [2, "acknowledged"],
    ]);
  });

  it("is not another merchant's or another mode's to send, nor one of a disabled endpoint", async () => {
    const id = await twoEvents();
    await world.drainJobs();
    const [row] = await rowsOf(id);
    const deliveryId = row?.id ?? "";
    expect(await resendDelivery({ merchantId: "mer_other", deliveryId }, world.database)).toMatchObject({
      problem: { code: "delivery_not_found" },
    });
    const live = { merchantId: world.merchantId, deliveryId, live: true };
    expect(await resendDelivery(live, world.database)).toMatchObject({ problem: { code: "delivery_not_found" } });
    await disableEndpoint({ merchantId: world.merchantId, endpointId }, world.database);
    expect(await resendDelivery({ merchantId: world.merchantId, deliveryId }, world.database)).toMatchObject({
      problem: { code: "endpoint_disabled" },
    });
    expect(await replay({ endpointId })).toMatchObject({ problem: { code: "endpoint_disabled" } });
    await enableEndpoint({ merchantId: world.merchantId, endpointId }, world.database);
  });
});

describe("a replay", () => {
  it("sends again what the filter says, says how many, in order, with the same ids and bytes", async () => {
    for (let each = 0; each < 3; each += 1) await twoEvents();
    await world.drainJobs();
    const before = new Map(shop.received.map((each) => [each.id, each.body]));
    expect(before.size).toBe(6);
    shop.received.length = 0;
    expect(await replay({ types: ["order.cancelled"] })).toMatchObject({ ok: true, value: { count: 3 } });
    await world.drainJobs();
    expect(shop.received).toHaveLength(3);
    for (const each of shop.received) expect(each.body).toBe(before.get(each.id));
    shop.received.length = 0;
    expect(await replay({ states: ["acknowledged"], live: false, endpointId })).toMatchObject({ ok: true, value: { count: 6 } });
    await world.drainJobs();
    expect(sequences()).toEqual([1, 2, 1, 2, 1, 2]);
  });

  it("that is interrupted goes on where it was, and sends none twice by itself", async () => {
    for (let each = 0; each < 2; each += 1) await twoEvents();
    await world.drainJobs();
    shop.received.length = 0;
    const asked = await replay();
    const id = asked.ok ? asked.value.replayId : "";
    // Two workers at once, then a third: the row's lock and its cursor make it one replay.
    await Promise.all([replayMore(id, world.database), replayMore(id, world.database)]);
    await replayMore(id, world.database);
    await world.drainJobs();
    expect(shop.received).toHaveLength(4);
    const [row] = await world.database.select().from(webhookReplays).where(eq(webhookReplays.id, id));
    expect(row).toMatchObject({ total: 4, done: 4 });
    expect(row?.finishedAt).toBeInstanceOf(Date);
  });

  it("is made again by the ticker when its job was lost", async () => {
    await twoEvents();
    await world.drainJobs();
    shop.received.length = 0;
    await replay();
    await world.database.execute(sql`delete from pgboss.job where name = 'replay'`);
    await world.makeDue();
    await world.drainJobs();
    expect(shop.received).toHaveLength(2);
  });

  it.each([
    [{ from: new Date(2), to: new Date(1) }, "replay_range"],
    [{ from: new Date(0), to: new Date(91 * 86_400_000) }, "replay_range"],
    [{ from: new Date(0), to: new Date(1) }, "replay_empty"],
    [{ endpointId: "whe_none" }, "endpoint_not_found"],
    [{ merchantId: "mer_other" }, "replay_empty"],
    [{ live: true }, "replay_empty"],
  ])("%j is refused", async (wrong, code) => {
    await twoEvents();
    expect(await replay(wrong)).toMatchObject({ ok: false, problem: { code } });
  });
});
