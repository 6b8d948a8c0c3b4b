import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { compatBackend } from "#lib/compat/backend.ts";
import { compatGatewayById } from "#lib/compat/gateways.ts";
import { HAND_SHOPS, type HandShop } from "#lib/compat/shops-testing.ts";
import { type CompatWorld, compatWorld } from "#lib/compat/world-testing.ts";
import { bySorted, md5, number } from "#lib/payments/by-hand-testing.ts";

/** What a shopper is given when the wire in front and the wire behind are not of one shape, and what becomes of the order. */
let world: CompatWorld;
beforeAll(async () => {
  world = await compatWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.told.length = 0;
});

/** A shop that speaks one gateway, of a merchant of its own who has one account at another. */
async function shopOver(
  gateway: string,
  upstream: string,
): Promise<{ shop: HandShop; credentials: Record<string, string>; baseUrl: string }> {
  const { merchantId } = await world.otherMerchant(upstream);
  const account = await world.key(gateway, { merchantId });
  const shop = HAND_SHOPS[gateway]?.(account);
  if (!shop) throw new Error("no such shop");
  world.word.body = shop.words.ok;
  return { shop, credentials: account.credentials, baseUrl: account.baseUrl };
}

async function orderOf(clientNo: string): Promise<{ state: string; token: string; returnUrl: string | null } | undefined> {
  const { rows } = await world.database.execute<{ state: string; token: string; returnUrl: string | null }>(
    sql`select o.state, o.token, o.return_url as "returnUrl" from orders o join compat_orders c on c.order_id = o.id where c.client_no = ${clientNo}`,
  );
  return rows[0];
}

describe("a payment inside WeChat", () => {
  const jsapi = (merchant_no = "") => ({
    ...{ merchant_no, currency: "CNY", amount: "1.00", product_info: "tea", openid: "oX1234567890" },
    ...{ notify_url: world.shopUrl },
  });

  it("gets the other gateway's own parameters for the bridge, as they came", async () => {
    const { shop, credentials } = await shopOver("hipopay-agent", "fengniao");
    const made = (await shop.call("POST /mp_pay", jsapi(credentials.merchantNo))) as { data: { js_param: Record<string, string> } };
    const { rows } = await world.database.execute<{ presentation: { params: object } }>(
      sql`select presentation from attempts where method = 'wechat.jsapi' order by created_at desc limit 1`,
    );
    expect(made.data.js_param).toEqual(rows[0]?.presentation.params);
    expect(made.data.js_param.package).toMatch(/^prepay_id=.+/);
  });

  it("is refused where the other gateway has a page only and the document no place for one; the number may be used again", async () => {
    const { shop, credentials } = await shopOver("hipopay-agent", "mpgateway");
    const agent_order_id = number();
    const refused = await shop.call("POST /mp_pay", { ...jsapi(credentials.merchantNo), agent_order_id });
    expect(refused).toMatchObject({ meta: { status_code: 403, message: expect.stringContaining("未开通") } });
    expect(await orderOf(agent_order_id)).toBeUndefined();
    const { rows } = await world.database.execute<{ state: string }>(sql`select state from orders where reference = ${agent_order_id}`);
    expect(rows).toEqual([{ state: "cancelled" }]);
    const native = { ...jsapi(credentials.merchantNo), agent_order_id, ip: "203.0.113.9" };
    expect(await shop.call("POST /order/scanned_pay", native)).toMatchObject({ data: { code_url: expect.stringMatching(/^weixin:/) } });
  });

  it("gets a page's address where the document has a place for it, and our own checkout where the openid is not known", async () => {
    const { shop, credentials } = await shopOver("fengniao", "mpgateway");
    const order = () => ({
      ...{ merchant_no: credentials.merchantNo ?? "", out_trade_no: number(), order_name: "茶", total_amount: "1.00" },
      ...{ spbill_create_ip: "203.0.113.9", notify_url: world.shopUrl },
    });
    const known = await shop.call("weixin.mppay", { ...order(), sub_openid: "oX1234567890" });
    expect(known).toMatchObject({ error_code: 0, pay_url: expect.stringContaining("/sandbox/gateway/mpgateway/wxjsapi/gopay.html") });
    const asked = order();
    const page = await shop.call("weixin.mppay", asked);
    expect(page.pay_url).toBe(`${world.origin}/pay/${(await orderOf(asked.out_trade_no))?.token}`);
  });
});

