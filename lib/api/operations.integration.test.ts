import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeLimits } from "#db/queries/refund-limits.ts";
import { type Client, client, otherMerchant } from "#lib/api/testing.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";

let world: World;
let shop: Client;
let stranger: Client;
beforeAll(async () => {
  world = await testWorld();
  shop = await client(world);
  stranger = await client(world, { merchantId: await otherMerchant(world) });
});
afterAll(() => world.close());

const TEA = { amount: "88.00", currency: "HKD", title: "Tea" };
const notFound = (param: string) => ({ status: 404, code: "not_found", param });

async function paidOrder(more: object = {}): Promise<{ id: string; attempt: { id: string } }> {
  const order = (await shop.post("/orders", { ...TEA, method: "wechat.native", ...more })).body;
  const paid = await shop.post(`/sandbox/attempts/${order.attempt.id}/pay`, {});
  expect([paid.status, paid.body.state]).toEqual([200, "paid"]);
  return order;
}

describe("attempts", () => {
  it("are started, given again while alive, listed and read; a paid order takes no more", async () => {
    const { id } = (await shop.post("/orders", TEA)).body;
    const first = await shop.post(`/orders/${id}/attempts`, { method: "wechat.native", client_ip: "203.0.113.9" });
    expect([first.status, first.body.state, first.body.presentation.kind]).toEqual([201, "presented", "qr"]);
    const again = await shop.post(`/orders/${id}/attempts`, { method: "wechat.native" });
    expect([again.status, again.body.id]).toEqual([200, first.body.id]);
    const other = await shop.post(`/orders/${id}/attempts`, { method: "alipay.qr" });
    const listed = await shop.get(`/orders/${id}/attempts?limit=1`);
    expect([listed.body.data[0].id, listed.body.has_more]).toEqual([other.body.id, true]);
    expect((await shop.get(`/attempts/${first.body.id}`)).body).toEqual(first.body);
    expect((await stranger.get(`/attempts/${first.body.id}`)).body).toMatchObject(notFound("attempt"));
    await shop.post(`/sandbox/attempts/${first.body.id}/pay`);
    expect((await shop.post(`/orders/${id}/attempts`, { method: "wechat.native" })).body).toMatchObject({
      status: 409,
      code: "order_not_open",
    });
    expect((await shop.get(`/orders/${id}`)).body).toMatchObject({ state: "paid", paid_amount: "88.00", attempt: { id: first.body.id } });
  });

  it("a scanned code is charged at once, for the order that is made with it, and once", async () => {
    const { auth_code } = (await shop.post("/sandbox/codes", { wallet: "wechat" })).body;
    const body = { ...TEA, method: "wechat.barcode", auth_code, reference: "till-1" };
    const charged = await shop.post("/orders", body);
    expect([charged.status, charged.body.state, charged.body.attempt.state]).toEqual([201, "paid", "paid"]);
    const used = await shop.post("/orders", { ...TEA, method: "wechat.barcode", auth_code });
    expect(used.body).toMatchObject({ status: 409, code: "auth_code_used", param: "auth_code" });
    expect(used.body.order).toMatch(/^ord_/);
    const { id } = (await shop.post("/orders", TEA)).body;
    const wrong = await shop.post(`/orders/${id}/attempts`, { method: "alipay.barcode", auth_code: "130000000000000000" });
    expect(wrong.body).toMatchObject({ status: 422, code: "auth_code_invalid", param: "auth_code" });
    expect((await shop.post(`/orders/${id}/attempts`, { method: "wechat.jsapi" })).body).toMatchObject({
      code: "openid_missing",
      param: "openid",
    });
  });
});

describe("what a method asks for", () => {
  it("is named as the body names it", async () => {
    const account = await world.addAccount("xxpay");
    const order = { amount: "88.00", currency: "CNY", title: "Tea", method: "bank.transfer", account };
    expect((await shop.post("/orders", order)).body).toMatchObject({ code: "payer_missing", param: "payer.bank_code" });
    const payer = { bank_code: "ICBC", name: "Wong", account: "12" };
    expect((await shop.post("/orders", { ...order, payer })).body.param).toMatch(/^payer\.(account|bank_code)$/);
  });
});

