import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Method } from "#lib/domain/methods.ts";
import { fakeGateway, qr, refusal } from "#lib/payments/fake-gateway-testing.ts";
import { type FakeWorld, fakeWorld, SHOPPER } from "#lib/payments/fake-world-testing.ts";
import { readCheckout } from "#lib/payments/read-checkout.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

const two = fakeGateway("two", { methods: ["wechat.native", "alipay.qr"] });
const asking = fakeGateway("asking", { methods: ["unionpay.wap"], asks: { "unionpay.wap": ["card_number"] } });
const unreachable = { ok: false as const, kind: "unreachable" as const, message: "ECONNREFUSED" };
const unclear = { ok: false as const, kind: "unknown" as const, message: "timeout" };
const ids = { a: "", b: "" };
let world: FakeWorld;
beforeAll(async () => {
  world = await fakeWorld();
  for (const [position, name] of (["a", "b"] as const).entries())
    ids[name] = await world.addAccount("two", { settings: { name }, position, title: name });
});
afterAll(() => world.close());
beforeEach(async () => {
  two.onCreate = () => qr();
  await world.database.execute(sql`delete from channel_health`);
  await onlyA(true);
  two.calls.length = 0;
});

const onlyA = (both: boolean) => world.database.execute(sql`update gateway_accounts set active = ${both} where id = ${ids.b}`);
const start = async (method: Method = "wechat.native", order?: { token: string }) =>
  startAttempt({ token: (order ?? (await world.openOrder())).token, method, shopper: SHOPPER }, world.database);
const tried = () => two.calls.splice(0).map((one) => one.split(" ")[1]);
const reasons = async () => {
  const offers = (await readCheckout((await world.openOrder()).token, SHOPPER, world.database))?.offers ?? [];
  return Object.fromEntries(offers.map((one) => [one.method, one.reason]));
};
/** So many shoppers in a row, one after another. */
const shoppers = async (count: number, method: Method = "wechat.native") => {
  for (let nth = 0; nth < count; nth += 1) await start(method);
};
/** The time a channel is down is over. */
const later = () => world.database.execute(sql`update channel_health set down_until = now() - interval '1 second'`);
const rows = async () => (await world.database.execute(sql`select scope, downs, cause from channel_health order by scope`)).rows;

