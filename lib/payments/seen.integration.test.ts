import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attempts } from "#db/schema/attempts.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { readStatus } from "#lib/payments/read-checkout.ts";
import { recheckAttempt } from "#lib/payments/recheck-attempt.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { markSeen, payPayment } from "#lib/sandbox/pay.ts";

/** The wallet opens a payment; what the page may say of it is only what that gateway's own wire tells when it is asked. */
let world: World;
beforeAll(async () => {
  world = await testWorld();
  for (const gateway of ["hipopay-merchant", "fengniao", "xxpay", "mpgateway"]) await world.addAccount(gateway);
});
afterAll(() => world.close());

async function waiting(gateway: string) {
  await world.database.update(gatewayAccounts).set({ active: sql`gateway = ${gateway}` });
  const { token } = await world.openOrder(880n, { amount: { minor: 880n, currency: "CNY" } });
  const started = await startAttempt({ token, method: "wechat.native", shopper: SHOPPER }, world.database);
  if (!started.ok) throw new Error(started.problem.code);
  const [attempt] = await world.database.select().from(attempts).where(eq(attempts.id, started.value.attemptId));
  const payment = await paymentByAny(world.database, attempt?.gatewayOrderNo ?? "");
  if (!payment) throw new Error("the sandbox has no such payment");
  const ask = async () => {
    await recheckAttempt(started.value.attemptId, world.database);
    return (await readStatus(token, world.database))?.detail;
  };
  return { ask, no: payment.no };
}

describe("a payment that is open in the wallet", () => {
  // seeds/001 "Payment Order Status" and seeds/004 §2.18 have USERPAYING; seeds/000 §11.1, seeds/002 and seeds/003 have no such word.
  it.each([
    ["hipopay-merchant", "scanned"],
    ["fengniao", "scanned"],
    ["hipopay-agent", "qr"],
    ["xxpay", "qr"],
    ["mpgateway", "qr"],
  ])("of %s reads %s", async (gateway, detail) => {
    const { ask, no } = await waiting(gateway);
    expect(await ask()).toBe("qr");
    await markSeen(world.database, no, true);
    expect(await ask()).toBe(detail);
  });

  it("that the shopper closes again gives the code back", async () => {
    const { ask, no } = await waiting("fengniao");
    await markSeen(world.database, no, true);
    expect(await ask()).toBe("scanned");
    await markSeen(world.database, no, false);
    expect(await ask()).toBe("qr");
  });

  it("is paid like any other, and a paid one is never seen open again", async () => {
    const { ask, no } = await waiting("hipopay-merchant");
    await markSeen(world.database, no, true);
    await ask();
    await payPayment(world.database, no, { shopper: "s", channel: "CN" });
    expect(await ask()).toBe("paid");
    await markSeen(world.database, no, true);
    expect(await ask()).toBe("paid");
  });
});