describe("scan pay", () => {
  const scan = async (shop: HandShop, merchant_no: string, auth_code: string, out_order_no = number()) => ({
    out_order_no,
    reply: await shop.call("POST /alipay/scan_pay", {
      ...{ merchant_no, currency: "CNY", amount: "5", subject: "tea", notify_url: world.shopUrl, auth_code, out_order_no },
    }),
  });

  it("charges at once, is told once, and answers the amount as the shop wrote it", async () => {
    const { shop, credentials } = await shopOver("hipopay-agent", "fengniao");
    const { out_order_no, reply } = await scan(shop, credentials.merchantNo ?? "", "280000000000000100");
    expect(reply).toMatchObject({ data: { order: { amount: "5", outer_order_no: out_order_no } } });
    await world.makeDue();
    await world.settle();
    expect(await shop.status(out_order_no)).toBe("PAID");
    expect(world.told.map((one) => shop.read(one))).toMatchObject([{ amount: "5", paid: true }]);
  });

  it("with a code that is none, or another wallet's, charges nothing and says so in the document's words", async () => {
    const { shop, credentials } = await shopOver("hipopay-agent", "fengniao");
    for (const code of ["12345", "130000000000000000"]) {
      const { reply } = await scan(shop, credentials.merchantNo ?? "", code);
      expect(reply).toMatchObject({ meta: { status_code: 555 } });
    }
    const { rows } = await world.database.execute(sql`select 1 from attempts where method = 'wechat.barcode'`);
    expect(rows).toEqual([]);
  });
});

describe("a page the shopper goes to", () => {
  it("is the other gateway's own for wap pay; back at the shop stand the document's parameters, signed, as things are then", async () => {
    const { shop, credentials, baseUrl } = await shopOver("xxpay", "fengniao");
    const mchOrderNo = number();
    const { mchId = "", appId = "", key = "" } = credentials;
    const order = { mchId, appId, productId: "8007", mchOrderNo, currency: "cny", amount: "100", subject: "茶", body: "茶" };
    const made = await shop.call("/api/pay/create_order", { ...order, notifyUrl: world.shopUrl, returnUrl: `${world.shopUrl}?mine=1#top` });
    expect(made).toMatchObject({ retCode: "SUCCESS", payParams: { payUrl: expect.stringContaining("/sandbox/cashier/alipay_wap/") } });
    await world.pay(mchOrderNo);
    const { returnUrl } = (await orderOf(mchOrderNo)) ?? {};
    expect(returnUrl).toMatch(/\/compat\/xxpay\/return\/[0-9a-z]+$/);
    const path = new URL(returnUrl ?? "").pathname.slice("/compat/xxpay".length);
    const back = await fetch(`${baseUrl}${path}?order=ord_x&state=paid`, { redirect: "manual" });
    expect(back.status).toBe(303);
    const address = new URL(back.headers.get("location") ?? "");
    const { sign, mine, ...fields } = Object.fromEntries(address.searchParams);
    expect([mine, address.hash, fields.mchOrderNo, fields.backType]).toEqual(["1", "#top", mchOrderNo, "1"]);
    const signed = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
    expect(sign).toBe(md5(`${bySorted(signed, (value) => value)}&key=${key}`).toUpperCase());
    expect((await fetch(`${baseUrl}/return/${"0".repeat(26)}`, { redirect: "manual" })).status).toBe(404);
    const other = baseUrl.replace("xxpay", "mpgateway");
    expect((await fetch(`${other}${path}`, { redirect: "manual" })).status).toBe(404);
  });

  it("is our checkout where the shopper has to be asked, by GET or by the document's POST", async () => {
    const bank = await shopOver("fengniao", "fengniao");
    const out_trade_no = number();
    const order = { out_trade_no, total_amount: "1.00", channel_type: "07", subject: "茶", body: "茶", client_ip: "203.0.113.9" };
    const addresses = { notify_url: world.shopUrl, success_url: world.shopUrl, pay_type: "3", bank_code: "01020000" };
    const made = await bank.shop.call("unionpay.gateway", { ...order, ...addresses });
    expect(made.pay_url).toBe(`${world.origin}/pay/${(await orderOf(out_trade_no))?.token}`);

    const { shop, credentials, baseUrl } = await shopOver("xxpay", "xxpay");
    const { mchId = "", appId = "" } = credentials;
    const mchOrderNo = number();
    const transfer = { mchId, appId, productId: "8000", mchOrderNo, currency: "cny", amount: "100", subject: "茶", body: "茶" };
    const asked = await shop.call("/api/pay/create_order", {
      ...transfer,
      notifyUrl: world.shopUrl,
      param1: "HPT00001;张三;6222000000000000",
    });
    const { payUrl } = asked.payParams as { payUrl: string };
    expect(payUrl).toMatch(/^POST;http.*\/compat\/xxpay\/pay\/[0-9a-z]+\?payOrderId=\d{25}/);
    const path = new URL(payUrl.slice(5)).pathname.slice("/compat/xxpay".length);
    const led = await fetch(`${baseUrl}${path}`, { method: "POST", body: new URLSearchParams({ payOrderId: "1" }), redirect: "manual" });
    expect([led.status, led.headers.get("location")]).toEqual([303, `${world.origin}/pay/${(await orderOf(mchOrderNo))?.token}`]);
  });

  it("is our checkout for a desk, whichever of the wallet's methods the merchant has", async () => {
    const { credentials, baseUrl } = await shopOver("hipopay-agent", "mpgateway");
    const fields = { merchant_no: credentials.merchantNo ?? "", currency: "CNY", amount: "1", return_url: world.shopUrl };
    const desk = await fetch(`${baseUrl}/pc_desk?${new URLSearchParams({ ...fields, product_info: "tea" })}`, { redirect: "manual" });
    expect([desk.status, desk.headers.get("location")]).toEqual([302, expect.stringMatching(/\/pay\/[0-9a-z]{26}$/)]);
    const dollars = await fetch(`${baseUrl}/pc_desk?${new URLSearchParams({ ...fields, currency: "USD", product_info: "tea" })}`);
    expect(await dollars.json()).toMatchObject({ meta: { status_code: 400, message: expect.stringContaining("currency") } });
  });

  it("is opened by nobody who asks unsigned too often", async () => {
    const { credentials } = await shopOver("hipopay-agent", "mpgateway");
    const gateway = compatGatewayById("hipopay-agent");
    if (!gateway) throw new Error("no gateway");
    const backend = compatBackend({ database: world.database, gateway, clientIp: "198.51.100.77" });
    expect(await backend.callerOfMerchant(credentials.merchantNo ?? "")).not.toBeNull();
    for (let asked = 0; asked < 300; asked += 1) await backend.callerOfMerchant("WC0");
    expect(await backend.callerOfMerchant(credentials.merchantNo ?? "")).toBeNull();
  });
});

