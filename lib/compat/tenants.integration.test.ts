import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { revokeCompatKey, rollCompatKey } from "#lib/compat/keys.ts";
import { HAND_SHOPS, type HandShop } from "#lib/compat/shops-testing.ts";
import { type CompatAccount, type CompatWorld, compatWorld } from "#lib/compat/world-testing.ts";
import { number } from "#lib/payments/by-hand-testing.ts";

/** Whose order is whose: a key finds its own, and a key that is no longer one opens nothing. */
let world: CompatWorld;
beforeAll(async () => {
  world = await compatWorld();
});
afterAll(() => world.close());

const GATEWAYS = Object.keys(HAND_SHOPS);
const shopOf = (account: CompatAccount): HandShop => {
  const shop = HAND_SHOPS[account.gateway]?.(account);
  if (!shop) throw new Error("no such shop");
  return shop;
};

/** What each document says to a number it does not know. */
const UNKNOWN: Record<string, RegExp> = {
  "hipopay-agent": /"status_code":404/,
  "hipopay-merchant": /PAYMENT_NOT_FOUND/,
  mpgateway: /订单不存在/,
  xxpay: /0112/,
  fengniao: /12002/,
};

describe.each(GATEWAYS)("orders at /compat/%s", (gateway) => {
  it("are found by the key they came in with, and by no other: another merchant's, the same merchant's second, its live one", async () => {
    const mine = shopOf(await world.key(gateway));
    const placed = await mine.place(world.shopUrl);
    const stranger = await world.otherMerchant("hipopay-agent");
    const others = [
      await world.key(gateway, { merchantId: stranger.merchantId }),
      await world.key(gateway),
      await world.key(gateway, { live: true }),
    ];
    expect(await mine.status(placed.number)).toBe(mine.words.unpaid);
    for (const other of others) expect(await shopOf(other).status(placed.number)).toMatch(UNKNOWN[gateway] ?? /^$/);
    for (const other of others) {
      const refused = await shopOf(other).refund?.(placed, number());
      if (refused !== undefined) expect(refused).not.toMatch(/SUCCESS$|PROCESSING$/);
    }
  });

  it("may have one number in two shops of one merchant, and once in each", async () => {
    const [one, other] = [shopOf(await world.key(gateway)), shopOf(await world.key(gateway))];
    const shared = number();
    expect((await one.place(world.shopUrl, shared)).shows).toMatch(/qr\.alipay\.com/);
    expect((await other.place(world.shopUrl, shared)).shows).toMatch(/qr\.alipay\.com/);
    const again = await one.place(world.shopUrl, shared);
    // seeds/003 §4.2: the same request again is the same order; elsewhere a number is used once.
    expect(again.shows).toMatch(gateway === "xxpay" ? /qr\.alipay\.com/ : /重复|12001|OUT_TRADE_NO_USED/);
    const orders = await world.database.execute(sql`select 1 from compat_orders where client_no = ${shared}`);
    expect(orders.rows).toHaveLength(2);
  });

  it("a test key opens test orders only; the live one has no account to be paid through and says so in its document's words", async () => {
    const live = shopOf(await world.key(gateway, { live: true }));
    const refused = await live.place(world.shopUrl);
    expect(refused.shows).toMatch(/未开通|CHANNEL_NOT_AVAILABLE/);
    const rows = await world.database.execute(sql`select o.live from orders o join compat_orders c on c.order_id = o.id where o.live`);
    expect(rows.rows).toEqual([]);
  });

  it("a renewed key's old secrets, and a revoked key's, open nothing", async () => {
    const account = await world.key(gateway);
    const shop = shopOf(account);
    const placed = await shop.place(world.shopUrl);
    const rolled = await rollCompatKey({ merchantId: world.merchantId, keyId: account.keyId, publicKey: "" }, world.database);
    if (!rolled.ok) throw new Error(rolled.problem);
    const refused = await shop.status(placed.number).catch((error: Error) => error.message);
    expect(refused).toMatch(/签名|ILLEGAL_SECURITY_PROFILE|not the gateway's signature/);
    const { secret, privateKey } = rolled.once;
    const fresh = { ...account.credentials, ...(secret && { secret, key: secret }), ...(privateKey && { privateKey }) };
    expect(await shopOf({ ...account, credentials: fresh }).status(placed.number)).toBe(shop.words.unpaid);
    expect((await revokeCompatKey({ merchantId: world.merchantId, keyId: account.keyId }, world.database)).ok).toBe(true);
    const over = await shopOf({ ...account, credentials: fresh })
      .status(placed.number)
      .catch((error: Error) => error.message);
    expect(over).toMatch(/签名|ILLEGAL_SECURITY_PROFILE|商户|10001|0015|signature/);
  });
});

it("nobody renews or revokes another merchant's key", async () => {
  const account = await world.key("xxpay");
  const stranger = await world.otherMerchant("hipopay-agent");
  const which = { merchantId: stranger.merchantId, keyId: account.keyId };
  expect(await rollCompatKey({ ...which, publicKey: "" }, world.database)).toEqual({ ok: false, problem: "key_unknown" });
  expect(await revokeCompatKey(which, world.database)).toEqual({ ok: false, problem: "key_unknown" });
  expect((await HAND_SHOPS.xxpay?.(account).place(world.shopUrl))?.shows).toMatch(/qr\.alipay\.com/);
});
