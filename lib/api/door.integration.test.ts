import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listRequests, readRequest } from "#db/queries/api-requests.ts";
import { createKey, revokeKey, rollKey } from "#lib/api/keys.ts";
import { forgetKeys } from "#lib/api/known-keys.ts";
import { OPERATIONS } from "#lib/api/registry.ts";
import { bodiesOf, flushRequests } from "#lib/api/request-log.ts";
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

const TEA = { amount: "88.00", currency: "HKD", title: "Tea" };
const bare = (path: string, init: RequestInit = {}) => serveApi(new Request(`${world.origin}/api/v1${path}`, init), world.database);

describe("who comes in", () => {
  it("nobody without a key, with an unknown one, or with a key that is over", async () => {
    const expired = await createKey(
      { merchantId: world.merchantId, live: false, name: "old", scopes: ["orders:read"], createdBy: "test", expiresAt: new Date(0) },
      world.database,
    );
    const revoked = await createKey(
      { merchantId: world.merchantId, live: false, name: "gone", scopes: ["orders:read"], createdBy: "test" },
      world.database,
    );
    if (!expired.ok || !revoked.ok) throw new Error("no keys");
    await revokeKey({ merchantId: world.merchantId, keyId: revoked.value.id }, world.database);
    const cases = [
      [{}, "key_missing"],
      [{ authorization: "Basic abc" }, "key_missing"],
      [{ authorization: "Bearer sk_live_nonsense" }, "key_unknown"],
      [{ authorization: `Bearer sk_test_${"0".repeat(26)}` }, "key_unknown"],
      [{ authorization: `Bearer ${expired.value.secret}` }, "key_expired"],
      [{ authorization: `Bearer ${revoked.value.secret}` }, "key_revoked"],
    ] as const;
    for (const [headers, code] of cases) {
      const answer = await bare("/orders", { headers });
      expect([answer.status, (await answer.json()).code]).toEqual([401, code]);
      expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer /);
    }
  });

  it("a key is kept as a hash only, and its use is noted beside the request", async () => {
    const { rows } = await world.database.$client.query("select * from api_keys where id = $1", [shop.key.id]);
    expect(JSON.stringify(rows)).not.toContain(shop.key.secret.slice(8, -4));
    await shop.get("/orders");
    await expect
      .poll(
        async () =>
          (await world.database.$client.query("select last_used_at from api_keys where id = $1", [shop.key.id])).rows[0].last_used_at,
      )
      .not.toBeNull();
  });

  it("a rolled key goes on for its overlap beside the new one, and ends with it", async () => {
    const old = await client(world);
    const input = { merchantId: world.merchantId, keyId: old.key.id, overlapHours: 24, actor: "test" } as const;
    const rolled = await rollKey(input, world.database);
    if (!rolled.ok) throw new Error("not rolled");
    expect((await old.get("/orders")).status).toBe(200);
    expect((await bare("/orders", { headers: { authorization: `Bearer ${rolled.value.secret}` } })).status).toBe(200);
    await world.database.execute(sql`update api_keys set expires_at = now() - interval '1 second' where id = ${old.key.id}`);
    forgetKeys();
    expect((await old.get("/orders")).body.code).toBe("key_expired");
    expect(await rollKey(input, world.database)).toMatchObject({ ok: false });
    expect(await revokeKey({ merchantId: "mer_other", keyId: old.key.id }, world.database)).toMatchObject({ ok: false });
  });

  it("a key does what its scopes say, and every operation asks for its own", async () => {
    const reader = await client(world, { scopes: ["events:read"] });
    expect((await reader.get("/events")).status).toBe(200);
    for (const one of OPERATIONS.filter(({ scope }) => scope !== "events:read")) {
      const path = one.path.replace(/\{(\w+)\}/g, (_all, name: string) => SOME[name] ?? "x");
      const answer = await reader.send(
        one.method,
        path,
        one.method === "GET" ? {} : { headers: { "content-type": "application/json" }, body: "{}" },
      );
      expect([one.id, answer.status, answer.body.code]).toEqual([one.id, 403, "scope_missing"]);
      expect(answer.headers.get("www-authenticate")).toContain(`scope="${one.scope}"`);
    }
  });

  it("a merchant that is closed is let in no more", async () => {
    await world.database.execute(sql`update merchants set active = false where id = ${world.merchantId}`);
    forgetKeys();
    const answer = await shop.get("/orders");
    await world.database.execute(sql`update merchants set active = true where id = ${world.merchantId}`);
    forgetKeys();
    expect(answer.body.code).toBe("key_unknown");
  });
});

const SOME: Record<string, string> = Object.fromEntries(
  Object.entries({ order: "ord", attempt: "att", refund: "rfd", link: "lnk", endpoint: "whe", delivery: "msg", account: "acc" }).map(
    ([name, prefix]) => [name, `${prefix}_00000000000000000000000000`],
  ),
);