describe("what cannot be done", () => {
  it("a refund over a gateway that has none is refused, and recorded nowhere: nobody paid anything back", async () => {
    const { shop } = await shopOver("hipopay-merchant", "mpgateway");
    const placed = await shop.place(world.shopUrl);
    await world.pay(placed.number);
    const refused = await shop.call("POST /payment_refund", { payment_no: placed.no, out_refund_id: number() });
    expect(refused).toMatchObject({ response: { status: "FAIL", result_code: "0227" } });
    const { rows } = await world.database.execute(
      sql`select 1 from refunds r join compat_orders c on c.order_id = r.order_id where c.client_no = ${placed.number}`,
    );
    expect(rows).toEqual([]);
  });

  it("a notify address that is none is refused by its field's name, before an order is opened", async () => {
    for (const [gateway, words] of Object.entries({
      "hipopay-agent": /notify_url/,
      mpgateway: /backurl/,
      xxpay: /notifyUrl/,
      fengniao: /notify_url/,
    })) {
      const { shop } = await shopOver(gateway, "hipopay-agent");
      const clientNo = number();
      expect((await shop.place("http://somebody:secret@shop.example/notify", clientNo)).shows).toMatch(words);
      expect(await orderOf(clientNo)).toBeUndefined();
    }
  });

  it("payouts: a key that takes money sends none to bank accounts", async () => {
    const { shop, credentials } = await shopOver("fengniao", "fengniao");
    const asked = { merchant_no: credentials.merchantNo ?? "", out_trade_no: number(), amount: "1.00", account_attr: "0", remark: "r" };
    const account = { bakn_account_no: "6222020000000000123", bank_account_name: "张三", bank_mobile: "13800000000" };
    expect(await shop.call("merchant.withdraw", { ...asked, ...account })).toMatchObject({ error_code: 13001 });
  });
});

describe("an order that is over", () => {
  it("is closed by its shop; paid all the same it is paid, and its shop is told", async () => {
    const { shop, credentials } = await shopOver("mpgateway", "hipopay-agent");
    const placed = await shop.place(world.shopUrl);
    const merid = credentials.merid ?? "";
    expect(await shop.call("/api/cancel", { merid, orderid: placed.number })).toMatchObject({ respcode: "00" });
    expect(await shop.status(placed.number)).toBe("1003");
    await world.pay(placed.number);
    expect(await shop.status(placed.number)).toBe("0000");
    expect(world.told.map((one) => shop.read(one))).toEqual([{ number: placed.number, amount: "12.34", paid: true }]);
    expect(await shop.call("/api/cancel", { merid, orderid: placed.number })).toMatchObject({ respcode: "06" });
  });
});
