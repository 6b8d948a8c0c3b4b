import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimIdempotencyKey, endLease, keepAnswer, noteMade, purgeApiRows } from "#db/queries/api-idempotency.ts";
import { type Client, client } from "#lib/api/testing.ts";
import { newToken } from "#lib/domain/ids.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";

let world: World;
let shop: Client;
beforeAll(async () => {
  world = await testWorld();
  shop = await client(world);
});
afterAll(() => world.close());

const TEA = { amount: "88.00", currency: "HKD", title: "Tea" };
const key = (name: string) => ({ "idempotency-key": name });
const orders = async () => (await world.database.$client.query<{ n: number }>("select count(*)::int as n from orders")).rows[0]?.n ?? 0;

describe("Idempotency-Key", () => {
  it("the same request again gives the stored answer, byte for byte, and makes nothing", async () => {
    const first = await shop.post("/orders", TEA, key("k-1"));
    const before = await orders();
    const again = await shop.post("/orders", TEA, key("k-1"));
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect([first.headers.get("idempotent-replayed"), again.headers.get("idempotent-replayed")]).toEqual([null, "true"]);
    expect(await orders()).toBe(before);
    // The same key as a structured string.
    expect((await shop.post("/orders", TEA, key('"k-1"'))).text).toBe(first.text);
  });

  it("the same key with another request is refused, with another body as with another path", async () => {
    await shop.post("/orders", TEA, key("k-2"));
    const body = await shop.post("/orders", { ...TEA, amount: "89.00" }, key("k-2"));
    const path = await shop.post("/links", { title: "Tea", currency: "HKD", amount: "1.00" }, key("k-2"));
    for (const { status, body: told } of [body, path]) expect([status, told.code]).toEqual([422, "idempotency_key_reused"]);
  });

  it("a refusal is kept too, and keys that are no keys are refused", async () => {
    const first = await shop.post("/orders", { ...TEA, account: "acc_00000000000000000000000000" }, key("k-3"));
    const again = await shop.post("/orders", { ...TEA, account: "acc_00000000000000000000000000" }, key("k-3"));
    expect([first.status, again.text]).toEqual([422, first.text]);
    expect((await shop.post("/orders", TEA, key("a b"))).body.code).toBe("idempotency_key_invalid");
    expect((await shop.post("/orders", TEA, key("x".repeat(256)))).body.code).toBe("idempotency_key_invalid");
  });

  it("twenty at once make one order: one answer is the first, the others say that it is in flight or repeat it", async () => {
    const before = await orders();
    const answers = await Promise.all(Array.from({ length: 20 }, () => shop.post("/orders", TEA, key("k-4"))));
    expect(await orders()).toBe(before + 1);
    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
    for (const { status, body, headers } of answers.filter((one) => one.status !== 201)) {
      expect([status, body.code, headers.get("retry-after")]).toEqual([409, "idempotency_in_flight", "1"]);
    }
  });

  it("live and test keys have keys of their own", async () => {
    const live = await client(world, { live: true });
    const test = await shop.post("/orders", TEA, key("k-5"));
    const real = await live.post("/orders", TEA, key("k-5"));
    expect(real.body.live).toBe(true);
    expect(real.body.id).not.toBe(test.body.id);
  });

  it.each([
    ["order", "/orders", TEA],
    ["order with its attempt", "/orders", { ...TEA, method: "wechat.native" }],
    ["link", "/links", { title: "Tea", currency: "HKD", amount: "1.00" }],
    ["link of a slug", "/links", { title: "Tea", currency: "HKD", amount: "1.00", slug: "crash-tea" }],
    ["webhook endpoint", "/webhook-endpoints", { url: "https://shop.example/hooks" }],
  ])(
    "a process that dies between making and answering locks the key for a minute at most and makes no second %s",
    async (name, path, body) => {
      const first = await shop.post(path, body, key(`crash ${name}`.replaceAll(" ", "-")));
      expect(first.status).toBe(201);
      // As a process leaves it that is killed after its commit: no answer kept.
      const left = sql`update idempotency_keys set status = null, body = null where key = ${`test:crash ${name}`.replaceAll(" ", "-")}`;
      await world.database.execute(left);
      const locked = await shop.post(path, body, key(`crash ${name}`.replaceAll(" ", "-")));
      expect([locked.status, locked.body.code]).toEqual([409, "idempotency_in_flight"]);
      await world.database.execute(sql`update idempotency_keys set lease_until = now() - interval '1 second' where status is null`);
      const again = await shop.post(path, body, key(`crash ${name}`.replaceAll(" ", "-")));
      expect([again.status < 300, again.body.id]).toEqual([true, first.body.id]);
      expect((await shop.post(path, body, key(`crash ${name}`.replaceAll(" ", "-")))).text).toBe(again.text);
    },
  );

  it("a run whose lease is over commits nothing once another has begun, which then finds what is made", async () => {
    const asked = { merchantId: world.merchantId, key: "test:fence", requestHash: "x", leaseSeconds: 60 };
    const claim = async () => {
      const got = await claimIdempotencyKey(world.database, { ...asked, seed: newToken() });
      if (got.kind !== "claimed") throw new Error(got.kind);
      return got;
    };
    const first = await claim();
    expect(await claimIdempotencyKey(world.database, { ...asked, seed: newToken() })).toEqual({ kind: "in_flight" });
    await world.database.execute(sql`update idempotency_keys set lease_until = now() - interval '1 second' where key = 'test:fence'`);
    const second = await claim();
    expect([second.seed, second.made]).toEqual([first.seed, null]);
    expect(await noteMade(world.database, { ...asked, leaseUntil: first.leaseUntil }, "lnk_1")).toBe(false);
    expect(await noteMade(world.database, { ...asked, leaseUntil: second.leaseUntil }, "lnk_2")).toBe(true);
    await world.database.execute(sql`update idempotency_keys set lease_until = now() - interval '1 second' where key = 'test:fence'`);
    expect((await claim()).made).toBe("lnk_2");
  });

  it("what an overtaken run says is not kept, and it ends nobody's lease but its own", async () => {
    const asked = { merchantId: world.merchantId, key: "test:overtaken", requestHash: "x", leaseSeconds: 60 };
    const claim = () => claimIdempotencyKey(world.database, { ...asked, seed: newToken() });
    const first = await claim();
    await world.database.execute(sql`update idempotency_keys set lease_until = now() - interval '1 second' where key = 'test:overtaken'`);
    const second = await claim();
    if (first.kind !== "claimed" || second.kind !== "claimed") throw new Error("not claimed");
    await keepAnswer(world.database, { ...asked, leaseUntil: first.leaseUntil }, 409, "the first one's");
    await endLease(world.database, { ...asked, leaseUntil: first.leaseUntil });
    expect(await claim()).toEqual({ kind: "in_flight" });
    await keepAnswer(world.database, { ...asked, leaseUntil: second.leaseUntil }, 200, "the second one's");
    expect(await claim()).toEqual({ kind: "done", status: 200, body: "the second one's" });
  });

  it("what is stored is sealed: a webhook secret is nowhere in clear", async () => {
    const made = await shop.post("/webhook-endpoints", { url: "https://shop.example/sealed" }, key("sealed"));
    const { rows } = await world.database.$client.query("select body from idempotency_keys where key = 'test:sealed'");
    expect(made.body.secret).toMatch(/^whsec_/);
    expect(rows[0].body).not.toContain(made.body.secret);
  });

  it("keys are kept for two days and requests for thirty, then purged", async () => {
    await shop.post("/orders", TEA, key("k-6"));
    const limits = { idempotencyHours: 48, requestDays: 30, most: 100 };
    expect(await purgeApiRows(world.database, limits)).toBe(0);
    await world.database.execute(sql`update idempotency_keys set created_at = now() - interval '47 hours' where key = 'test:k-6'`);
    expect(await purgeApiRows(world.database, limits)).toBe(0);
    await world.database.execute(sql`update idempotency_keys set created_at = now() - interval '49 hours' where key = 'test:k-6'`);
    expect(await purgeApiRows(world.database, limits)).toBe(1);
  });
});
