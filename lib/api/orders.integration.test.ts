import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, client, otherMerchant } from "#lib/api/testing.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";

let world: World;
let shop: Client;
beforeAll(async () => {
  world = await testWorld();
  shop = await client(world);
});
afterAll(() => world.close());

const TEA = { amount: "88.00", currency: "HKD", title: "Tea" };

describe("orders", () => {
  it("an order is created, read back, found in the list, and payable at its address", async () => {
    const made = await shop.post("/orders", { ...TEA, reference: "A-1", metadata: { basket: "7" } });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ object: "order", reference: "A-1", amount: "88.00", currency: "HKD", state: "open", live: false });
    expect(made.body.checkout_url).toMatch(new RegExp(`^${world.origin}/pay/[0-9a-z]{26}$`));
    expect((await shop.get(`/orders/${made.body.id}`)).body).toEqual(made.body);
    expect((await shop.get("/orders?reference=A-1")).body.data).toEqual([made.body]);
  });

  it("the same reference is the same order, and with another amount none", async () => {
    const first = await shop.post("/orders", { ...TEA, reference: "A-2" });
    const again = await shop.post("/orders", { ...TEA, reference: "A-2" });
    expect([again.status, again.body.id]).toEqual([200, first.body.id]);
    const other = await shop.post("/orders", { ...TEA, amount: "89.00", reference: "A-2" });
    expect([other.status, other.body.code, other.body.param]).toEqual([409, "reference_taken", "reference"]);
  });

  it("one call opens the order and starts its first attempt, with what the shopper is to scan", async () => {
    const made = await shop.post("/orders", { ...TEA, method: "wechat.native", reference: "A-3" });
    expect(made.status).toBe(201);
    expect(made.body.attempt).toMatchObject({ object: "attempt", method: "wechat.native", state: "presented" });
    expect(made.body.attempt.presentation).toMatchObject({ kind: "qr" });
    const again = await shop.post("/orders", { ...TEA, method: "wechat.native", reference: "A-3" });
    expect([again.status, again.body.attempt.id]).toEqual([200, made.body.attempt.id]);
  });

  it("when no account has the method nothing is left behind, and when the gateway says no the problem names the open order", async () => {
    const none = await shop.post("/orders", { ...TEA, method: "jd.native", reference: "A-4" });
    expect([none.status, none.body.code, none.body.param]).toEqual([422, "method_unavailable", "method"]);
    expect((await shop.get("/orders?reference=A-4")).body.data).toEqual([]);
    const pinned = await shop.post("/orders", { ...TEA, reference: "A-5", account: "acc_00000000000000000000000000" });
    expect([pinned.status, pinned.body.code, pinned.body.param]).toEqual([422, "account_not_found", "account"]);
  });

  it.each([
    [{ ...TEA, amount: "88.001" }, "amount_places", "amount"],
    [{ ...TEA, amount: "0" }, "amount_zero", "amount"],
    [{ ...TEA, amount: "1e3" }, "amount_format", "amount"],
    [{ ...TEA, amount: 88 }, "field_invalid", "amount"],
    [{ ...TEA, amount: "100000000000000" }, "amount_range", "amount"],
    [{ ...TEA, currency: "EURO" }, "field_invalid", "currency"],
    [{ amount: "1.00", currency: "HKD" }, "field_missing", "title"],
    [{ ...TEA, colour: "green" }, "field_unknown", "colour"],
    [{ ...TEA, title: "  " }, "title_missing", "title"],
    [{ ...TEA, notify_url: "ftp://shop.example/x" }, "url_invalid", "notify_url"],
    [{ ...TEA, reference: "with space" }, "reference_invalid", "reference"],
    [{ ...TEA, expires_in: 5 }, "field_invalid", "expires_in"],
    [{ ...TEA, openid: "o-1" }, "field_invalid", "openid"],
    [{ ...TEA, method: "wechat.barcode" }, "field_missing", "auth_code"],
    [{ ...TEA, method: "wechat.native", payer: { name: "x" } }, "field_missing", "payer.bank_code"],
    [["a list"], "field_invalid", null],
  ])("a body that is wrong is refused, naming the field: %j", async (body, code, param) => {
    const refused = await shop.post("/orders", body);
    expect([refused.body.code, refused.body.param]).toEqual([code, param]);
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect(refused.body.type).toBe(`${world.origin}/docs/api#problem-${code}`);
    expect(refused.body.request_id).toBe(refused.headers.get("request-id"));
  });

  it("an open order is cancelled or expired, again without harm, and a paid one is neither", async () => {
    const one = (await shop.post("/orders", TEA)).body.id;
    expect((await shop.post(`/orders/${one}/cancel`)).body.state).toBe("cancelled");
    expect((await shop.post(`/orders/${one}/cancel`, {})).body.state).toBe("cancelled");
    expect((await shop.post(`/orders/${one}/expire`)).body.code).toBe("order_not_open");
    const two = (await shop.post("/orders", { ...TEA, method: "wechat.native" })).body;
    const expired = (await shop.post(`/orders/${two.id}/expire`)).body;
    expect([expired.state, expired.attempt.state]).toEqual(["expired", "closed"]);
    expect((await shop.post(`/orders/${two.id}/cancel`, { why: "x" })).body).toMatchObject({ code: "field_unknown", param: "why" });
  });

  it("a list is read page by page, forwards and backwards, without a row twice or missed while others are made", async () => {
    const mine = await client(world, { merchantId: await otherMerchant(world) });
    const made: string[] = [];
    for (let index = 0; index < 7; index += 1) made.unshift((await mine.post("/orders", { ...TEA, reference: `L-${index}` })).body.id);
    const first = (await mine.get("/orders?limit=3")).body;
    const late = (await mine.post("/orders", TEA)).body.id;
    const second = (await mine.get(`/orders?limit=3&after=${first.after}`)).body;
    const third = (await mine.get(`/orders?limit=3&after=${second.after}`)).body;
    const ids = (page: { data: { id: string }[] }) => page.data.map(({ id }) => id);
    expect([...ids(first), ...ids(second), ...ids(third)]).toEqual(made);
    expect([first.has_more, second.has_more, third.has_more, third.after]).toEqual([true, true, false, null]);
    const back = (await mine.get(`/orders?limit=3&before=${third.before}`)).body;
    expect(ids(back)).toEqual(ids(second));
    expect(ids((await mine.get(`/orders?before=${first.before}`)).body)).toEqual([late]);
    expect((await mine.get("/orders?after=nonsense")).body).toMatchObject({ status: 400, code: "cursor_invalid", param: "after" });
    expect((await mine.get("/orders?limit=101")).body).toMatchObject({ status: 400, code: "parameter_invalid", param: "limit" });
    expect((await mine.get("/orders?colour=1")).body).toMatchObject({ status: 400, code: "parameter_unknown", param: "colour" });
    expect((await mine.get("/orders?state=open&state=paid")).body).toMatchObject({ code: "parameter_invalid", param: "state" });
  });

  it("another merchant's, another mode's and an unknown order are the same 404", async () => {
    const id = (await shop.post("/orders", TEA)).body.id;
    const stranger = await client(world, { merchantId: await otherMerchant(world) });
    const live = await client(world, { live: true });
    const answers = [
      await stranger.get(`/orders/${id}`),
      await live.get(`/orders/${id}`),
      await shop.get("/orders/ord_00000000000000000000000000"),
      await shop.get("/orders/nonsense"),
      await stranger.post(`/orders/${id}/cancel`),
      await live.post(`/orders/${id}/attempts`, { method: "wechat.native" }),
      await stranger.get(`/orders/${id}/attempts`),
    ];
    for (const { status, body } of answers) expect([status, body.code, body.param]).toEqual([404, "not_found", "order"]);
  });
});