describe("with one account", () => {
  beforeEach(() => onlyA(false));

  it("the third shopper in a row who cannot reach it marks it down: its methods say so, and nobody runs into it", async () => {
    two.onCreate = () => unreachable;
    await shoppers(2);
    expect(await reasons()).toEqual({ "wechat.native": null, "alipay.qr": null });
    expect(await start()).toMatchObject({ ok: false, problem: { code: "gateway_unreachable" } });
    expect(await reasons()).toEqual({ "wechat.native": "down", "alipay.qr": "down" });
    tried();
    expect(await start()).toEqual({ ok: false, problem: { code: "channel_down", field: "method", values: { seconds: "30" } } });
    expect(tried()).toEqual([]);
    expect(await rows()).toEqual([{ scope: "*", downs: 1, cause: "unreachable" }]);
  });

  it("a wallet's own trouble marks down that method alone", async () => {
    two.onCreate = (method) => (method === "alipay.qr" ? refusal("wallet_error") : qr());
    await shoppers(3, "alipay.qr");
    expect(await reasons()).toEqual({ "wechat.native": null, "alipay.qr": "down" });
    expect(await start()).toMatchObject({ ok: true });
    expect(await reasons()).toMatchObject({ "alipay.qr": "down" });
  });

  it("nobody marks a method down for others by cards that a wallet refuses", async () => {
    const accountId = await world.addAccount("asking");
    asking.onCreate = () => refusal("wallet_error");
    const wrongCard = async () => {
      const { token } = await world.openOrder({ accountId });
      return startAttempt({ token, method: "unionpay.wap", shopper: SHOPPER, cardNumber: "6222020000000015" }, world.database);
    };
    for (let nth = 0; nth < 5; nth += 1) expect(await wrongCard()).toMatchObject({ problem: { code: "gateway_refused" } });
    expect(await rows()).toEqual([]);
    await world.database.execute(sql`update gateway_accounts set active = false where id = ${accountId}`);
  });

  it("hangs count as well; a refusal for the shopper's own reasons counts for nothing, and ends a row of failures", async () => {
    two.onCreate = () => unclear;
    await shoppers(2);
    two.onCreate = () => refusal("amount_rejected");
    await shoppers(5);
    expect(await rows()).toEqual([]);
    two.onCreate = () => unclear;
    await shoppers(3);
    expect(await reasons()).toMatchObject({ "wechat.native": "down" });
  });

  it("when its time is over one shopper tries it; meanwhile it stays down for the others; a success lets all in", async () => {
    two.onCreate = () => unreachable;
    await shoppers(3);
    await later();
    expect(await reasons()).toMatchObject({ "wechat.native": null });
    let meanwhile: Awaited<ReturnType<typeof start>> | undefined;
    let seen: Record<string, string | null> = {};
    two.onCreate = async () => {
      meanwhile ??= await start();
      seen = await reasons();
      return qr();
    };
    tried();
    expect(await start()).toMatchObject({ ok: true });
    expect(meanwhile).toMatchObject({ ok: false, problem: { code: "channel_down" } });
    expect(seen).toMatchObject({ "wechat.native": "down" });
    expect(tried()).toEqual(["a"]);
    expect(await rows()).toEqual([]);
    expect(await reasons()).toMatchObject({ "wechat.native": null });
  });

  it("of twenty shoppers who come at once when it is half open, exactly one is sent there", async () => {
    two.onCreate = () => unreachable;
    await shoppers(3);
    await later();
    tried();
    const all = await Promise.all(Array.from({ length: 20 }, () => start()));
    expect(tried()).toEqual(["a"]);
    expect(all.filter((one) => !one.ok && one.problem.code === "channel_down")).toHaveLength(19);
    expect(await rows()).toEqual([{ scope: "*", downs: 2, cause: "unreachable" }]);
  });

  it("whose code is on a shopper's screen keeps it: the method stays open to that order, and nothing is sent again", async () => {
    const order = await world.openOrder();
    const first = await start("wechat.native", order);
    two.onCreate = () => unreachable;
    await shoppers(3, "alipay.qr");
    tried();
    const view = await readCheckout(order.token, SHOPPER, world.database);
    expect(view?.offers.map((one) => [one.method, one.reason])).toEqual([
      ["wechat.native", null],
      ["alipay.qr", "down"],
    ]);
    expect(await start("wechat.native", order)).toEqual(first);
    expect(tried()).toEqual([]);
  });
});

describe("with two accounts", () => {
  const aFails = () => {
    two.onCreate = (_method, _request, name) => (name === "a" ? unreachable : qr());
  };

  it("the first that fails is passed over by the fourth shopper on, and no method is missing", async () => {
    aFails();
    await shoppers(3);
    expect(tried()).toEqual(["a", "b", "a", "b", "a", "b"]);
    expect(await start()).toMatchObject({ ok: true });
    expect(tried()).toEqual(["b"]);
    expect(await reasons()).toEqual({ "wechat.native": null, "alipay.qr": null });
  });

  it("it comes back by itself: one shopper finds it works, and it is first again", async () => {
    aFails();
    await shoppers(3);
    await later();
    two.onCreate = () => qr();
    tried();
    await shoppers(2);
    expect(tried()).toEqual(["a", "a"]);
    expect(await rows()).toEqual([]);
  });

  it("the shopper who finds that it still fails pays through the other, and the next ones go there at once", async () => {
    aFails();
    await shoppers(3);
    await later();
    tried();
    expect(await start()).toMatchObject({ ok: true });
    expect(await start()).toMatchObject({ ok: true });
    expect(tried()).toEqual(["a", "b", "b"]);
  });
});
