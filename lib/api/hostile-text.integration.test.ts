import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flushRequests } from "#lib/api/request-log.ts";
import { type Client, client } from "#lib/api/testing.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";

/** Text that PostgreSQL cannot hold, and instants it cannot read, wherever a caller may write them. */
let world: World;
let shop: Client;
beforeAll(async () => {
  world = await testWorld();
  shop = await client(world);
});
afterAll(() => world.close());

const NUL = "\u0000";
const HALF = "\ud83d";
const TEA = { amount: "88.00", currency: "HKD", title: "Tea" };
const LINK = { title: "Tea", currency: "HKD", amount: "88.00" };

describe("text no database can hold is a client's mistake or harmless, never a failure of ours", () => {
  it.each([
    ["an order's title", "/orders", { ...TEA, title: `a${NUL}b${HALF}` }],
    ["an order's metadata", "/orders", { ...TEA, metadata: { [`a${NUL}`]: `b${HALF}` } }],
    ["an order's notify_url", "/orders", { ...TEA, notify_url: `https://shop.example/${NUL}` }],
    ["an order's return_url", "/orders", { ...TEA, return_url: `https://shop.example/${NUL}` }],
    ["half a character in a return_url", "/orders", { ...TEA, return_url: `https://shop.example/${HALF}` }],
    ["a line end in a return_url", "/orders", { ...TEA, return_url: "https://shop.example/\r\nset-cookie: a=b" }],
    ["a link's notify_url", "/links", { ...LINK, notify_url: `https://shop.example/${NUL}` }],
    ["a link's return_url", "/links", { ...LINK, return_url: `https://shop.example/${NUL}` }],
    ["a link's account", "/links", { ...LINK, account: `acc_${NUL}` }],
    ["a link's opening in the year 0", "/links", { ...LINK, opens_at: "0000-01-01T00:00:00Z" }],
    ["a link's end in the year 10000", "/links", { ...LINK, expires_at: "9999-12-31T23:59:59-23:59" }],
    ["a link's words", "/links", { ...LINK, description: `a${NUL}${HALF}`, success_message: NUL }],
    ["a link's locale", "/links", { ...LINK, locale: NUL }],
    ["an endpoint's url", "/webhook-endpoints", { url: `https://shop.example/${NUL}` }],
    ["an endpoint's description", "/webhook-endpoints", { url: "https://shop.example/", description: `a${NUL}${HALF}` }],
    ["an unknown field", "/orders", { ...TEA, [NUL]: 1 }],
    ["openid", "/orders", { ...TEA, method: "wechat.jsapi", openid: `a${NUL}` }],
    ["app_id", "/orders", { ...TEA, method: "wechat.app", app_id: `a${NUL}${HALF}` }],
    ["auth_code", "/orders", { ...TEA, method: "wechat.barcode", auth_code: `1${NUL}` }],
    ["a native payment's title", "/orders", { ...TEA, title: `a${NUL}b${HALF}`, method: "wechat.native" }],
  ])("%s", async (what, path, body) => {
    const answer = await shop.post(path, body);
    expect(answer.status, answer.text).toBeLessThan(500);
    if (/_url|'s url/.test(what)) expect([answer.status, answer.body.code]).toEqual([422, "url_invalid"]);
  });

  it.each([
    "/orders?reference=%00",
    "/orders?reference=%ED%A0%80",
    "/orders?created_from=0000-01-01T00:00:00Z",
    "/orders?created_before=9999-12-31T23:59:59Z",
    `/orders?after=${Buffer.from("999999999999999.ord_x").toString("base64url")}`,
    `/orders?before=${Buffer.from("999999999999999.ord_x").toString("base64url")}`,
    `/events?after=${Buffer.from("999999999999999.ord_x").toString("base64url")}`,
    `/links?before=${Buffer.from("999999999999999.lnk_x").toString("base64url")}`,
  ])("the list %s", async (path) => {
    const answer = await shop.get(path);
    expect(answer.status, answer.text).toBeLessThan(500);
  });

  it("a replay of the year 0", async () => {
    const answer = await shop.post("/deliveries/replay", { from: "0000-01-01T00:00:00Z", to: "0000-01-02T00:00:00Z" });
    expect(answer.status, answer.text).toBeLessThan(500);
  });
});

describe("the request log", () => {
  it("keeps everybody's requests, also beside one that names a field no database can hold", async () => {
    await flushRequests(world.database);
    const good = await shop.get("/orders?limit=1");
    const bad = [
      await shop.post("/orders", { ...TEA, [NUL]: 1 }),
      await shop.post("/orders", { ...TEA, [`${"a".repeat(99)}\ud83d\ude00`]: 1 }),
    ];
    await flushRequests(world.database);
    const ids = [good, ...bad].map((one) => one.headers.get("request-id"));
    const { rows } = await world.database.$client.query("select id from api_requests where id = any($1)", [ids]);
    expect(rows).toHaveLength(3);
  });
});
