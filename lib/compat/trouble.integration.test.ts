import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { refunds } from "#db/schema/refunds.ts";
import { serveCompat } from "#lib/compat/serve.ts";
import { HAND_SHOPS, type HandShop } from "#lib/compat/shops-testing.ts";
import { type CompatAccount, type CompatWorld, compatWorld } from "#lib/compat/world-testing.ts";
import { number } from "#lib/payments/by-hand-testing.ts";
import { armFault } from "#lib/sandbox/armed.ts";
import type { Fault } from "#lib/sandbox/faults.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

/** The gateway behind answers late, wrongly or not at all; shops ask twice at once; strangers ask too much. */
let world: CompatWorld;
beforeAll(async () => {
  world = await compatWorld();
});
afterAll(() => world.close());

const shopOf = (account: CompatAccount): HandShop => {
  const shop = HAND_SHOPS[account.gateway]?.(account);
  if (!shop) throw new Error("no such shop");
  world.word.body = shop.words.ok;
  world.told.length = 0;
  return shop;
};

async function arm(fault: Fault, path: string): Promise<void> {
  const armed = await armFault(world.database, {
    fault,
    target: "request",
    gateway: "hipopay-agent",
    merchantNo: null,
    path,
    seconds: null,
  });
  if ("refusal" in armed) throw new Error(armed.refusal);
}

describe("a create whose answer was lost behind us", () => {
  it("leaves an order that can be paid on our checkout, and is paid and told once when the shopper had paid after all", async () => {
    const shop = shopOf(await world.key("fengniao"));
    await arm("reply_lost", "/alipay/qrcode_pay");
    const placed = await shop.place(world.shopUrl);
    expect(placed.shows).toMatch(new RegExp(`^${world.origin}/pay/[0-9a-z]{26}$`));
    expect(await shop.status(placed.number)).toBe(shop.words.unpaid);
    await world.pay(placed.number);
    await world.makeDue();
    await world.settle();
    expect(await shop.status(placed.number)).toBe(shop.words.paid);
    expect(world.told.map((one) => shop.read(one))).toEqual([{ number: placed.number, amount: "12.34", paid: true }]);
  });
});

describe("a create that was refused behind us", () => {
  it("is refused in the shop's words, and its number may be used again", async () => {
    const { merchantId, accountId } = await world.otherMerchant("fengniao");
    const shop = shopOf(await world.key("xxpay", { merchantId }));
    const [before] = await world.database.select().from(gatewayAccounts).where(eq(gatewayAccounts.id, accountId));
    const keep = (credentials: string) =>
      world.database.update(gatewayAccounts).set({ credentials }).where(eq(gatewayAccounts.id, accountId));
    const right = JSON.parse(unsealFor("gateway_accounts.credentials", accountId, before?.credentials ?? "")) as object;
    await keep(sealFor("gateway_accounts.credentials", accountId, JSON.stringify({ ...right, secret: "0".repeat(32) })));
    const mchOrderNo = number();
    const refused = (await shop.place(world.shopUrl, mchOrderNo)).shows;
    expect(JSON.parse(refused)).toMatchObject({ retCode: "FAIL", errCode: "0014", errDes: "渠道拒绝交易" });
    expect(await shop.status(mchOrderNo)).toContain("0112");
    await keep(before?.credentials ?? "");
    expect((await shop.place(world.shopUrl, mchOrderNo)).shows).toContain("https://qr.alipay.com/");
  });
});