describe("the form of a request", () => {
  const post = (body: BodyInit, headers: Record<string, string> = { "content-type": "application/json" }) =>
    shop.send("POST", "/orders", { headers, body });

  it.each([
    ['{"amount":"1.00","amount":"2.00","currency":"HKD","title":"x"}', "json_name_repeated", 400],
    [String.raw`{"payer":{"name":"a","n\u0061me":"b"}}`, "json_name_repeated", 400],
    ['{"__proto__":{"amount":"1"}}', "json_name_repeated", 400],
    ["{amount: 1}", "json_invalid", 400],
    ["[[[[[[[[[[[[[[]]]]]]]]]]]]]]", "json_invalid", 400],
  ])("strict JSON only: %s", async (text, code, status) => {
    const answer = await post(text);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it("bytes that are no UTF-8, another content type and a body that is too large are refused", async () => {
    expect((await post(new Uint8Array([0x7b, 0xff, 0x7d]))).body.code).toBe("json_invalid");
    expect((await post("amount=1", { "content-type": "application/x-www-form-urlencoded" })).body).toMatchObject({
      status: 415,
      code: "content_type_unsupported",
    });
    expect((await post(JSON.stringify({ ...TEA, title: "x".repeat(70_000) }))).body).toMatchObject({ status: 413, code: "body_too_large" });
  });

  it("an unknown path is 404, another verb 405 with Allow, OPTIONS tells the verbs, HEAD is GET without a body, nothing is open to other origins", async () => {
    expect((await shop.get("/nothing")).body).toMatchObject({ status: 404, code: "path_unknown" });
    const other = await shop.send("PUT", "/orders");
    expect([other.status, other.body.code, other.headers.get("allow")]).toEqual([405, "method_not_allowed", "GET, HEAD, OPTIONS, POST"]);
    const options = await bare("/orders", { method: "OPTIONS", headers: { origin: "https://evil.example" } });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS, POST"]);
    expect(options.headers.get("access-control-allow-origin")).toBeNull();
    const head = await shop.send("HEAD", "/orders");
    expect([head.status, head.text]).toEqual([200, ""]);
  });

  it("the version is dated, echoed, and refused when there is none such; each answer has its request's id", async () => {
    const now = await shop.get("/orders", { "shouyin-version": "2026-11-20" });
    expect([now.status, now.headers.get("shouyin-version")]).toEqual([200, "2026-11-20"]);
    const past = await shop.get("/orders", { "shouyin-version": "2020-01-01" });
    expect([past.status, past.body.code, past.body.param]).toEqual([400, "version_unknown", "Shouyin-Version"]);
    expect(now.headers.get("request-id")).toMatch(/^req_[0-9a-z]{26}$/);
    expect(now.headers.get("cache-control")).toBe("no-store");
  });

  it("a key that asks too often is told its limit, and when to come back", async () => {
    const busy = await client(world, { ratePerMinute: 2 });
    const first = await busy.get("/orders");
    expect(first.headers.get("ratelimit-policy")).toBe('"key";q=2;w=60');
    expect(first.headers.get("ratelimit")).toMatch(/^"key";r=1;t=\d+$/);
    await busy.get("/orders");
    const third = await busy.get("/orders");
    expect([third.status, third.body.code]).toEqual([429, "rate_limited"]);
    expect(Number(third.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await shop.get("/orders")).status).toBe(200);
  });
});

describe("the log of requests", () => {
  it("keeps each with its key, code and bodies, masked and sealed, and shows none to another merchant", async () => {
    const card = "4111111111111111";
    const answer = await shop.post("/orders", { ...TEA, method: "unionpay.quick", card_number: card }, { "idempotency-key": "log-1" });
    await flushRequests(world.database);
    const id = answer.headers.get("request-id") ?? "";
    const row = await readRequest(world.database, world.merchantId, id);
    expect(row).toMatchObject({
      keyId: shop.key.id,
      method: "POST",
      path: "/api/v1/orders",
      operation: "orders.create",
      status: answer.status,
    });
    expect(row).toMatchObject({ code: answer.body.code ?? null, idempotencyKey: "log-1", replayed: false, live: false });
    if (!row) throw new Error("not logged");
    const bodies = bodiesOf(row);
    expect(bodies.request).toContain('"card_number": "[masked]"');
    expect(JSON.stringify(bodies)).not.toContain(card);
    expect(row.bodies).not.toContain("Tea");
    expect(await readRequest(world.database, "mer_other", id)).toBeNull();
    const filter = { outcome: null, method: "POST", keyId: shop.key.id, live: false, operation: "orders.create" } as const;
    const listed = await listRequests(world.database, world.merchantId, filter, null);
    expect(listed.rows.map((one) => one.id)).toContain(id);
  });

  it("what is no JSON is told by its size alone", async () => {
    const answer = await shop.send("POST", "/orders", { headers: { "content-type": "application/json" }, body: "card=4111111111111111" });
    await flushRequests(world.database);
    const row = await readRequest(world.database, world.merchantId, answer.headers.get("request-id") ?? "");
    expect(row && bodiesOf(row).request).toBe("[not JSON: 21 bytes]");
  });
});