describe("refunds", () => {
  it("send part and then all of the rest back, never more, and are listed and read", async () => {
    const order = await paidOrder();
    const part = await shop.post("/refunds", { order: order.id, amount: "20.00", reason: "One was sold out" });
    expect([part.status, part.body.amount, part.body.state, part.body.attempt]).toEqual([201, "20.00", "succeeded", order.attempt.id]);
    expect((await shop.post("/refunds", { order: order.id, amount: "68.01", reason: "x" })).body).toMatchObject({
      status: 409,
      code: "refund_exceeds",
      param: "amount",
    });
    const rest = await shop.post("/refunds", { order: order.id, attempt: order.attempt.id, reason: "The other too" });
    expect(rest.body.amount).toBe("68.00");
    expect((await shop.post("/refunds", { order: order.id, reason: "x" })).body.code).toBe("refund_exceeds");
    expect((await shop.get(`/orders/${order.id}`)).body).toMatchObject({ refund_status: "full", refunded_amount: "88.00" });
    expect((await shop.get(`/refunds?order=${order.id}`)).body.data.map((one: { id: string }) => one.id)).toEqual([
      rest.body.id,
      part.body.id,
    ]);
    expect((await shop.get(`/refunds/${part.body.id}`)).body).toEqual(part.body);
    expect((await stranger.get(`/refunds/${part.body.id}`)).body).toMatchObject(notFound("refund"));
    expect((await stranger.post("/refunds", { order: order.id, reason: "x" })).body).toMatchObject(notFound("order"));
  });

  it("of an account that cannot be opened are refused with a code, as is its rate; nothing is reserved", async () => {
    const order = await paidOrder();
    const { rows } = await world.database.execute<{ id: string; credentials: string }>(sql`select id, credentials from gateway_accounts`);
    await world.database.execute(sql`update gateway_accounts set credentials = 'sealed with keys that are gone'`);
    const shut = { status: 409, code: "account_shut" };
    expect((await shop.post("/refunds", { order: order.id, amount: "20.00", reason: "x" })).body).toMatchObject(shut);
    expect((await shop.get(`/accounts/${world.accountId}/rate?currency=HKD`)).body).toMatchObject({ ...shut, param: "account" });
    expect((await shop.get(`/orders/${order.id}`)).body).toMatchObject({ refunded_amount: "0.00" });
    for (const { id, credentials } of rows)
      await world.database.execute(sql`update gateway_accounts set credentials = ${credentials} where id = ${id}`);
    expect((await shop.post("/refunds", { order: order.id, amount: "20.00", reason: "x" })).status).toBe(201);
  });

  it("a run again under one key refunds once, also when the first one's process died before it answered", async () => {
    const order = await paidOrder();
    const key = { "idempotency-key": "refund-crash" };
    const first = await shop.post("/refunds", { order: order.id, amount: "30.00", reason: "x" }, key);
    await world.database.$client.query(
      "update idempotency_keys set status = null, body = null, lease_until = now() - interval '1 second' where key = 'test:refund-crash'",
    );
    const again = await shop.post("/refunds", { order: order.id, amount: "30.00", reason: "x" }, key);
    expect(again.body.id).toBe(first.body.id);
    expect((await shop.get(`/orders/${order.id}`)).body.refunded_amount).toBe("30.00");
  });

  it("above the merchant's approval limit a key is told where a person asks; what is within goes, and stands in the audit under the key", async () => {
    const order = await paidOrder();
    await writeLimits(world.database, world.merchantId, [{ currency: "HKD", approvalAbove: 3_000n, dailyCap: null }]);
    const refused = await shop.post("/refunds", { order: order.id, amount: "30.01", reason: "x" });
    expect(refused.body).toMatchObject({ status: 403, code: "refund_needs_approval", param: "amount" });
    expect(refused.body.detail).toContain("30.00 HKD");
    expect(refused.body.detail).toContain(`${world.origin}/dashboard/orders/${order.id}/refund`);
    const made = await shop.post("/refunds", { order: order.id, amount: "30.00", reason: "x" });
    expect(made.status).toBe(201);
    // The keys of a shop are one asker: its next refund of the order is above.
    expect((await shop.post("/refunds", { order: order.id, amount: "0.01", reason: "x" })).body.code).toBe("refund_needs_approval");
    const { rows } = await world.database.$client.query("select action, actor_kind, actor_id, detail from audit where target_id = $1", [
      made.body.id,
    ]);
    expect(rows).toMatchObject([{ action: "refunds.create", actor_kind: "key", actor_id: shop.key.id }]);
    expect(rows[0].detail).toContain("30.00 HKD");
    await writeLimits(world.database, world.merchantId, [{ currency: "HKD", approvalAbove: null, dailyCap: null }]);
  });

  it("above the day's cap a key is told what is left and from when there is more", async () => {
    const order = await paidOrder();
    await world.database.execute(sql`update refunds set created_at = created_at - interval '3 days'`);
    await writeLimits(world.database, world.merchantId, [{ currency: "HKD", approvalAbove: null, dailyCap: 5_000n }]);
    expect((await shop.post("/refunds", { order: order.id, amount: "40.00", reason: "x" })).status).toBe(201);
    const refused = await shop.post("/refunds", { order: order.id, amount: "10.01", reason: "x" });
    expect(refused.body).toMatchObject({ status: 422, code: "refund_daily_cap", param: "amount" });
    expect(refused.body.detail).toMatch(/50\.00 HKD.*10\.00.*\d{4}-\d\d-\d\dT16:00:00\.000Z/);
    await writeLimits(world.database, world.merchantId, [{ currency: "HKD", approvalAbove: null, dailyCap: null }]);
  });

  it("nothing unpaid is refunded", async () => {
    const { id } = (await shop.post("/orders", TEA)).body;
    expect((await shop.post("/refunds", { order: id, reason: "x" })).body).toMatchObject({ status: 409, code: "attempt_not_paid" });
    expect((await shop.post("/refunds", { order: "ord_nonsense", reason: "x" })).body).toMatchObject({
      code: "field_invalid",
      param: "order",
    });
  });
});

