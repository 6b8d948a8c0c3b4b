import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HAND_SHOPS } from "#lib/compat/shops-testing.ts";
import { type CompatWorld, compatWorld } from "#lib/compat/world-testing.ts";
import { number } from "#lib/payments/by-hand-testing.ts";
import { CLIENTS } from "../../e2e/gateways/outside-clients.ts";

/**
 * Shops written for one gateway, whose merchant has an account at another: each order goes out over the other wire to the sandbox
 * and everything comes back in the shop's own. Clients and receivers are written by hand; nothing of lib/dialects signs for them.
 */
let world: CompatWorld;
beforeAll(async () => {
  world = await compatWorld();
});
afterAll(() => world.close());

/** Shop, and the gateway its merchant is really paid through. */
const ROUTES = [
  ["hipopay-agent", "fengniao"],
  ["hipopay-merchant", "hipopay-agent"],
  ["mpgateway", "xxpay"],
  ["xxpay", "hipopay-agent"],
  ["fengniao", "hipopay-merchant"],
  ["xxpay", "mpgateway"],
  ["fengniao", "fengniao"],
] as const;

describe.each(ROUTES)("a shop that speaks %s, paid through %s", (gateway, upstream) => {
  it("orders, is told of the payment in its own form and signature, and a query says so; a refund goes back the same way", async () => {
    const other = await world.otherMerchant(upstream);
    const account = await world.key(gateway, { merchantId: other.merchantId });
    const shop = HAND_SHOPS[gateway]?.(account);
    if (!shop) throw new Error("no such shop");
    world.told.length = 0;
    world.word.body = shop.words.ok;
    const placed = await shop.place(world.shopUrl);
    expect(placed.shows).toMatch(/^https?:\/\/.*qr\.alipay\.com|\/api\/qrcode\/create_qrcode\?params=https:\/\/qr\.alipay\.com/);
    expect(await shop.status(placed.number)).toBe(shop.words.unpaid);

    await world.pay(placed.number);
    expect(world.told).toHaveLength(1);
    expect(world.told.map((one) => shop.read(one))).toEqual([{ number: placed.number, amount: "12.34", paid: true }]);
    expect(await shop.status(placed.number)).toBe(shop.words.paid);

    if (shop.refund && shop.refundStatus) {
      const refundNumber = number();
      const done = gateway === "fengniao" ? "REFUND_SUCCESS" : "SUCCESS";
      expect(await shop.refund(placed, refundNumber)).toBe(done);
      expect(await shop.refundStatus(placed, refundNumber)).toBe(gateway === "fengniao" ? "TRADE_CLOSED" : "SUCCESS");
    }
    await world.settle();
    // The documents have no notice of a refund: nothing more is told.
    expect(world.told).toHaveLength(1);
  });
});

describe("the outside clients that talk to the sandbox's gateways", () => {
  it.each(Object.keys(CLIENTS))("%s: the same client talks to /compat, unchanged", async (gateway) => {
    const account = await world.key(gateway);
    // HKD and CNY both: the world's own account is hipopay-agent's, which has WeChat and Alipay codes in either.
    const bought = await CLIENTS[gateway]?.(account);
    expect(bought?.before).toMatch(/^(?:INIT|1001|1|WAIT_BUYER_PAY)$/);
    await world.pay(bought?.number ?? "");
    expect(await bought?.ask()).toMatch(/^(?:PAID|0000|2|TRADE_SUCCESS)$/);
  });
});
