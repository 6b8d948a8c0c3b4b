import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#db/client.ts";
import { forgetKeys } from "#lib/api/known-keys.ts";
import { serveApi } from "#lib/api/serve.ts";
import { type Client, client } from "#lib/api/testing.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";

let world: World;
let shop: Client;
beforeAll(async () => {
  world = await testWorld();
  shop = await client(world);
});
afterAll(() => world.close());

const orders = async () => (await world.database.$client.query<{ n: number }>("select count(*)::int as n from orders")).rows[0]?.n ?? 0;
const TEA = { amount: "88.00", currency: "HKD", title: "Tea" };

/** The world's database, of which a statement that has `text` in it fails. */
function failing(text: string, error: Error & { code?: string }): Database {
  const pool = world.database.$client;
  const query = (asked: string | { text: string }, ...rest: unknown[]) =>
    (typeof asked === "string" ? asked : asked.text).includes(text) ? Promise.reject(error) : pool.query(asked as string, ...(rest as []));
  return { $client: { query, connect: () => pool.connect() } } as unknown as Database;
}

function ask(database: Database, headers: Record<string, string> = {}): Promise<Response> {
  forgetKeys();
  const init = { method: "POST", headers: { authorization: `Bearer ${shop.key.secret}`, "content-type": "application/json", ...headers } };
  return serveApi(new Request(`${world.origin}/api/v1/orders`, { ...init, body: JSON.stringify(TEA) }), database);
}

describe("when something of ours fails", () => {
  it("a database that does not answer is unavailable, with when to come back, and nothing of its words", async () => {
    const lost = Object.assign(new Error("connect ECONNREFUSED 10.0.0.5:5432"), { code: "ECONNREFUSED" });
    const answer = await ask(failing("api_keys", lost));
    const body = await answer.json();
    expect([answer.status, body.code, answer.headers.get("retry-after")]).toEqual([503, "unavailable", "5"]);
    expect(JSON.stringify(body)).not.toContain("10.0.0.5");
    expect(body.request_id).toBe(answer.headers.get("request-id"));
  });

  it("a bug is internal, without its message, and frees the key: the same request then makes the one order", async () => {
    const bug = new Error("relation secret_table does not exist");
    const key = { "idempotency-key": "bug-1" };
    const answer = await ask(failing("o.merchant_id = $2 and o.live = $3", bug), key);
    expect([answer.status, (await answer.json()).code]).toEqual([500, "internal"]);
    const again = await shop.post("/orders", TEA, key);
    expect(again.status).toBe(200);
    const { rows } = await world.database.$client.query("select count(*)::int as n from orders");
    expect(rows[0].n).toBe(1);
    expect((await shop.post("/orders", TEA, key)).text).toBe(again.text);
  });

  it("a gateway that is paused passes by itself: when to come back, nothing kept, and the same key then makes the one order", async () => {
    const paused = (seconds: number) =>
      world.database.execute(sql`insert into channel_health (account_id, scope, failures, downs, last_failed_at, down_until, cause)
        values (${world.accountId}, '*', 3, 1, now(), now() + make_interval(secs => ${seconds}), 'unreachable')`);
    const healed = () => world.database.execute(sql`delete from channel_health`);
    const key = { "idempotency-key": "paused-1" };
    const paying = { ...TEA, method: "wechat.native" };
    const { id } = (await shop.post("/orders", TEA)).body;
    const before = await orders();
    await paused(41);
    for (const [path, body] of [
      ["/orders", paying],
      [`/orders/${id}/attempts`, { method: "wechat.native" }],
    ] as const) {
      const down = await shop.post(path, body, { "idempotency-key": `paused-${path}` });
      expect([down.status, down.body.code, down.body.param]).toEqual([503, "channel_down", "method"]);
      expect(Number(down.headers.get("retry-after"))).toBeGreaterThan(30);
      expect(Number(down.headers.get("retry-after"))).toBeLessThanOrEqual(41);
    }
    const { auth_code } = (await shop.post("/sandbox/codes", { wallet: "wechat" })).body;
    const till = { ...TEA, method: "wechat.barcode", auth_code };
    const waiting = await shop.post("/orders", till, { "idempotency-key": "paused-till" });
    expect([waiting.status, waiting.body.code, waiting.body.order]).toEqual([503, "channel_down", expect.stringMatching(/^ord_/)]);
    expect((await shop.post("/orders", paying, key)).status).toBe(503);
    expect(await orders()).toBe(before + 1);
    await healed();
    const made = await shop.post("/orders", paying, key);
    expect([made.status, made.body.attempt.state]).toEqual([201, "presented"]);
    const again = await shop.post("/orders", paying, key);
    expect([again.headers.get("idempotent-replayed"), again.text]).toEqual(["true", made.text]);
    const charged = await shop.post("/orders", till, { "idempotency-key": "paused-till" });
    expect(charged.body).toMatchObject({ id: waiting.body.order, state: "paid" });
    const started = await shop.post(
      `/orders/${id}/attempts`,
      { method: "wechat.native" },
      { "idempotency-key": `paused-/orders/${id}/attempts` },
    );
    expect(started.status).toBe(201);
    expect(await orders()).toBe(before + 2);
  });

  it("an answer that cannot be kept goes out all the same", async () => {
    const answer = await ask(failing("update idempotency_keys set status", new Error("disk full")), { "idempotency-key": "keep-1" });
    expect(answer.status).toBe(201);
  });
});