describe("events", () => {
  it("are what webhooks tell of, and with all of them an order's sequence is gapless", async () => {
    const order = await paidOrder();
    const told = (await shop.get(`/events?order=${order.id}`)).body.data;
    expect(told.some((one: { type: string }) => one.type === "order.paid")).toBe(true);
    expect(told.every((one: { told: boolean }) => one.told)).toBe(true);
    const all: { sequence: number; id: string }[] = [];
    for (let after = ""; ; ) {
      const page = (await shop.get(`/events?order=${order.id}&include=all&limit=2${after && `&after=${after}`}`)).body;
      all.push(...page.data);
      if (!page.has_more) break;
      after = page.after;
    }
    expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_one, index) => all.length - index));
    const one = (await shop.get(`/events?order=${order.id}&type=order.paid`)).body.data[0];
    expect((await shop.get(`/events/${one.id}`)).body).toEqual(one);
    expect((await stranger.get(`/events/${one.id}`)).body).toMatchObject(notFound("event"));
  });
});

describe("links", () => {
  it("are made, changed, retired, opened again, listed and read", async () => {
    const made = await shop.post("/links", { title: "Tea", currency: "HKD", amount: "88.00", quantity_max: 5 });
    expect(made.status).toBe(201);
    expect(made.body.url).toBe(`${world.origin}/l/${made.body.slug}`);
    const path = `/links/${made.body.id}`;
    expect((await shop.patch(path, { amount: "90.00" })).body).toMatchObject({ amount: "90.00", title: "Tea" });
    expect((await shop.post(`${path}/retire`)).body.active).toBe(false);
    expect((await shop.get("/links?active=false")).body.data.map((one: { id: string }) => one.id)).toContain(made.body.id);
    expect((await shop.post(`${path}/reactivate`)).body.active).toBe(true);
    expect((await shop.get(path)).body.amount).toBe("90.00");
    for (const answer of [await stranger.get(path), await stranger.patch(path, { title: "x" }), await stranger.post(`${path}/retire`)])
      expect(answer.body).toMatchObject(notFound("link"));
    expect((await shop.post("/links", { title: "x", currency: "HKD" })).body).toMatchObject({ status: 422, code: "pricing_invalid" });
    expect((await shop.post("/links", { title: "x", currency: "HKD", amount: "1.00", slug: made.body.slug })).body.code).toBe("slug_taken");
  });

  it("are paged both ways", async () => {
    const mine = await client(world, { merchantId: await otherMerchant(world) });
    const made: string[] = [];
    for (let index = 0; index < 5; index += 1)
      made.unshift((await mine.post("/links", { title: `L${index}`, currency: "HKD", amount: "1.00" })).body.id);
    const first = (await mine.get("/links?limit=2")).body;
    const second = (await mine.get(`/links?limit=2&after=${first.after}`)).body;
    const third = (await mine.get(`/links?limit=2&after=${second.after}`)).body;
    const ids = (page: { data: { id: string }[] }) => page.data.map(({ id }) => id);
    expect([...ids(first), ...ids(second), ...ids(third)]).toEqual(made);
    expect(ids((await mine.get(`/links?limit=2&before=${third.before}`)).body)).toEqual(ids(second));
  });
});

