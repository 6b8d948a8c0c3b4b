import { globSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { OPERATIONS } from "#lib/api/registry.ts";
import { type Client, client } from "#lib/api/testing.ts";
import { HAND_SHOPS } from "#lib/compat/shops-testing.ts";
import { type CompatWorld, compatWorld } from "#lib/compat/world-testing.ts";
import { sandboxOn } from "#lib/env.ts";
import { number } from "#lib/payments/by-hand-testing.ts";

vi.mock("next/headers", async () => (await import("#app/request-testing.ts")).nextHeaders);
vi.mock("next/navigation", async () => (await import("#app/request-testing.ts")).nextNavigation);

/** `SANDBOX=off`: nothing of the sandbox is served, and everything else goes on. The gateways here are the test's own server. */
let world: CompatWorld;
let shop: Client;
beforeAll(async () => {
  Object.assign(process.env, { SANDBOX: "off" });
  world = await compatWorld();
  shop = await client(world);
});
afterAll(() => world.close());

it("is what this is about", () => expect(sandboxOn()).toBe(false));

describe.each(Object.keys(HAND_SHOPS))("a shop that speaks %s at /compat", (gateway) => {
  it("orders, is told by a notice, and a query says so; a refund goes back", async () => {
    const { merchantId } = await world.otherMerchant(gateway === "fengniao" ? "hipopay-agent" : "fengniao");
    const speaks = HAND_SHOPS[gateway]?.(await world.key(gateway, { merchantId }));
    if (!speaks) throw new Error("no such shop");
    world.told.length = 0;
    world.word.body = speaks.words.ok;
    const placed = await speaks.place(world.shopUrl);
    expect(await speaks.status(placed.number)).toBe(speaks.words.unpaid);
    await world.pay(placed.number);
    expect(world.told.map((one) => speaks.read(one))).toEqual([{ number: placed.number, amount: "12.34", paid: true }]);
    expect(await speaks.status(placed.number)).toBe(speaks.words.paid);
    if (speaks.refund) expect(await speaks.refund(placed, number())).toMatch(/SUCCESS$|PROCESSING$/);
  });
});

const IDS: Record<string, string> = { order: "ord", attempt: "att" };

describe("the API's sandbox operations", () => {
  it.each(OPERATIONS.filter((one) => one.sandbox).map((one) => [one.id, one] as const))(
    "%s is a path that is unknown",
    async (_id, one) => {
      const path = one.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => `${IDS[name]}_${"0".repeat(26)}`);
      const answer = await shop.send(one.method, path, { headers: { "content-type": "application/json" }, body: "{}" });
      expect([answer.status, answer.body.code]).toEqual([404, "path_unknown"]);
    },
  );

  it("and all others serve: an order is made, and a test key sees it", async () => {
    const made = await shop.post("/orders", { amount: "88.00", currency: "HKD", title: "Tea", method: "wechat.native" });
    expect([made.status, made.body.attempt.state]).toEqual([201, "presented"]);
  });
});

const FILES = globSync("app/(sandbox)/**/{page.tsx,route.ts}").sort();
const VERBS = ["GET", "POST", "PUT", "DELETE", "PATCH"];
const params = Promise.resolve({ no: "1", id: "hipopay-agent", path: ["x"], page: "alipay", code: "x", phone: "alipay" });

/** Draws a page, and the component it is, where it is but one. */
async function drawn(component: unknown, props: object): Promise<unknown> {
  const made = await (component as (props: object) => Promise<{ type?: unknown; props?: object }>)(props);
  return typeof made.type === "function" ? drawn(made.type, made.props ?? {}) : made;
}

describe("every address of the sandbox", () => {
  it("is looked for", () => expect(FILES.length).toBeGreaterThan(15));

  it.each(FILES)("%s is not found", async (file) => {
    const module = (await import(/* @vite-ignore */ `../${file}`)) as Record<string, (...given: unknown[]) => Promise<Response>>;
    if (file.endsWith("page.tsx")) {
      await expect(drawn(module.default, { params, searchParams: Promise.resolve({}) })).rejects.toThrow("not found");
      return;
    }
    const verbs = VERBS.filter((verb) => module[verb]);
    expect(verbs.length).toBeGreaterThan(0);
    for (const method of verbs) {
      const answer = await module[method]?.(new Request(`${world.origin}/sandbox/x`, { method }), { params });
      expect([method, answer?.status]).toEqual([method, 404]);
    }
  });
});
