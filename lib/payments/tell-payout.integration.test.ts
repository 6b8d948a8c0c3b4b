import { sql } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { attemptById } from "#db/queries/attempts.ts";
import { payoutById } from "#db/queries/payouts.ts";
import { payOut } from "#lib/payments/pay-out.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { payPayment } from "#lib/sandbox/pay.ts";
import { createEndpoint } from "#lib/webhooks/endpoints.ts";
import { openReceiver, type Receiver } from "#lib/webhooks/testing/receiver.ts";

let world: World;
let shop: Receiver;
beforeAll(async () => {
  world = await testWorld();
  shop = await openReceiver();
});
afterAll(async () => {
  await shop.close();
  await world.close();
});

it("a payout's end is told to the endpoints of its mode, once, without a word of who got it", async () => {
  const accountId = await world.addAccount("xxpay");
  const money = { minor: 500_000n, currency: "CNY" as const };
  const { token } = await world.openOrder(0n, { amount: money, accountId, notifyUrl: null });
  const started = await startAttempt({ token, method: "wechat.native", shopper: SHOPPER }, world.database);
  const attempt = started.ok ? await attemptById(world.database, started.value.attemptId) : null;
  const payment = await paymentByAny(world.database, attempt?.gatewayOrderNo ?? "");
  await payPayment(world.database, payment?.no ?? "", { shopper: "s", channel: "CN" });
  await world.drainNotices();
  await world.drainJobs();

  const made = await createEndpoint({ merchantId: world.merchantId, live: false, url: shop.url("/test") }, world.database);
  await createEndpoint({ merchantId: world.merchantId, live: true, url: shop.url("/live") }, world.database);
  await createEndpoint({ merchantId: world.merchantId, live: false, url: shop.url("/other"), eventTypes: ["order.paid"] }, world.database);
  const recipient = { kind: "personal", number: "6222020000000000188", name: "张三", mobile: "13800138000", bankName: "工商银行" } as const;
  const asked = await payOut(
    {
      ...{
        merchantId: world.merchantId,
        accountId,
        channel: "trans",
        amountText: "12.34",
        remark: "wages",
        actor: "usr_1",
        idempotencyKey: "key-1",
      },
      recipient: { ...recipient, bankCode: "HPT00002", province: "广东", city: "深圳" },
    },
    world.database,
  );
  const payoutId = asked.ok ? asked.value.payoutId : "";
  for (let each = 0; each < 3; each += 1) {
    await world.drainNotices();
    await world.database.execute(sql`update payouts set next_try_at = now(), lease_until = null where next_try_at is not null`);
    await world.makeDue();
    await world.drainJobs();
  }
  expect(await payoutById(world.database, payoutId)).toMatchObject({ state: "paid" });
  expect(shop.received.map((each) => each.path)).toEqual(["/test"]);
  const [told] = shop.received;
  if (!told) throw new Error("not told");
  new Webhook(made.ok ? made.value.secret : "").verify(told.body, told.headers);
  expect(JSON.parse(told.body)).toMatchObject({
    type: "payout.paid",
    data: { payout: { id: payoutId, state: "paid", amount: "12.34", currency: "CNY", recipient_ending: "0188" } },
  });
  expect(told.body).not.toMatch(/张三|138001|62220200/);
});
