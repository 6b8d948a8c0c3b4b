import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createKey, rollKey } from "#lib/api/keys.ts";
import { type Client, client } from "#lib/api/testing.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";

let world: World;
let shop: Client;
beforeAll(async () => {
  world = await testWorld();
  shop = await client(world);
});
afterAll(() => world.close());

const DAY_MS = 86_400_000;

it("a key that was to end after thirty days is replaced by one that ends after thirty days, and only once", async () => {
  const { merchantId } = world;
  const expiresAt = new Date(Date.now() + 30 * DAY_MS);
  const made = await createKey(
    { merchantId, live: false, name: "till", scopes: ["orders:read"], createdBy: "test", expiresAt },
    world.database,
  );
  if (!made.ok) throw new Error("not made");
  const input = { merchantId, keyId: made.value.id, overlapHours: 24, actor: "test" } as const;
  const rolled = await rollKey(input, world.database);
  if (!rolled.ok) throw new Error("not rolled");
  const { rows } = await world.database.execute<{ id: string; days: number }>(
    sql`select id, extract(epoch from expires_at - now())::float8 / 86400 as days from api_keys where name = 'till'`,
  );
  const days = new Map(rows.map((row) => [row.id, row.days]));
  expect(days.get(rolled.value.id)).toBeCloseTo(30, 2);
  expect(days.get(made.value.id)).toBeCloseTo(1, 2);
  expect(await rollKey(input, world.database)).toMatchObject({ ok: false, problem: { code: "forbidden" } });
});

it("a request that is resumed and finds its endpoint made tells the very secret that was never told, and makes no other", async () => {
  const body = { url: "https://shop.example/resumed" };
  const headers = { "idempotency-key": "resumed-1" };
  const first = await shop.post("/webhook-endpoints", body, headers);
  await world.database.execute(
    sql`update idempotency_keys set status = null, body = null, lease_until = now() - interval '1 second' where key = 'test:resumed-1'`,
  );
  const again = await shop.post("/webhook-endpoints", body, headers);
  expect(again.body.id).toBe(first.body.id);
  expect(again.body.secret).toBe(first.body.secret);
  const { rows } = await world.database.execute(
    sql`select 1 from webhook_secrets where endpoint_id = ${first.body.id} and (expires_at is null or expires_at > now())`,
  );
  expect(rows).toHaveLength(1);
});
