import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { attempts } from "#db/schema/attempts.ts";
import { exchanges } from "#db/schema/exchanges.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { CURRENCIES, type Currency } from "#lib/domain/currency.ts";
import { toCny } from "#lib/domain/money.ts";
import { readCheckout } from "#lib/payments/read-checkout.ts";
import { iHavePaid } from "#lib/payments/recheck-attempt.ts";
import { refreshRates } from "#lib/payments/refresh-rates.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { payPayment } from "#lib/sandbox/pay.ts";
import { rateOn } from "#lib/sandbox/rates.ts";

/** Real gateways' codecs against the sandbox's dialects over HTTP: the sandbox's table of rates is the foreign truth. */
let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.database.execute(sql`delete from exchange_rates`);
  world.gatewayCalls.length = 0;
});

const FOREIGN = CURRENCIES.filter((one) => one !== "CNY");
const view = async (token: string) => {
  const read = await readCheckout(token, SHOPPER, world.database);
  if (!read) throw new Error("no such order");
  return read;
};
const open = (currency: Currency, minor: bigint) => world.openOrder(minor, { amount: { minor, currency } });
const rateCalls = () => world.gatewayCalls.filter((one) => /rate/.test(one));
const onlyGateway = (gateway: string) => world.database.update(gatewayAccounts).set({ active: sql`gateway = ${gateway}` });

describe.each(["hipopay-agent", "hipopay-merchant"])("the rates of %s", (gateway) => {
  beforeAll(async () => {
    if (gateway === "hipopay-merchant") await world.addAccount(gateway);
  });
  beforeEach(() => onlyGateway(gateway));

  // The agent's document tells CNY per unit, the merchant's units per CNY: pages show one direction.
  it.each(FOREIGN)("a shopper who owes %s sees about how much CNY, by each wallet's own rate", async (currency) => {
    const amount = { minor: 123_400n, currency };
    const { token } = await open(currency, amount.minor);
    await refreshRates(world.database);
    const { estimates } = await view(token);
    for (const [method, wallet] of [
      ["wechat.native", "wechat"],
      ["alipay.qr", "alipay"],
    ] as const) {
      const told = rateOn(wallet, currency, new Date());
      const exact = toCny(amount, told ?? "");
      if (typeof exact === "string") throw new Error(exact);
      const shown = estimates[method];
      expect(shown?.cny.currency).toBe("CNY");
      // Turned round and back, a rate of few digits may lose the last one: within a ten-thousandth, never the reciprocal.
      const off = (shown?.cny.minor ?? 0n) - exact.minor;
      expect((off < 0n ? -off : off) * 10_000n).toBeLessThanOrEqual(exact.minor);
      expect(Date.now() - (shown?.toldAt.getTime() ?? 0)).toBeLessThan(60_000);
    }
  });
});

describe("a rate", () => {
  beforeEach(() => onlyGateway("hipopay-agent"));

  it("is never asked for by a page", async () => {
    const { token } = await open("HKD", 8800n);
    expect((await view(token)).estimates).toEqual({});
    expect(rateCalls()).toEqual([]);
  });

  it("is asked for once, however many orders want it and rounds pass", async () => {
    await open("USD", 100n);
    await open("USD", 200n);
    await refreshRates(world.database);
    const first = rateCalls().length;
    await refreshRates(world.database);
    await Promise.all([refreshRates(world.database), refreshRates(world.database)]);
    expect(rateCalls()).toHaveLength(first);
    await world.database.execute(sql`update exchange_rates set ask_due_at = now()`);
    await Promise.all([refreshRates(world.database), refreshRates(world.database)]);
    expect(rateCalls()).toHaveLength(2 * first);
  });

  it("older than half an hour is shown to nobody; one that was told lately outlives a gateway that answers no more", async () => {
    const { token } = await open("HKD", 8800n);
    await refreshRates(world.database);
    await world.database.execute(sql`update exchange_rates set ask_due_at = now()`);
    await world.database.update(gatewayAccounts).set({ baseUrl: "http://127.0.0.1:9" }).where(sql`gateway = 'hipopay-agent'`);
    expect(await refreshRates(world.database)).toBe(0);
    expect(Object.keys((await view(token)).estimates)).toContain("wechat.native");
    const [next] = (await world.database.execute(sql`select max(ask_due_at) - now() < interval '31 seconds' as soon from exchange_rates`))
      .rows;
    expect(next).toEqual({ soon: true });
    expect(await world.database.select().from(exchanges)).not.toEqual([]);
    await world.database.execute(sql`update exchange_rates set told_at = now() - interval '31 minutes'`);
    expect((await view(token)).estimates).toEqual({});
    await world.database
      .update(gatewayAccounts)
      .set({ baseUrl: `${world.origin}/sandbox/gateway/hipopay-agent` })
      .where(sql`gateway = 'hipopay-agent'`);
  });

  it("nobody wants any more is forgotten; an order in CNY wants none", async () => {
    await open("CNY", 880n);
    await open("THB", 880n);
    await refreshRates(world.database);
    const kept = async () =>
      (await world.database.execute(sql`select distinct currency from exchange_rates`)).rows.map((row) => row.currency);
    expect(await kept()).toContain("THB");
    expect(await kept()).not.toContain("CNY");
    await world.database.update(gatewayAccounts).set({ active: false });
    await refreshRates(world.database);
    expect(await kept()).toEqual([]);
  });

  it("gives way to what the gateway says of this very payment, and to what the wallet was charged", async () => {
    const { token } = await open("HKD", 8800n);
    await refreshRates(world.database);
    const started = await startAttempt({ token, method: "wechat.native", shopper: SHOPPER }, world.database);
    if (!started.ok) throw new Error(started.problem.code);
    await world.database.execute(sql`update attempts set exchange_rate = '0.5' where id = ${started.value.attemptId}`);
    const waiting = await view(token);
    expect(waiting.estimates["wechat.native"]).toMatchObject({ cny: { minor: 4400n, currency: "CNY" }, cnyPerUnit: "0.5" });
    await payPayment(world.database, await number(started.value.attemptId), { shopper: "s", channel: "CN" });
    await iHavePaid(token, world.database);
    const { paid, view: state } = await view(token);
    const cny = toCny({ minor: 8800n, currency: "HKD" }, rateOn("wechat", "HKD", new Date()) ?? "");
    if (typeof cny === "string") throw new Error(cny);
    expect(state).toBe("paid");
    expect(paid?.charged).toEqual({ amount: `${cny.minor / 100n}.${String(cny.minor % 100n).padStart(2, "0")}`, currency: "CNY" });
  });
});

/** The sandbox's own number of an attempt's payment. */
async function number(attemptId: string): Promise<string> {
  const [attempt] = await world.database.select().from(attempts).where(eq(attempts.id, attemptId));
  const payment = await paymentByAny(world.database, attempt?.gatewayOrderNo ?? "");
  if (!payment) throw new Error("the sandbox has no such payment");
  return payment.no;
}
