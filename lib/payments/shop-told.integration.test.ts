import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attemptById } from "#db/queries/attempts.ts";
import { readCheckout, readStatus } from "#lib/payments/read-checkout.ts";
import { iHavePaid } from "#lib/payments/recheck-attempt.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { payPayment } from "#lib/sandbox/pay.ts";

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

/** An order paid at the gateway and asked about; the shop's webhook is owed, not sent. */
async function paidOrder(more: Record<string, unknown> = {}): Promise<string> {
  const { token } = await world.openOrder(8800n, more);
  const started = await startAttempt({ token, method: "wechat.native", shopper: SHOPPER }, world.database);
  if (!started.ok) throw new Error(started.problem.code);
  const attempt = await attemptById(world.database, started.value.attemptId);
  const payment = await paymentByAny(world.database, attempt?.gatewayOrderNo ?? "");
  await payPayment(world.database, payment?.no ?? "", { channel: "CN", shopper: "someone" }, []);
  await iHavePaid(token, world.database);
  return token;
}
const told = async (token: string) => {
  const [status, view] = [await readStatus(token, world.database), await readCheckout(token, SHOPPER, world.database)];
  expect([status?.view, view?.shopTold]).toEqual(["paid", status?.shopTold]);
  return status?.shopTold;
};

describe("whether the shop has heard of a payment", () => {
  it("is known when its webhook has acknowledged, not before", async () => {
    const token = await paidOrder();
    expect(await told(token)).toBe(false);
    await world.drainJobs();
    expect(await told(token)).toBe(true);
  });

  it("is not taken for granted while the webhook answers with an error", async () => {
    world.hookStatus.push(500);
    const token = await paidOrder();
    await world.drainJobs();
    expect(await told(token)).toBe(false);
  });

  it("needs no waiting where nobody wants to be told", async () => {
    expect(await told(await paidOrder({ notifyUrl: null }))).toBe(true);
  });
});
