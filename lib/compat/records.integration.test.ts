import { createSign } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { endHop, startHop } from "#lib/compat/hop.ts";
import { createCompatKey } from "#lib/compat/keys.ts";
import { HAND_SHOPS, type HandShop } from "#lib/compat/shops-testing.ts";
import { type CompatWorld, compatWorld } from "#lib/compat/world-testing.ts";
import { number } from "#lib/payments/by-hand-testing.ts";
import { openOrder } from "#lib/payments/open-order.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER } from "#lib/payments/testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { payPayment } from "#lib/sandbox/pay.ts";
import { createEndpoint } from "#lib/webhooks/endpoints.ts";

/** Notices and their retries, orders that did not come in here, and what only other gateways know: bills, rates, customs, openids. */
let world: CompatWorld;
beforeAll(async () => {
  world = await compatWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.told.length = 0;
});

async function shopOver(gateway: string, upstream: string) {
  const other = await world.otherMerchant(upstream);
  const account = await world.key(gateway, { merchantId: other.merchantId });
  const shop = HAND_SHOPS[gateway]?.(account) as HandShop;
  Object.assign(world.word, { body: shop.words.ok, status: 200 });
  return { ...other, shop, account };
}

describe("a notice", () => {
  it("that is not acknowledged by the document's word comes again on its schedule, the same bytes; then the order is processed", async () => {
    const { shop, account } = await shopOver("xxpay", "hipopay-agent");
    world.word.body = "ok";
    const placed = await shop.place(world.shopUrl);
    await world.pay(placed.number);
    expect(world.told).toHaveLength(1);
    // seeds/003 §2.2.4: 2 is paid, 3 is paid and acknowledged.
    expect(await shop.status(placed.number)).toBe("2");
    const { rows } = await world.database.execute<{ seconds: number }>(
      sql`select round(extract(epoch from d.next_try_at - now()))::int as seconds from deliveries d
          join compat_orders c on c.order_id = d.order_id where c.client_no = ${placed.number} and d.type = 'order.paid'`,
    );
    expect(rows[0]?.seconds).toBeGreaterThan(55);
    expect(rows[0]?.seconds).toBeLessThanOrEqual(60);
    world.word.body = shop.words.ok;
    await world.makeDue();
    await world.settle();
    expect(world.told).toHaveLength(2);
    expect(world.told[1]?.body).toBe(world.told[0]?.body);
    expect(await shop.status(placed.number)).toBe("3");

    const { mchId = "", appId = "" } = account.credentials;
    await shop.call("/api/pay/query_order", { mchId, appId, mchOrderNo: placed.number, executeNotify: "true" });
    await world.settle();
    expect(world.told).toHaveLength(3);
    expect(world.told[2]?.body).toBe(world.told[0]?.body);
  });

  it("is kept sealed, for it names who paid: nothing of it stands in the database in clear", async () => {
    const { shop } = await shopOver("fengniao", "hipopay-agent");
    const placed = await shop.place(world.shopUrl);
    await world.pay(placed.number);
    expect(world.told[0]?.body).toContain(placed.number);
    const { rows } = await world.database.execute<{ message: string }>(
      sql`select d.message #>> '{}' as message from deliveries d
          join compat_orders c on c.order_id = d.order_id where c.client_no = ${placed.number} and d.message is not null`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.message).not.toMatch(new RegExp(`${placed.number}|sign|https?:`));
  });

  it.each(Object.keys(HAND_SHOPS))(
    "in the form of %s reaches a merchant's own endpoint for an ordinary order too, signed with its key",
    async (gateway) => {
      const { shop, merchantId } = await shopOver(gateway, "hipopay-agent");
      const format = gateway as "xxpay";
      const made = await createEndpoint({ merchantId, live: false, url: world.shopUrl, format }, world.database);
      expect(made.ok).toBe(true);
      const reference = number();
      const amount = { minor: 1234n, currency: "CNY" as const };
      const opened = await openOrder({ merchantId, reference, amount, title: "Tea", live: false, actor: "shop" }, world.database);
      if (!opened.ok) throw new Error(opened.problem.code);
      const started = await startAttempt({ token: opened.value.token, method: "alipay.qr", shopper: SHOPPER }, world.database);
      if (!started.ok) throw new Error(started.problem.code);
      const { rows } = await world.database.execute<{ no: string }>(
        sql`select gateway_order_no as no from attempts where id = ${started.value.attemptId}`,
      );
      const payment = await paymentByAny(world.database, rows[0]?.no ?? "");
      await payPayment(world.database, payment?.no ?? "", { channel: "CN", shopper: "someone" });
      await world.settle();
      const [told] = world.told;
      if (gateway === "xxpay") {
        // Nothing was asked with the order, so param1 has nothing to come back with.
        expect(new URLSearchParams(told?.body).get("mchOrderNo")).toBe(reference);
      } else {
        expect(world.told.map((one) => shop.read(one))).toEqual([{ number: reference, amount: "12.34", paid: true }]);
      }
      expect(await shop.status(reference)).toMatch(/^(?:PAID|0000|2|3|TRADE_SUCCESS)$/);
    },
  );
});

