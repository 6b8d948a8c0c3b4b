import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { attempts } from "#db/schema/attempts.ts";
import type { Gateway, OpenAccount } from "#lib/gateways/gateway.ts";
import { cancelOrder } from "#lib/payments/close-order.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { payPayment } from "#lib/sandbox/pay.ts";

/** A gateway whose document has a close: the sandbox's, with one added that only counts. */
const closed = vi.hoisted(() => [] as string[]);
vi.mock("#lib/gateways/registry.ts", async (original) => {
  const registry = await original<typeof import("#lib/gateways/registry.ts")>();
  const withClose = (gateway: Gateway): Gateway => ({
    ...gateway,
    open: (account, port): OpenAccount => ({
      ...gateway.open(account, port),
      close: async ({ gatewayOrderNo }) => {
        closed.push(gatewayOrderNo);
        return { ok: true, value: { kind: "closed" } };
      },
    }),
  });
  return {
    ...registry,
    gatewayById: (id: string) => {
      const gateway = registry.gatewayById(id);
      return gateway && withClose(gateway);
    },
  };
});

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

it("a cancelled order's attempt is closed at the gateway when it is surely unpaid, and never when it was paid meanwhile", async () => {
  const numbers: string[] = [];
  for (const paid of [false, true]) {
    const order = await world.openOrder();
    const started = await startAttempt({ token: order.token, method: "wechat.native", shopper: SHOPPER }, world.database);
    if (!started.ok) throw new Error(JSON.stringify(started.problem));
    const [row] = await world.database.select().from(attempts).where(eq(attempts.id, started.value.attemptId));
    const number = row?.gatewayOrderNo ?? "";
    numbers.push(number);
    const payment = await paymentByAny(world.database, number);
    if (paid)
      await payPayment(world.database, payment?.no ?? "", { channel: "CN", shopper: "someone" }, [{ fault: "notice_lost", seconds: null }]);
    expect((await cancelOrder({ token: order.token, actor: "shopper" }, world.database)).ok).toBe(!paid);
  }
  expect(closed).toEqual([numbers[0]]);
});