describe("webhook endpoints and deliveries", () => {
  it("an endpoint is made with a secret told once, tested, changed, rolled and deleted; its deliveries are read and sent again", async () => {
    const made = await shop.post("/webhook-endpoints", { url: `${world.origin}/hook`, event_types: ["order.paid"] });
    expect([made.status, made.body.secret.slice(0, 6)]).toEqual([201, "whsec_"]);
    const path = `/webhook-endpoints/${made.body.id}`;
    const read = (await shop.get(path)).body;
    expect(read).toEqual(Object.fromEntries(Object.entries(made.body).filter(([name]) => name !== "secret")));
    expect((await shop.post(`${path}/test`)).body).toMatchObject({ acknowledged: true, status: 204 });
    const order = await paidOrder();
    await world.drainJobs();
    const owed = (await shop.get(`/deliveries?order=${order.id}&endpoint=${made.body.id}`)).body.data;
    expect(owed).toMatchObject([{ type: "order.paid", state: "acknowledged", tries: 1 }]);
    const one = (await shop.get(`/deliveries/${owed[0].id}`)).body;
    expect([JSON.parse(one.body).type, one.log[0].status]).toEqual(["order.paid", 204]);
    const before = world.hooks.length;
    expect((await shop.post(`/deliveries/${owed[0].id}/resend`)).status).toBe(200);
    await world.drainJobs();
    expect(world.hooks.length).toBe(before + 1);
    expect(world.hooks.at(-1)?.body).toBe(one.body);
    const now = Date.now();
    const span = { from: new Date(now - 3_600_000).toISOString(), to: new Date(now + 60_000).toISOString(), endpoint: made.body.id };
    expect((await shop.post("/deliveries/replay", span)).body).toMatchObject({ object: "replay", count: 1 });
    expect((await shop.post(`${path}/roll-secret`, { overlap_seconds: 0 })).body.secret).not.toBe(made.body.secret);
    expect((await shop.patch(path, { status: "disabled", description: "old" })).body).toMatchObject({
      status: "disabled",
      disabled_reason: "person",
    });
    expect((await shop.post(`/deliveries/${owed[0].id}/resend`)).body.code).toBe("endpoint_disabled");
    for (const answer of [
      await stranger.get(path),
      await stranger.patch(path, { description: "x" }),
      await stranger.delete(path),
      await stranger.post(`${path}/test`),
      await stranger.post(`${path}/roll-secret`, {}),
    ])
      expect(answer.body).toMatchObject(notFound("endpoint"));
    expect((await stranger.get(`/deliveries/${owed[0].id}`)).body).toMatchObject(notFound("delivery"));
    expect((await shop.delete(path)).body).toEqual({ object: "webhook_endpoint", id: made.body.id, deleted: true });
    expect((await shop.get(path)).body).toMatchObject(notFound("endpoint"));
    const wrong = await shop.post("/webhook-endpoints", { url: `${world.origin}/hook`, event_types: ["order.eaten"] });
    expect(wrong.body).toMatchObject({ status: 422, code: "field_invalid", param: "event_types.0" });
  });
});

