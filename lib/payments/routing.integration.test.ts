import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { channelHealth } from "#db/schema/channel-health.ts";
import { checkoutLinks } from "#db/schema/checkout-links.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import { newId } from "#lib/domain/ids.ts";
import type { Routing, StoredWindow } from "#lib/domain/routing.ts";
import { REFUSAL_CODES, type RefusalCode } from "#lib/gateways/gateway.ts";
import { openOrderFromLink } from "#lib/payments/checkout-link.ts";
import { fakeGateway, qr, refusal } from "#lib/payments/fake-gateway-testing.ts";
import { type FakeWorld, fakeWorld, SHOPPER } from "#lib/payments/fake-world-testing.ts";
import { readCheckout } from "#lib/payments/read-checkout.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

const two = fakeGateway("two", { methods: ["wechat.native", "alipay.qr"] });
const ids: Record<"a" | "b" | "c", string> = { a: "", b: "", c: "" };
let world: FakeWorld;
beforeAll(async () => {
  world = await fakeWorld();
  for (const [position, name] of (["a", "b", "c"] as const).entries())
    ids[name] = await world.addAccount("two", { settings: { name }, position });
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.database.delete(channelHealth);
  two.calls.length = 0;
  two.onCreate = () => qr();
  await policy("first", {});
});

const policy = async (
  routing: Routing,
  accounts: Partial<Record<"a" | "b" | "c", { weight?: number; amountWindows?: StoredWindow[] }>>,
) => {
  await world.database.update(merchants).set({ routing }).where(eq(merchants.id, world.merchantId));
  for (const name of ["a", "b", "c"] as const) {
    const values = { weight: 1, amountWindows: [], active: true, ...accounts[name] };
    await world.database.update(gatewayAccounts).set(values).where(eq(gatewayAccounts.id, ids[name]));
  }
};
const start = (token: string) => startAttempt({ token, method: "wechat.native", shopper: SHOPPER }, world.database);
const triedAccounts = () => two.calls.filter((one) => one.startsWith("create")).map((one) => one.split(" ")[1]);
const window = (min: string | null, max: string | null): StoredWindow => ({ currency: "HKD", min, max });

describe("which account is tried", () => {
  it("first: the merchant's own order", async () => {
    await start((await world.openOrder()).token);
    expect(triedAccounts()).toEqual(["a"]);
  });

  it("weighted: by share, and every tab of an order agrees", async () => {
    await policy("weighted", { a: { weight: 0 }, b: { weight: 500 }, c: { weight: 0 } });
    await start((await world.openOrder()).token);
    expect(triedAccounts()).toEqual(["b"]);
  });

  it("by_amount: the narrowest window that holds the amount; an account whose window does not is never tried", async () => {
    await policy("by_amount", {
      a: { amountWindows: [window("1", "100000")] },
      b: { amountWindows: [window("8000", "9000")] },
      c: { amountWindows: [window("1", "10")] },
    });
    two.onCreate = () => refusal("busy");
    await start((await world.openOrder()).token);
    expect(triedAccounts()).toEqual(["b", "a"]);
  });

  it("an order, or a link, may name one: no other is offered nor tried", async () => {
    two.onCreate = () => refusal("forbidden");
    expect(await start((await world.openOrder({ accountId: ids.c })).token)).toMatchObject({
      ok: false,
      problem: { code: "gateway_refused" },
    });
    const slug = newId("link");
    await world.database.insert(checkoutLinks).values({
      ...{ id: slug, merchantId: world.merchantId, slug, title: "Tea", currency: "HKD", amount: 100n, live: false, accountId: ids.b },
    });
    const opened = await openOrderFromLink({ slug, amountText: null, locale: "en", idempotencyKey: "a-form-key" }, world.database);
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
    await start(opened.value.token);
    expect(triedAccounts()).toEqual(["c", "b"]);
  });

  it("an account of another merchant, or of live money for a test order, cannot be named", async () => {
    const live = await world.addAccount("two", { live: true });
    for (const accountId of [live, "acc_of_somebody_else"])
      await expect(world.openOrder({ accountId })).rejects.toThrow("account_not_found");
  });
});

