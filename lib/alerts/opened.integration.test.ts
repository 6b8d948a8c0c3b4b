import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inTransaction } from "#db/client.ts";
import { clearChannels, saveChannel } from "#db/queries/channels.ts";
import { insertMatchById, insertNotification } from "#db/queries/notifications.ts";
import { endpointFor } from "#db/queries/orders.ts";
import { alerts } from "#db/schema/alerts.ts";
import { attempts } from "#db/schema/attempts.ts";
import { notifications } from "#db/schema/notifications.ts";
import { newId } from "#lib/domain/ids.ts";
import { expireOrder } from "#lib/payments/close-order.ts";
import { markReviewed } from "#lib/payments/mark-reviewed.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { payPayment } from "#lib/sandbox/pay.ts";

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.database.delete(alerts);
});

const all = () => world.database.select().from(alerts).orderBy(alerts.openedAt);
const open = async () => (await all()).filter((one) => one.resolvedAt === null);

async function paid(orderToken: string, method: "wechat.native" | "alipay.qr") {
  const started = await startAttempt({ token: orderToken, method, shopper: SHOPPER }, world.database);
  if (!started.ok) throw new Error(JSON.stringify(started.problem));
  const { attemptId } = started.value;
  return async () => {
    const [attempt] = await world.database.select().from(attempts).where(eq(attempts.id, attemptId));
    const payment = await paymentByAny(world.database, attempt?.gatewayOrderNo ?? "");
    await payPayment(world.database, payment?.no ?? "", { channel: "CN", shopper: "someone" }, []);
    await world.drainNotices();
    await world.drainJobs();
  };
}

const orphan = (number: string, fingerprint: string) => ({
  ...{ id: newId("notification"), accountId: world.accountId, fingerprint, gatewayOrderNo: number, orderId: null, attemptId: null },
  ...{ verdict: "orphan" as const, fields: {}, raw: "sealed" },
});