describe("gateway accounts", () => {
  it("are listed without credentials; a balance or a rate is asked for where the document has one, else that is said", async () => {
    const fengniao = await world.addAccount("fengniao");
    const listed = (await shop.get("/accounts")).body;
    expect(listed.data.map((one: { gateway: string }) => one.gateway).toSorted()).toEqual(["fengniao", "hipopay-agent", "xxpay"]);
    expect(JSON.stringify(listed)).not.toMatch(/privateKey|secret|BEGIN/);
    const balance = await shop.get(`/accounts/${fengniao}/balance`);
    expect(balance.body).toMatchObject({ object: "balance", account: fengniao, currency: "CNY" });
    const none = await shop.get(`/accounts/${world.accountId}/balance`);
    expect(none.body).toMatchObject({ status: 422, code: "operation_not_supported" });
    expect(none.body.detail).toMatch(/has no balance/);
    const rate = await shop.get(`/accounts/${world.accountId}/rate?currency=HKD`);
    expect(rate.body).toMatchObject({ object: "rate", currency: "HKD", wallet: "wechat" });
    expect(rate.body.cny_per_unit).toMatch(/^\d+\.\d+$/);
    expect((await shop.get(`/accounts/${fengniao}/rate?currency=HKD`)).body.code).toBe("operation_not_supported");
    expect((await stranger.get(`/accounts/${fengniao}/balance`)).body).toMatchObject(notFound("account"));
    expect((await shop.get(`/accounts/${fengniao}/balance?name=nonsense`)).body).toMatchObject({
      code: "parameter_invalid",
      param: "name",
    });
  });
});

describe("a gateway that cannot be reached", () => {
  it("leaves the order open, and the problem names it; the same request under the same key tries again", async () => {
    const account = await world.addAccount("hipopay-merchant");
    const at = (url: string) => world.database.$client.query("update gateway_accounts set base_url = $2 where id = $1", [account, url]);
    const { rows } = await world.database.$client.query("select base_url from gateway_accounts where id = $1", [account]);
    await at("http://127.0.0.1:9");
    const body = { ...TEA, method: "wechat.native", account };
    const failed = await shop.post("/orders", body, { "idempotency-key": "away-1" });
    expect(failed.body).toMatchObject({ status: 502, code: "gateway_unreachable", order: expect.stringMatching(/^ord_/) });
    expect((await shop.get(`/orders/${failed.body.order}`)).body).toMatchObject({ state: "open", attempt: { state: "refused" } });
    await at(rows[0].base_url);
    const again = await shop.post("/orders", body, { "idempotency-key": "away-1" });
    expect([again.status, again.body.id, again.body.attempt.state]).toEqual([200, failed.body.order, "presented"]);
  });
});

describe("the sandbox's helpers", () => {
  it("decline and expire an attempt, arm a fault, and take test keys only", async () => {
    const declined = (await shop.post("/orders", { ...TEA, method: "wechat.native" })).body.attempt;
    expect((await shop.post(`/sandbox/attempts/${declined.id}/decline`)).status).toBe(200);
    const expired = (await shop.post("/orders", { ...TEA, method: "wechat.native" })).body.attempt;
    expect((await shop.post(`/sandbox/attempts/${expired.id}/expire`)).body.state).toBe("closed");
    expect((await shop.post(`/sandbox/attempts/${expired.id}/pay`)).body).toMatchObject({ status: 422, code: "sandbox_refused" });
    const armed = await shop.post("/sandbox/faults", { account: world.accountId, fault: "nonsense" });
    expect(armed.body).toMatchObject({ status: 422, code: "field_invalid", param: "fault" });
    expect((await shop.post("/sandbox/faults", { account: world.accountId, fault: "reply_lost" })).body).toMatchObject({ object: "fault" });
    const unclear = await shop.post("/orders", { ...TEA, method: "wechat.native", account: world.accountId });
    expect([unclear.status, unclear.body.attempt.state, unclear.body.attempt.presentation]).toEqual([201, "unknown", null]);
    const live = await client(world, { live: true });
    expect((await live.post(`/sandbox/attempts/${expired.id}/pay`)).body).toMatchObject({ status: 403, code: "test_key_required" });
    expect((await stranger.post(`/sandbox/attempts/${expired.id}/pay`)).body).toMatchObject(notFound("attempt"));
  });
});
