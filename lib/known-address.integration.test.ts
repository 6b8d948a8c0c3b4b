import { afterAll, beforeAll, expect, it } from "vitest";
import { useDatabase } from "#db/client.ts";
import { updateEmbedOrigins } from "#db/queries/embed-origins.ts";
import { checkoutLinks } from "#db/schema/checkout-links.ts";
import { TEST_FRAMER } from "#lib/domain/embed.ts";
import { newId } from "#lib/domain/ids.ts";
import { framersOfAddress, isKnownAddress } from "#lib/known-address.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";

const SHOP = "https://shop.example";
let world: World;

beforeAll(async () => {
  world = await testWorld();
  useDatabase(world.database);
  await updateEmbedOrigins(world.database, world.merchantId, [SHOP]);
  for (const live of [true, false]) {
    const link = { id: newId("link"), merchantId: world.merchantId, slug: live ? "live" : "test", title: "Tea", currency: "HKD" };
    await world.database.insert(checkoutLinks).values({ ...link, amount: 100n, live });
  }
});
afterAll(() => world.close());

async function framers(path: string, now?: number): Promise<readonly string[]> {
  await isKnownAddress(path);
  return framersOfAddress(path, now);
}

it("a merchant's list may frame its links and orders; this machine only what is a test", async () => {
  const { token } = await world.openOrder();
  expect(await framers("/l/live")).toEqual([SHOP]);
  expect(await framers("/l/test")).toEqual([SHOP, TEST_FRAMER]);
  expect(await framers(`/pay/${token}`)).toEqual([SHOP, TEST_FRAMER]);
});

it("nobody may frame what is no checkout: other pages, steps below an order, addresses that lead nowhere", async () => {
  const { token } = await world.openOrder();
  for (const path of ["/", "/desk", "/dashboard", "/sandbox", "/sign-in", `/pay/${token}/status`, "/l/nothing", "/pay/x"])
    expect(await framers(path), path).toEqual([]);
});

it("a changed list counts a few seconds later, without a restart", async () => {
  const at = Date.now() + 60_000;
  expect(await framers("/l/live", at)).toEqual([SHOP]);
  await updateEmbedOrigins(world.database, world.merchantId, []);
  expect(await framers("/l/live", at + 3001)).toEqual([]);
});