describe("a bill", () => {
  it("is of the key's own payments and refunds, under the shop's numbers", async () => {
    const { shop, account } = await shopOver("hipopay-merchant", "fengniao");
    const placed = await shop.place(world.shopUrl);
    await world.pay(placed.number);
    await shop.refund?.(placed, number());
    const stranger = await shopOver("hipopay-merchant", "fengniao");
    const other = await stranger.shop.place(world.shopUrl);
    await world.pay(other.number);
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll("-", "");
    const timestamp = `${Math.floor(Date.now() / 1000)}`;
    const query = `end_date=${today}&merchant_no=${account.credentials.merchantNo}&start_date=${today}`;
    const Signature = createSign("RSA-SHA256")
      .update(`${query},${timestamp}`)
      .sign(account.credentials.privateKey ?? "", "base64");
    const headers = { MerchantNO: account.credentials.merchantNo ?? "", Version: "3.0", Timestamp: timestamp, Signature };
    const bill = await (await fetch(`${account.baseUrl}/download_bill?${query}`, { headers })).text();
    expect(bill).toContain(placed.number);
    expect(bill).not.toContain(other.number);
    expect(bill.split("\n").filter((line) => line.includes(placed.number)).length).toBeGreaterThanOrEqual(2);
  });
});

describe("what the merchant's own gateways know", () => {
  it("is a rate, of the first account that has rates; no rate is a currency the document does not know", async () => {
    const { shop } = await shopOver("hipopay-merchant", "hipopay-agent");
    expect(await shop.call("GET /wechatpay/forex_rate", { currency: "HKD" })).toMatchObject({
      response: { currency: "HKD", forex_rate: expect.stringMatching(/^1\.\d+/) },
    });
    const none = await shopOver("hipopay-merchant", "xxpay");
    expect(await none.shop.call("GET /wechatpay/forex_rate", { currency: "HKD" })).toMatchObject({ error: "CURRENCY_NOT_SUPPORT" });
  });

  it("is what may be paid out, added up over the accounts that tell it", async () => {
    const { shop, account, merchantId } = await shopOver("xxpay", "fengniao");
    expect(merchantId).not.toBe(world.merchantId);
    const { mchId = "", appId = "" } = account.credentials;
    const told = await shop.call("/api/query/query_balance", { mchId, appId });
    expect(told).toMatchObject({ retCode: "SUCCESS", balance: expect.stringMatching(/^\d+$/) });
  });

  it("is a customs declaration, under the numbers the payment has there; elsewhere the document's refusal", async () => {
    const { shop } = await shopOver("hipopay-merchant", "hipopay-agent");
    const placed = await shop.place(world.shopUrl);
    await world.pay(placed.number);
    const numbers = { payment_no: placed.no, out_order_no: placed.number };
    const asked = { ...numbers, customs: "ZONGSHU", mch_customs_no: "3301964J31", merchant_customs_name: "杭州茶行" };
    const declared = await shop.call("POST /alipay/declaration", asked);
    expect(declared, JSON.stringify(declared)).toMatchObject({
      is_success: true,
      response: { ...numbers, customs: "ZONGSHU", state: "SUCCESS" },
    });
    const found = await shop.call("GET /alipay/declaration", numbers);
    expect(found).toMatchObject({ is_success: true, response: { out_order_no: placed.number, state: "SUCCESS" } });
    const without = await shopOver("hipopay-merchant", "xxpay");
    const paid = await without.shop.place(world.shopUrl);
    await world.pay(paid.number);
    const refused = await without.shop.call("POST /alipay/declaration", { ...asked, payment_no: paid.no, out_order_no: paid.number });
    expect(refused).toMatchObject({ is_success: false, error: "CHANNEL_NOT_AVAILABLE" });
  });
});

