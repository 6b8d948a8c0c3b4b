import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { orderById } from "#db/queries/orders.ts";
import { checkoutLinks } from "#db/schema/checkout-links.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { newId } from "#lib/domain/ids.ts";
import { openOrderFromLink, readLink } from "#lib/payments/checkout-link.ts";
import { readCheckout } from "#lib/payments/read-checkout.ts";
import { SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";

let world: World;
beforeAll(async () => {
  world = await testWorld();
  const link = { merchantId: world.merchantId, title: "Tea", currency: "HKD", live: false };
  await world.database.insert(checkoutLinks).values([
    { ...link, id: newId("link"), slug: "fixed", amount: 8800n },
    { ...link, id: newId("link"), slug: "any", minAmount: 100n, maxAmount: 500_000n },
    { ...link, id: newId("link"), slug: "gone", amount: 8800n, active: false },
  ]);
});
afterAll(() => world.close());

const opened = (slug: string, amountText: string | null, idempotencyKey = crypto.randomUUID()) =>
  openOrderFromLink({ slug, amountText, locale: "en", idempotencyKey }, world.database);
const amountOf = async (slug: string, text: string | null) => {
  const result = await opened(slug, text);
  return result.ok ? (await orderById(world.database, result.value.orderId))?.amount : result.problem;
};

describe("an order from a checkout link", () => {
  it("a fixed amount is the link's, whatever the browser sends", async () => {
    expect(await amountOf("fixed", "0.01")).toBe(8800n);
  });

  it.each([
    ["88", 8800n],
    [" 1,234.50 ", 123_450n],
    ["1 234", 123_400n],
    ["1，234", 123_400n],
    ["19。90", 1990n],
    ["1.00", 100n],
    ["5000", 500_000n],
  ])("the shopper types %j", async (text, amount) => {
    expect(await amountOf("any", text)).toBe(amount);
  });

  it.each([
    [null, "amount_missing"],
    ["  ", "amount_missing"],
    ["1,50", "amount_format"],
    ["12,34,567", "amount_format"],
    ["abc", "amount_format"],
    ["-5", "amount_format"],
    ["1e3", "amount_format"],
    ["1.005", "amount_places"],
    ["0.99", "amount_below"],
    ["0", "amount_below"],
    ["5000.01", "amount_above"],
    ["99999999999999999999", "amount_range"],
  ])("%j is refused by name of the field: %s", async (text, code) => {
    expect(await amountOf("any", text)).toMatchObject({ code, field: "amount" });
  });

  it("a form sent twice is one order, and its number is not one a shop would use", async () => {
    const key = crypto.randomUUID();
    const [first, again] = await Promise.all([opened("fixed", null, key), opened("fixed", null, key)]);
    expect(first).toEqual(again);
    const order = first.ok ? await orderById(world.database, first.value.orderId) : null;
    expect(order?.reference).toBe(`link:fixed:${key}`);
  });

  it("a link that is closed or unknown opens nothing", async () => {
    expect(await amountOf("gone", null)).toMatchObject({ code: "link_inactive" });
    expect(await amountOf("nowhere", null)).toMatchObject({ code: "order_not_found" });
    expect(await readLink("nowhere", world.database)).toBeNull();
  });

  it("a NUL or half an emoji in what people send cannot break the order", async () => {
    const order = await world.openOrder(100n, { title: "a\u0000b\ud83d", metadata: { note: "\u0000" } });
    expect((await orderById(world.database, order.id))?.title).toBe("a␀b\ufffd");
  });

  it("an account that no longer opens does not take the others down, nor does one of a closed merchant serve", async () => {
    const order = await world.openOrder();
    await world.database.insert(gatewayAccounts).values({
      id: newId("account"),
      merchantId: world.merchantId,
      gateway: "removed-gateway",
      title: "old",
      baseUrl: "https://example.com",
      credentials: "sealed with keys that are gone",
      live: false,
      position: -5,
    });
    const offers = async () => (await readCheckout(order.token, SHOPPER, world.database))?.offers.length;
    expect(await offers()).toBeGreaterThan(0);
    await world.database.execute(sql`update merchants set active = false where id = ${world.merchantId}`);
    expect(await offers()).toBe(0);
    await world.database.execute(sql`update merchants set active = true where id = ${world.merchantId}`);
  });
});