describe.each([
  ["hipopay-agent", '"status_code":503'],
  ["hipopay-merchant", '"SYSTEM_EXCEPTION"'],
  ["mpgateway", '"96"'],
  ["xxpay", '"0010"'],
  ["fengniao", "10006"],
])("a create while every account behind is paused, asked for by a shop that speaks %s", (gateway, busy) => {
  it("is answered by that document's busy error, and its number is taken once one works again", async () => {
    const shop = shopOf(await world.key(gateway));
    const accounts = sql`insert into channel_health (account_id, scope, failures, downs, last_failed_at, down_until, cause)
      select id, '*', 3, 1, now(), now() + interval '1 minute', 'unreachable' from gateway_accounts`;
    // Earlier tests of this file leave an account that failed once.
    await world.database.execute(sql`delete from channel_health`);
    await world.database.execute(accounts);
    const no = number();
    const refused = await shop.place(world.shopUrl, no);
    expect(refused.shows).toContain(busy);
    await world.database.execute(sql`delete from channel_health`);
    const placed = await shop.place(world.shopUrl, no);
    expect(placed.shows).not.toContain(busy);
    expect(await shop.status(no)).toBe(shop.words.unpaid);
  });
});

/** Whose documents have a refund. */
const REFUNDING = ["hipopay-merchant", "hipopay-agent", "fengniao"] as const;

describe.each(REFUNDING)("a refund above the merchant's approval limit, asked for by a shop that speaks %s", (gateway) => {
  it("is refused in that document's own words, and nothing goes back", async () => {
    const shop = HAND_SHOPS[gateway]?.(await world.key(gateway));
    if (!shop?.refund) throw new Error(`${gateway} has no refund`);
    const placed = await shop.place(world.shopUrl);
    await world.pay(placed.number);
    await world.database.execute(
      sql`insert into refund_limits (merchant_id, currency, approval_above)
          select merchant_id, currency, 0 from orders where merchant_id = ${world.merchantId} on conflict do nothing`,
    );
    expect(await shop.refund(placed, number())).not.toMatch(/SUCCESS$|PROCESSING$/);
    await world.database.execute(sql`delete from refund_limits`);
    expect(await shop.refund(placed, number())).toMatch(/SUCCESS$|PROCESSING$/);
  });
});

describe.each(REFUNDING)("a refund through an account that does not open, asked for by a %s shop", (gateway) => {
  it("is answered by that document's own error, reserves nothing, and is taken under the same number once the account is mended", async () => {
    const shop = HAND_SHOPS[gateway]?.(await world.key(gateway));
    if (!shop?.refund) throw new Error(`${gateway} has no refund`);
    const placed = await shop.place(world.shopUrl);
    await world.pay(placed.number);
    const kept = await world.database.select().from(gatewayAccounts);
    await world.database.update(gatewayAccounts).set({ credentials: "sealed with keys that are gone" });
    const refundNumber = number();
    const before = await world.database.$count(refunds);
    expect(await shop.refund(placed, refundNumber)).not.toMatch(/SUCCESS$|PROCESSING$/);
    expect(await world.database.$count(refunds)).toBe(before);
    for (const { id, credentials } of kept) {
      await world.database.update(gatewayAccounts).set({ credentials }).where(eq(gatewayAccounts.id, id));
    }
    expect(await shop.refund(placed, refundNumber)).toMatch(/SUCCESS$|PROCESSING$/);
  });
});

describe("a refund whose answer was lost behind us", () => {
  it("is under way until the other gateway is asked, and is never sent twice", async () => {
    const shop = shopOf(await world.key("hipopay-merchant"));
    const placed = await shop.place(world.shopUrl);
    await world.pay(placed.number);
    const refundNumber = number();
    await arm("reply_lost", "/alipay/refund");
    expect(await shop.refund?.(placed, refundNumber)).toBe("PROCESSING");
    // The same number again is the same refund.
    expect(await shop.refund?.(placed, refundNumber)).toBe("PROCESSING");
    await world.makeDue();
    await world.settle();
    expect(await shop.refundStatus?.(placed, refundNumber)).toBe("SUCCESS");
    const { rows } = await world.database.execute<{ sum: string }>(
      sql`select sum(r.amount)::text as sum from refunds r join compat_orders c on c.order_id = r.order_id where c.client_no = ${placed.number}`,
    );
    expect(rows).toEqual([{ sum: "1234" }]);
    const more = await shop.call("POST /payment_refund", { payment_no: placed.no, out_refund_id: number(), refund_amount: "0.01" });
    expect(more).toMatchObject({ response: { status: "FAIL", result_code: "0006" } });
    const other = await shop.call("POST /payment_refund", { payment_no: placed.no, out_refund_id: refundNumber, refund_amount: "0.01" });
    expect(other).toMatchObject({ response: { status: "FAIL", result_code: "0001" } });
  });
});