describe("the way to an openid (seeds/002 §3.2)", () => {
  it("leads over the account that will be paid through and back to the shop's page, once a state is ours", async () => {
    const { account, accountId } = await shopOver("mpgateway", "hipopay-agent");
    const back = "https://shop.example/pay?order=1";
    const asked = new URLSearchParams({ backurl: back, merid: account.credentials.merid ?? "" });
    const first = await fetch(`${account.baseUrl}/wxjsapi/openid.html?${asked}`, { redirect: "manual" });
    expect(first.status).toBe(302);
    const own = new URL(first.headers.get("location") ?? "");
    expect(own.pathname).toBe("/compat/mpgateway/openid");
    const second = await fetch(`${account.baseUrl}/openid${own.search}`, { redirect: "manual" });
    expect(second.status).toBe(303);
    const container = new URL(second.headers.get("location") ?? "");
    expect(container.href).toContain("/sandbox/wechat/container");
    const token = container.searchParams.get("state");
    const hop = (fields: { openid: string | null; token: string | null }) => endHop(world.database, accountId, { code: null, ...fields });
    expect(await hop({ openid: "oX123456", token })).toBe(`${back}&openid=oX123456`);
    expect(await hop({ openid: "<script>", token })).toBe(back);
    expect(await hop({ openid: "oX123456", token: "0".repeat(26) })).toBeNull();
    expect(await endHop(world.database, "acc_other", { openid: "oX123456", code: null, token })).toBeNull();
    const nobody = await fetch(`${account.baseUrl}/openid?merchant_no=1&backurl=${encodeURIComponent(back)}&parameter=openid`);
    expect(nobody.status).toBe(404);
  });

  it("opens the page a HipoPay shop registered with its key, with all it was given; no page, no way", async () => {
    const { merchantId, accountId } = await world.otherMerchant("hipopay-agent");
    const pageUrl = "https://shop.example/wechat?shop=7";
    const wish = { merchantId, gateway: "hipopay-agent", live: false, accountId: null, publicKey: "", createdBy: "test" };
    const made = await createCompatKey({ ...wish, pageUrl }, world.database);
    const without = await createCompatKey(wish, world.database);
    if (!made.ok || !without.ok) throw new Error("not made");
    const { baseUrl } = await world.key("hipopay-agent");
    const ask = (merchant_no: string) =>
      fetch(`${baseUrl}/container?${new URLSearchParams({ merchant_no, cart: "9" })}`, { redirect: "manual" });
    const led = await ask(made.key.merchantNo);
    expect(led.status).toBe(303);
    const token = new URL(led.headers.get("location") ?? "").searchParams.get("state");
    const back = await endHop(world.database, accountId, { openid: "oX123456", code: null, token });
    expect(back).toBe(`${pageUrl}&merchant_no=${made.key.merchantNo}&cart=9&openid=oX123456`);
    expect((await ask(without.key.merchantNo)).status).toBe(404);
    // The openid call is unsigned: with a page in the key nobody makes it lead a shopper and their openid to another site.
    const lead = (key: { merchantNo: string }, backUrl: string) =>
      startHop(world.database, "hipopay-agent", { merchantNo: key.merchantNo, backUrl, parameter: "openid" });
    expect(await lead(made.key, "https://evil.example/pay")).toBeNull();
    expect(await lead(made.key, "https://shop.example/other")).not.toBeNull();
    expect(await createCompatKey({ ...wish, pageUrl: "javascript:alert(1)" }, world.database)).toEqual({
      ok: false,
      problem: "page_url_invalid",
    });
  });
});
