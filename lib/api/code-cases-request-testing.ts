import { sql } from "drizzle-orm";
import { type Case, type Cases, json, order, TEA, ZEROS } from "#lib/api/code-stage-testing.ts";
import { revokeKey } from "#lib/api/keys.ts";
import { serveApi } from "#lib/api/serve.ts";
import { client } from "#lib/api/testing.ts";
import type { World } from "#lib/payments/testing.ts";

const raw =
  (body: string, headers: Record<string, string> = json): Case =>
  ({ shop }) =>
    shop.send("POST", "/orders", { headers, body });

const keyed =
  (headers: Record<string, string>): Case =>
  ({ shop }) =>
    shop.send("GET", "/orders", { headers });

/** A request whose statement fails with this error. */
const broken =
  (error: Error & { code?: string }): Case =>
  async ({ world, shop }) => {
    const pool = world.database.$client;
    const query = (asked: string | { text: string }, ...rest: unknown[]) =>
      (typeof asked === "string" ? asked : asked.text).includes("o.live = $3")
        ? Promise.reject(error)
        : pool.query(asked as string, ...(rest as []));
    const database = { $client: { query, connect: () => pool.connect() } } as unknown as World["database"];
    const headers = { ...json, authorization: `Bearer ${shop.key.secret}` };
    const answer = await serveApi(
      new Request(`${world.origin}/api/v1/orders`, { method: "POST", headers, body: JSON.stringify(TEA) }),
      database,
    );
    return { body: await answer.json() };
  };

/** A request's form, key and limits. */
export const REQUEST_CASES: Cases = {
  json_invalid: raw("{"),
  json_name_repeated: raw('{"title":"a","title":"b"}'),
  field_unknown: order({ colour: "red" }),
  field_missing: raw("{}"),
  field_invalid: order({ title: 7 }),
  body_too_large: raw(JSON.stringify({ ...TEA, title: "x".repeat(70_000) })),
  content_type_unsupported: raw("a=b", { "content-type": "text/plain" }),
  idempotency_key_invalid: ({ shop }) => shop.post("/orders", TEA, { "idempotency-key": "a b" }),
  idempotency_key_reused: async ({ shop }) => {
    await shop.post("/orders", TEA, { "idempotency-key": "case-1" });
    return shop.post("/orders", { ...TEA, title: "Cake" }, { "idempotency-key": "case-1" });
  },
  idempotency_in_flight: async ({ shop, world }) => {
    await shop.post("/orders", TEA, { "idempotency-key": "case-2" });
    await world.database.execute(
      sql`update idempotency_keys set status = null, lease_until = now() + interval '1 minute' where key = 'test:case-2'`,
    );
    return shop.post("/orders", TEA, { "idempotency-key": "case-2" });
  },
  key_missing: keyed({ authorization: "" }),
  key_unknown: keyed({ authorization: `Bearer sk_test_${ZEROS}` }),
  key_revoked: async ({ world }) => {
    const gone = await client(world);
    await revokeKey({ merchantId: world.merchantId, keyId: gone.key.id }, world.database);
    return gone.get("/orders");
  },
  key_expired: async ({ world }) => {
    const gone = await client(world);
    await world.database.execute(sql`update api_keys set expires_at = now() - interval '1 second' where id = ${gone.key.id}`);
    return gone.get("/orders");
  },
  scope_missing: async ({ world }) => (await client(world, { scopes: ["events:read"] })).get("/orders"),
  test_key_required: async ({ world }) => (await client(world, { live: true })).post("/sandbox/codes", { wallet: "wechat" }),
  version_unknown: keyed({ "shouyin-version": "1999-01-01" }),
  rate_limited: async ({ world }) => {
    const busy = await client(world, { ratePerMinute: 1 });
    await busy.get("/orders");
    return busy.get("/orders");
  },
  internal: broken(new Error("a bug")),
  unavailable: broken(Object.assign(new Error("gone"), { code: "ECONNREFUSED" })),
  path_unknown: ({ shop }) => shop.get("/order"),
  method_not_allowed: ({ shop }) => shop.send("PUT", "/orders"),
  parameter_unknown: ({ shop }) => shop.get("/orders?colour=red"),
  parameter_invalid: ({ shop }) => shop.get("/orders?limit=0"),
  cursor_invalid: ({ shop }) => shop.get("/orders?after=x"),
  not_found: ({ shop }) => shop.get(`/orders/ord_${ZEROS}`),
};