describe("creates with one number at once", () => {
  it("make one order", async () => {
    const shop = shopOf(await world.key("fengniao"));
    const out_trade_no = number();
    const placed = await Promise.all(Array.from({ length: 6 }, () => shop.place(world.shopUrl, out_trade_no)));
    expect(placed.filter(({ shows }) => shows.startsWith("https://qr.alipay.com/"))).toHaveLength(1);
    expect(placed.filter(({ shows }) => shows.includes("12001"))).toHaveLength(5);
    const { rows } = await world.database.execute(sql`select 1 from orders where reference = ${out_trade_no}`);
    expect(rows).toHaveLength(1);
  });
});

describe("the door", () => {
  const ask = (path: string, init: RequestInit = {}, clientIp = "198.51.100.7", gateway = "xxpay") =>
    serveCompat(new Request(`http://shop.example/compat/${gateway}${path}`, init), {
      database: world.database,
      gateway,
      path: path.split("?")[0] ?? "",
      clientIp,
    });

  it("knows five gateways, and no addresses but the documents' and its own", async () => {
    expect((await ask("/api/pay/create_order", {}, "198.51.100.1", "alipay")).status).toBe(404);
    expect((await ask("/api/refund/create_order")).status).toBe(404);
    expect((await ask("/return/../../dashboard")).status).toBe(404);
  });

  it("reads bodies up to 64 KiB, and says so of longer ones", async () => {
    const body = new URLSearchParams({ params: "x".repeat(64 * 1024) }).toString();
    expect((await ask("/api/pay/create_order", { method: "POST", body })).status).toBe(413);
    expect((await ask(`/api/pay/query_order?params=${"x".repeat(64 * 1024)}`)).status).toBe(414);
  });

  it("answers whatever is sent with a refusal of the document's, and breaks on nothing", async () => {
    const paths = {
      "hipopay-agent": "/order/scanned_pay",
      "hipopay-merchant": "/payment",
      mpgateway: "/api/query",
      xxpay: "/api/pay/query_order",
      fengniao: "/gateway",
    };
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.webQueryParameters(),
      fc.base64String().map((text) => `req=${text}&sign=${text}`),
    );
    for (const [gateway, path] of Object.entries(paths)) {
      const account = await world.key(gateway);
      const named = Object.entries(account.credentials).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
      await fc.assert(
        fc.asyncProperty(anything, fc.constantFrom("POST", "GET", "PUT"), fc.boolean(), async (text, method, known) => {
          const body = [text, ...(known ? named : [])].join("&");
          const init = method === "GET" ? {} : { body, headers: { "content-type": "application/x-www-form-urlencoded" } };
          const answer = await ask(path, { method, ...init }, "198.51.100.6", gateway);
          expect(answer.status).toBeLessThan(500);
          expect(await answer.text()).not.toBe("");
        }),
        { numRuns: 60 },
      );
    }
  });

  it("is closed for a while to an address that asks without end, and to no other", async () => {
    for (let asked = 0; asked < 3000; asked += 1) await ask("/nothing", {}, "198.51.100.9");
    expect((await ask("/nothing", {}, "198.51.100.9")).status).toBe(429);
    expect((await ask("/nothing", {}, "198.51.100.8")).status).toBe(404);
  });

  it("notes when a key was used, and not who only tried", async () => {
    const account = await world.key("xxpay");
    const usedAt = async () =>
      (await world.database.execute<{ at: Date | null }>(sql`select last_used_at as at from compat_keys where id = ${account.keyId}`))
        .rows[0]?.at;
    await HAND_SHOPS.xxpay?.({ ...account, credentials: { ...account.credentials, key: "wrong" } }).status("1");
    expect(await usedAt()).toBeNull();
    await shopOf(account).status("1");
    expect(await usedAt()).not.toBeNull();
  });
});
