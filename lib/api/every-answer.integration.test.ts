import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#db/client.ts";
import { listRequests } from "#db/queries/api-requests.ts";
import { revokeKey } from "#lib/api/keys.ts";
import { forgetKeys } from "#lib/api/known-keys.ts";
import { flushRequests } from "#lib/api/request-log.ts";
import { serveApi } from "#lib/api/serve.ts";
import { type Client, client } from "#lib/api/testing.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";

/** What every answer of /api/v1 has, whatever it is: the request's id and how the limit stands; and which are kept for the developer. */
let world: World;
let shop: Client;
let reader: Client;
let revoked: Client;
let expired: Client;
beforeAll(async () => {
  world = await testWorld();
  shop = await client(world);
  reader = await client(world, { scopes: ["events:read"] });
  revoked = await client(world);
  expired = await client(world);
  await revokeKey({ merchantId: world.merchantId, keyId: revoked.key.id }, world.database);
  await world.database.execute(sql`update api_keys set expires_at = now() - interval '1 second' where id = ${expired.key.id}`);
  forgetKeys();
});
afterAll(() => world.close());

interface Ask {
  method?: string;
  path?: string;
  key?: string | null;
  headers?: Record<string, string>;
  body?: string;
  database?: Database;
  ip?: string;
}
const json = { "content-type": "application/json" };
const TEA = JSON.stringify({ amount: "88.00", currency: "HKD", title: "Tea" });

function ask({ method = "GET", path = "/orders", key = shop.key.secret, headers = {}, body, database = world.database }: Ask) {
  const auth: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  const init = { method, headers: { ...auth, ...headers }, ...(body !== undefined && { body }) };
  return serveApi(new Request(`${world.origin}/api/v1${path}`, init), database);
}

/** The world's database, of which a statement that has `text` in it fails as one that is not there. */
function lost(text: string): Database {
  const pool = world.database.$client;
  const gone = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  const query = (asked: string | { text: string }, ...rest: unknown[]) =>
    (typeof asked === "string" ? asked : asked.text).includes(text) ? Promise.reject(gone) : pool.query(asked as string, ...(rest as []));
  return { $client: { query, connect: () => pool.connect() } } as unknown as Database;
}

function keyLost(): Promise<Response> {
  forgetKeys();
  return ask({ database: lost("api_keys") });
}

const CASES: Readonly<Record<string, [number, string | null, "key" | "address", () => Promise<Response>]>> = {
  "a list": [200, null, "key", () => ask({})],
  "a thing made": [201, null, "key", () => ask({ method: "POST", headers: json, body: TEA })],
  HEAD: [200, null, "key", () => ask({ method: "HEAD" })],
  "a parameter": [400, "parameter_unknown", "key", () => ask({ path: "/orders?colour=red" })],
  "a version": [400, "version_unknown", "key", () => ask({ headers: { "shouyin-version": "1999-01-01" } })],
  "no key": [401, "key_missing", "address", () => ask({ key: null })],
  "a key that is none": [401, "key_unknown", "address", () => ask({ key: `sk_test_${"0".repeat(26)}` })],
  "a revoked key": [401, "key_revoked", "address", () => ask({ key: revoked.key.secret })],
  "an expired key": [401, "key_expired", "address", () => ask({ key: expired.key.secret })],
  "a scope": [403, "scope_missing", "key", () => ask({ key: reader.key.secret })],
  "nothing there": [404, "not_found", "key", () => ask({ path: "/orders/ord_00000000000000000000000000" })],
  "an unknown path": [404, "path_unknown", "key", () => ask({ path: "/order" })],
  "an unknown path without a key": [404, "path_unknown", "address", () => ask({ path: "/order", key: null })],
  "another verb": [405, "method_not_allowed", "key", () => ask({ method: "PUT" })],
  "another verb without a key": [405, "method_not_allowed", "address", () => ask({ method: "PUT", key: null })],
  "a body too large": [413, "body_too_large", "key", () => ask({ method: "POST", headers: json, body: "x".repeat(70_000) })],
  "a content type": [415, "content_type_unsupported", "key", () => ask({ method: "POST", body: "a=b" })],
  "a field": [422, "field_missing", "key", () => ask({ method: "POST", headers: json, body: "{}" })],
  "a database gone, once the key is known": [
    503,
    "unavailable",
    "key",
    () => ask({ method: "POST", headers: json, body: TEA, database: lost("o.live = $3") }),
  ],
  "a database gone": [503, "unavailable", "address", keyLost],
};