describe("what is offered", () => {
  it("a method is offered when one account takes the amount, and says why when none does", async () => {
    await policy("first", { a: { amountWindows: [window("1", "100")] }, b: { amountWindows: [window("9000", null)] } });
    const order = await world.openOrder();
    const offered = async () => (await readCheckout(order.token, SHOPPER, world.database))?.offers;
    expect(await offered()).toMatchObject([
      { method: "wechat.native", available: true },
      { method: "alipay.qr", available: true },
    ]);
    await world.database.update(gatewayAccounts).set({ active: false }).where(eq(gatewayAccounts.id, ids.c));
    expect(await offered()).toMatchObject([
      { available: false, reason: "amount" },
      { available: false, reason: "amount" },
    ]);
    expect(await start(order.token)).toMatchObject({ ok: false, problem: { code: "method_unavailable" } });
  });
});

describe("when an account does not take the payment", () => {
  const GOES_ON: ReadonlySet<RefusalCode> = new Set([
    "forbidden",
    "busy",
    "unsupported",
    "wallet_error",
    "signature_rejected",
    "clock_skew",
  ]);

  it.each(REFUSAL_CODES)(
    "%s: the next is tried in the same checkout exactly when the fault is the account's or its gateway's",
    async (code) => {
      two.onCreate = (_method, _request, name) => (name === "a" ? refusal(code) : qr());
      const order = await world.openOrder();
      const started = await start(order.token);
      expect(started.ok).toBe(GOES_ON.has(code));
      expect(triedAccounts()).toEqual(GOES_ON.has(code) ? ["a", "b"] : ["a"]);
      const states = (await world.attempts(order.id)).map((one) => one.state);
      expect(states).toEqual(GOES_ON.has(code) ? ["refused", "presented"] : ["refused"]);
    },
  );

  it("not reached at all: the next is tried, under a number of its own", async () => {
    two.onCreate = (_method, _request, name) => (name === "c" ? qr() : { ok: false, kind: "unreachable", message: "ECONNREFUSED" });
    const order = await world.openOrder();
    expect((await start(order.token)).ok).toBe(true);
    expect(triedAccounts()).toEqual(["a", "b", "c"]);
    expect(new Set((await world.attempts(order.id)).map((one) => one.gatewayOrderNo)).size).toBe(3);
  });

  it("it may have arrived: no other is tried, ever, in this checkout", async () => {
    two.onCreate = () => ({ ok: false, kind: "unknown", message: "timeout" });
    const order = await world.openOrder();
    expect(await start(order.token)).toMatchObject({ ok: true, value: { presentation: null } });
    expect(triedAccounts()).toEqual(["a"]);
    expect(await world.attempts(order.id)).toMatchObject([{ state: "unknown", accountId: ids.a }]);
  });

  it("when nobody takes it, the last one's reason is told", async () => {
    two.onCreate = (_method, _request, name) => refusal(name === "c" ? "busy" : "forbidden");
    expect(await start((await world.openOrder()).token)).toMatchObject({ ok: false, problem: { code: "gateway_busy" } });
  });

  it("each attempt is committed before its gateway is called: a process killed in the call leaves it to be asked about", async () => {
    const order = await world.openOrder();
    const seen: unknown[] = [];
    two.onCreate = async (_method, request) => {
      const written = (await world.attempts(order.id)).find((one) => one.gatewayOrderNo === request.gatewayOrderNo);
      seen.push([written?.state, written?.nextSweepAt !== null]);
      return refusal("busy");
    };
    await start(order.token);
    expect(seen).toEqual(Array.from({ length: 3 }, () => ["sent", true]));
  });
});