describe("money that needs a person", () => {
  it("paid after its end: one alert, over when a person has looked at the order", async () => {
    const order = await world.openOrder(8800n, { reference: "late-1" });
    const pay = await paid(order.token, "wechat.native");
    await world.timeOut(order.id);
    await expireOrder(order.id, world.database);
    await pay();
    expect(await all()).toMatchObject([
      { kind: "paid_late", subject: order.id, merchantId: world.merchantId, live: false, count: 1, resolvedAt: null, announcedAt: null },
    ]);
    expect((await all())[0]?.facts).toMatchObject({ order: order.id, reference: "late-1", amount: "8800", currency: "HKD" });
    await markReviewed({ merchantId: world.merchantId, orderId: order.id, actor: "usr_test", reason: "seen" }, world.database);
    expect(await all()).toMatchObject([{ kind: "paid_late", resolvedBy: "itself" }]);
  });

  it("paid twice: a surplus, and no alert for the payment that was right", async () => {
    const order = await world.openOrder();
    const [first, second] = [await paid(order.token, "wechat.native"), await paid(order.token, "alipay.qr")];
    await first();
    expect(await all()).toEqual([]);
    await second();
    expect(await all()).toMatchObject([{ kind: "surplus", subject: order.id, resolvedAt: null }]);
  });

  it("a change that is rolled back leaves no alert", async () => {
    const undone = inTransaction(world.database, async (tx) => {
      await insertNotification(tx, world.merchantId, orphan("ROLLED-BACK", "r1"));
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await all()).toEqual([]);
  });
});

describe("an orphan", () => {
  it("is one alert for its number however often it comes, and over when it has found its order", async () => {
    const order = await world.openOrder();
    await paid(order.token, "wechat.native");
    const [attempt] = await world.database.select().from(attempts).where(eq(attempts.orderId, order.id));
    await insertNotification(world.database, world.merchantId, orphan("NOBODYS", "a"));
    await insertNotification(world.database, world.merchantId, orphan("NOBODYS", "a"));
    await insertNotification(world.database, world.merchantId, orphan("NOBODYS", "b"));
    expect(await open()).toMatchObject([
      { kind: "orphan", count: 2, facts: { number: "NOBODYS", account: world.accountId, accountTitle: "Sandbox" } },
    ]);
    const [row] = await world.database.select().from(notifications).where(eq(notifications.gatewayOrderNo, "NOBODYS"));
    await insertMatchById(world.database, row?.id ?? "", attempt?.id ?? "");
    expect(await open()).toEqual([]);
    // It is not forgotten, and the same trouble again is a new alert.
    await insertNotification(world.database, world.merchantId, orphan("NOBODYS", "c"));
    expect((await all()).map((one) => [one.count, one.resolvedBy])).toEqual([
      [2, "itself"],
      [1, null],
    ]);
  });
});

describe("a gateway", () => {
  const now = () => ({ failures: 3, lastFailedAt: new Date(), downUntil: new Date(), probeUntil: null });
  const channel = (downs: number) => saveChannel(world.database, world.accountId, "*", "unreachable", { ...now(), downs });

  it("that has failed but is not down is no alert; down it is one, down again the same, and healthy it is over", async () => {
    await channel(0);
    expect(await all()).toEqual([]);
    await channel(1);
    await channel(2);
    await channel(2);
    expect(await open()).toMatchObject([
      { kind: "gateway_down", subject: `${world.accountId}:*`, count: 2, facts: { why: "unreachable" } },
    ]);
    await clearChannels(world.database, world.accountId, ["*"]);
    expect(await open()).toEqual([]);
  });
});

describe("an endpoint", () => {
  const set = (id: string, text: string) =>
    world.database.execute(sql`${sql.raw(`update webhook_endpoints set ${text}`)} where id = ${id}`);

  it("that is stopped by its failures is told without its path; one stopped by a person is nobody's trouble", async () => {
    const id = (await endpointFor(world.database, world.merchantId, "https://shop.example/hook?token=secret")) ?? "";
    await set(id, "active = false, disabled_reason = 'person', disabled_at = now()");
    expect(await all()).toEqual([]);
    await set(id, "active = true, disabled_reason = null, disabled_at = null");
    await set(id, "active = false, disabled_reason = 'gone', disabled_at = now()");
    expect(await open()).toMatchObject([{ kind: "endpoint_disabled", subject: id, facts: { url: "https://shop.example", why: "gone" } }]);
    expect(JSON.stringify(await all())).not.toContain("secret");
    await set(id, "active = true, disabled_reason = null, disabled_at = null");
    expect(await open()).toEqual([]);
  });

  it("whose deliveries die is one alert, however many they are; a test's death is none", async () => {
    const id = (await endpointFor(world.database, world.merchantId, "https://deaf.example/hook")) ?? "";
    const die = (type: string) =>
      world.database.execute(sql`with d as (insert into deliveries (id, merchant_id, endpoint_id, sequence, type, body, next_try_at)
        values (${newId("delivery")}, ${world.merchantId}, ${id}, 1, ${type}, '{}', now()) returning id) select id from d`);
    await die("webhook.test");
    await world.database.execute(sql`update deliveries set state = 'dead' where endpoint_id = ${id}`);
    expect(await all()).toEqual([]);
    for (let each = 0; each < 3; each += 1) await die("order.paid");
    await world.database.execute(sql`update deliveries set state = 'dead' where endpoint_id = ${id} and state = 'pending'`);
    expect(await open()).toMatchObject([{ kind: "delivery_dead", subject: id, count: 3 }]);
  });
});

it("an audit that is found broken is the installation's alert, and over when it is whole", async () => {
  const set = (problem: string | null) => world.database.execute(sql`update audit_heads set problem = ${problem} where id = 2`);
  await world.database.execute(sql`insert into audit_heads (id, sequence, hash) values (2, 0, '') on conflict do nothing`);
  await set('{"row":7}');
  expect(await open()).toMatchObject([{ kind: "audit_broken", merchantId: null, live: null }]);
  await set(null);
  expect(await open()).toEqual([]);
});