describe("an answer", () => {
  it.each(Object.entries(CASES))("to %s has its request's id and its limit", async (_name, [status, code, of, asked]) => {
    const answer = await asked();
    const text = await answer.text();
    const body = text === "" ? null : JSON.parse(text);
    expect([answer.status, body?.code ?? null]).toEqual([status, code]);
    expect(answer.headers.get("request-id")).toMatch(/^req_[0-9a-z]{26}$/);
    if (code) expect(body.request_id).toBe(answer.headers.get("request-id"));
    expect(answer.headers.get("ratelimit-policy")).toBe(of === "key" ? '"key";q=6000;w=60' : '"address";q=120;w=60');
    expect(answer.headers.get("ratelimit")).toMatch(new RegExp(`^"${of}";r=\\d+;t=\\d+$`));
    if (status === 503) expect(answer.headers.get("retry-after")).toBe("5");
  });

  it("over a limit says so on every path, the limit of the key or of the address", async () => {
    const busy = await client(world, { ratePerMinute: 1 });
    await ask({ key: busy.key.secret });
    for (const path of ["/orders", "/order"]) {
      const over = await ask({ key: busy.key.secret, path });
      expect([over.status, over.headers.get("ratelimit-policy"), over.headers.get("ratelimit")]).toEqual([
        ...[429, '"key";q=1;w=60'],
        expect.stringMatching(/^"key";r=0;t=\d+$/),
      ]);
      expect(Number(over.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    let last = await ask({ key: null });
    for (let nth = 0; nth < 125; nth += 1) last = await ask({ key: null, path: nth % 2 ? "/orders" : "/order" });
    expect([last.status, last.headers.get("ratelimit-policy")]).toEqual([429, '"address";q=120;w=60']);
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await ask({})).status).toBe(200);
    const gone = await keyLost();
    expect(gone.status).toBe(503);
  });

  it("of openapi.json and OPTIONS has the id, and no limit: there is none", async () => {
    for (const answer of [await ask({ path: "/openapi.json", key: null }), await ask({ method: "OPTIONS", key: null })]) {
      expect(answer.headers.get("request-id")).toMatch(/^req_/);
      expect(answer.headers.get("ratelimit")).toBeNull();
    }
  });
});

describe("the log of requests", () => {
  it("has those with a key that is revoked or over, and to paths and verbs that are none; never the secret", async () => {
    const late = await client(world);
    await revokeKey({ merchantId: world.merchantId, keyId: late.key.id }, world.database);
    forgetKeys();
    await ask({ path: `/order?key=${revoked.key.secret}` });
    await ask({ method: "PUT" });
    await flushRequests(world.database);
    const filter = { outcome: null, method: null, keyId: null, live: false, operation: null } as const;
    const { rows } = await listRequests(world.database, world.merchantId, filter, null);
    const told = rows.map(({ keyId, method, path, operation, status, code }) => ({ keyId, method, path, operation, status, code }));
    const [key, get] = [shop.key.id, { method: "GET", path: "/api/v1/orders" }];
    expect(told).toContainEqual({ keyId: revoked.key.id, ...get, operation: "orders.list", status: 401, code: "key_revoked" });
    expect(told).toContainEqual({ keyId: expired.key.id, ...get, operation: "orders.list", status: 401, code: "key_expired" });
    expect(told).toContainEqual({
      keyId: key,
      method: "GET",
      path: "/api/v1/order?key=sk_test_***",
      operation: "",
      status: 404,
      code: "path_unknown",
    });
    expect(told).toContainEqual({
      keyId: key,
      method: "PUT",
      path: "/api/v1/orders",
      operation: "",
      status: 405,
      code: "method_not_allowed",
    });
    expect(JSON.stringify(rows)).not.toContain(revoked.key.secret);
  });
});
