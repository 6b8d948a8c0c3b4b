import { eq, sql } from "drizzle-orm";
import { alertMessages } from "#db/schema/alert-channels.ts";
import { alerts } from "#db/schema/alerts.ts";
import { channelHealth } from "#db/schema/channel-health.ts";
import { deliveries } from "#db/schema/webhooks.ts";
import { ownActor } from "#lib/domain/audit.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import type { Outcome } from "#lib/gateways/gateway.ts";
import type { PayoutStanding } from "#lib/gateways/payout.ts";
import { heartbeat } from "#lib/jobs/handlers.ts";
import { expireOrder } from "#lib/payments/close-order.ts";
import { type FakeGateway, noticeBody, qr, refusal } from "#lib/payments/fake-gateway-testing.ts";
import { SHOPPER } from "#lib/payments/fake-world-testing.ts";
import { markReviewed } from "#lib/payments/mark-reviewed.ts";
import { payOut } from "#lib/payments/pay-out.ts";
import { receiveNotification } from "#lib/payments/receive-notification.ts";
import { refundScene } from "#lib/payments/refund-scene-testing.ts";
import { sendRefund } from "#lib/payments/send-refund.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { createEndpoint } from "#lib/webhooks/endpoints.ts";
import { openReceiver } from "#lib/webhooks/testing/receiver.ts";

/** Who looks after the merchant in these tests. */
export const STAFF = ownActor("script", "a test");
const AMOUNT = 8_800n;
/** For SQL: moves the rows an alert waits for into the past. */
export const minutesAgo = (minutes: number) => `- interval '${minutes} minutes'`;

export type AlertScene = Awaited<ReturnType<typeof alertScene>>;

/**
 * A merchant with one gateway that answers as told (payouts too) and a shop's server that does: what the cases of
 * lib/alerts/kinds-testing.ts make trouble with, by calling what the product's pages, notices and workers call.
 */
export async function alertScene(fake: FakeGateway) {
  const says = {
    payout: refusal("invalid_request") as Outcome<PayoutStanding>,
    queryPayout: refusal("not_found") as Outcome<PayoutStanding>,
  };
  const plain = fake.gateway.open;
  Object.assign(fake.gateway, {
    payoutChannels: { trans: { banks: [] } },
    open: (...args: Parameters<typeof plain>) => ({
      ...plain(...args),
      payout: async () => says.payout,
      queryPayout: async () => says.queryPayout,
    }),
  });
  process.env.ALLOW_PRIVATE_WEBHOOKS = "1";
  const scene = await refundScene(fake);
  const shop = await openReceiver();
  const { world } = scene;
  const { database, merchantId } = world;
  const accounts = await database.execute<{ id: string }>(sql`select id from gateway_accounts`);
  const accountId = accounts.rows[0]?.id ?? "";
  const run = (text: string) => database.execute(sql.raw(text));
  const expire = async (orderId: string) => {
    await run(`update orders set expires_at = now() - interval '1 second' where id = '${orderId}'`);
    return expireOrder(orderId, database);
  };
  let keys = 0;
  return {
    ...scene,
    ...{ fake, shop, says, accountId, run },
    alerts: () => database.select().from(alerts).orderBy(alerts.openedAt),
    /** Nothing is wrong, and nothing waits. */
    calm: async () => {
      Object.assign(fake, { onCreate: qr, onRefund: () => null, before: () => undefined });
      shop.answers.clear();
      await run("update webhook_endpoints set active = false, deleted_at = now() where deleted_at is null");
      await run("update refund_requests set state = 'withdrawn', ended_at = now() where state = 'requested'");
      for (const table of ["refunds", "payouts"]) await run(`update ${table} set next_try_at = null where next_try_at is not null`);
      await run("delete from heartbeats");
      await world.quiet();
      for (const table of [alertMessages, alerts, channelHealth]) await database.delete(table);
    },
    /** An order a shopper is paying, and what the gateway knows of it. */
    begin: (method: Method = "wechat.native", order?: { id: string; token: string }) => begin(scene, fake, method, order),
    /** A notification of the gateway comes in. */
    tell: (gatewayOrderNo: string, standing: Standing, more: Record<string, unknown> = {}) => {
      const body = noticeBody({ gatewayOrderNo, standing, ...more });
      return receiveNotification(database, accountId, fake.gateway.id, { method: "POST", query: "", headers: {}, body });
    },
    /** The order's time is up, and a worker ends it. */
    expire,
    looked: (orderId: string) => markReviewed({ merchantId, orderId, actor: "usr_test", reason: "seen" }, database),
    /** A worker tries an unclear refund again, its waiting over. */
    retryRefund: async (refundId: string) => {
      await run(`update refunds set next_try_at = now() - interval '1 second', lease_until = null where id = '${refundId}'`);
      await sendRefund(refundId, database);
    },
    payOut: async () => {
      keys += 1;
      const recipient = { kind: "personal", number: "6222020000000000188", name: "Zhang San" } as const;
      const form = { merchantId, accountId, channel: "trans", amountText: "5.00", recipient, remark: "wages", actor: "usr_1" };
      const sent = await payOut({ ...form, idempotencyKey: `alert-kinds-${keys}` }, database);
      if (!sent.ok) throw new Error(JSON.stringify(sent.problem));
      return sent.value.payoutId;
    },
    endpoint: async () => {
      const made = await createEndpoint({ merchantId, live: false, url: shop.url() }, database);
      if (!made.ok) throw new Error(made.problem.code);
      return made.value.endpoint.id;
    },
    /** Something happens that the shop is owed word of; gives the delivery once it has been tried, which a stopped endpoint's is not. */
    owe: async (): Promise<string> => {
      const order = await world.openOrder();
      await expire(order.id);
      const [row] = await database.select().from(deliveries).where(eq(deliveries.orderId, order.id));
      const id = row?.id ?? "";
      // Once, but on a machine so busy that another sender's turn at it has to pass first.
      for (let round = 0; round < 3; round += 1) {
        await world.work();
        const [tried] = await database.select().from(deliveries).where(eq(deliveries.id, id));
        if (tried && tried.tries > 0) break;
        await run(`update deliveries set next_try_at = now() - interval '1 second', lease_until = null where id = '${id}'`);
      }
      return id;
    },
    delivery: async (id: string) => (await database.select().from(deliveries).where(eq(deliveries.id, id)))[0],
    /** The wait before the next try of every delivery is over, and workers try. */
    tryDeliveries: async () => {
      await run("update deliveries set next_try_at = now() - interval '1 second', lease_until = null where state = 'pending'");
      await world.work();
    },
    beat: () => heartbeat(database),
    close: async () => {
      await shop.close();
      await world.close();
    },
  };
}

export const paidStanding = (minor = AMOUNT): Standing => ({
  ...{ kind: "paid", gatewayRef: "G1", paidAt: null },
  amount: { minor, currency: "HKD" },
});

async function begin(
  { world }: Awaited<ReturnType<typeof refundScene>>,
  fake: FakeGateway,
  method: Method,
  given?: { id: string; token: string },
) {
  const order = given ?? (await world.openOrder());
  const started = await startAttempt({ token: order.token, method, shopper: SHOPPER }, world.database);
  if (!started.ok) throw new Error(JSON.stringify(started.problem));
  const attempt = (await world.attempts(order.id)).find((one) => one.method === method);
  const payment = fake.payments.get(attempt?.gatewayOrderNo ?? "");
  if (!attempt || !payment) throw new Error("no attempt");
  return { order, attempt, payment, number: attempt.gatewayOrderNo };
}
