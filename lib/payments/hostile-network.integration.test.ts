import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { close, inTransaction, open } from "#db/client.ts";
import { checkoutRow } from "#db/queries/checkout.ts";
import { claimDeliveries } from "#db/queries/deliveries.ts";
import { lockOrder, lockOrderOfAttempt, lockOrderOfNumber } from "#db/queries/locks.ts";
import { endpointFor, orderById, orderByToken } from "#db/queries/orders.ts";
import { attempts } from "#db/schema/attempts.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { refunds } from "#db/schema/refunds.ts";
import { deliveries } from "#db/schema/webhooks.ts";
import { ownActor } from "#lib/domain/audit.ts";
import { expireOrder } from "#lib/payments/close-order.ts";
import { land } from "#lib/payments/land.ts";
import { notifyRoute } from "#lib/payments/notify-route.ts";
import { iHavePaid, recheckAttempt } from "#lib/payments/recheck-attempt.ts";
import { refundOrder } from "#lib/payments/refund-order.ts";
import { sendRefund } from "#lib/payments/send-refund.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { declinePayment, payPayment } from "#lib/sandbox/pay.ts";

/** The world of lib/payments/testing.ts with a hostile network in between: each test says what it does to a request. */
interface Answer {
  status: number;
  body: string;
}
type Rule = (request: IncomingMessage, forward: () => Promise<Answer>) => Promise<Answer>;
const HONEST: Rule = (_request, forward) => forward();

let world: World;
let proxy: Server;
let rule = HONEST;
beforeAll(async () => {
  world = await testWorld();
  proxy = createServer((request, response) => void pass(request, response));
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const [row] = await world.database.select().from(gatewayAccounts);
  await world.database.update(gatewayAccounts).set({ baseUrl: (row?.baseUrl ?? "").replace(world.origin, origin) });
});
afterEach(() => {
  rule = HONEST;
});
afterAll(async () => {
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
  await world.close();
});

async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    typeof value === "string" && !["host", "connection", "content-length"].includes(name) ? [[name, value] as [string, string]] : [],
  );
  const forward = async (): Promise<Answer> => {
    const method = request.method ?? "GET";
    const answer = await fetch(world.origin + request.url, { method, headers, ...(method === "POST" && { body: Buffer.concat(chunks) }) });
    return { status: answer.status, body: await answer.text() };
  };
  const answer = await rule(request, forward);
  response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
}

const refusal = (status: number, message: string): Answer => ({
  status,
  body: `{"meta":{"status_code":"${status}","message":"${message}","success":false}}`,
});
const start = async (token: string): Promise<string> => {
  const started = await startAttempt({ token, method: "wechat.native", shopper: SHOPPER }, world.database);
  if (!started.ok) throw new Error(JSON.stringify(started.problem));
  return started.value.attemptId;
};
const attemptOf = async (id: string) => (await world.database.select().from(attempts).where(eq(attempts.id, id)))[0];
const paymentOf = async (id: string) => (await paymentByAny(world.database, (await attemptOf(id))?.gatewayOrderNo ?? ""))?.no ?? "";
const paidOrder = async () => {
  const order = await world.openOrder();
  const attemptId = await start(order.token);
  await payPayment(world.database, await paymentOf(attemptId), { channel: "CN", shopper: "someone" }, []);
  await world.drainNotices();
  await world.drainJobs();
  return { orderId: order.id, attemptId };
};
const refund = (paid: { orderId: string; attemptId: string }, key: string, amountText = "88.00", database = world.database) =>
  refundOrder(
    {
      merchantId: world.merchantId,
      ...paid,
      amountText,
      reason: "returned",
      actor: "usr",
      asker: "refunder",
      auditor: ownActor("script", "a test"),
      idempotencyKey: key,
    },
    database,
  );
const refundOf = async (orderId: string) => (await world.database.select().from(refunds).where(eq(refunds.orderId, orderId)))[0];
const makeRefundDue = (orderId: string) =>
  world.database.execute(sql`update refunds set next_try_at = now() - interval '1 second' where order_id = ${orderId}`);

describe("a refund whose first request is still on its way", () => {
  /** The first POST gets a 500; it reaches the gateway only when the second has come, which is answered with a no. */
  const overtake = (arrives: boolean): (() => number) => {
    let posts = 0;
    let first: (() => Promise<Answer>) | null = null;
    rule = async (request, forward) => {
      if (request.method !== "POST") return forward();
      posts += 1;
      if (posts > 1 && arrives) await first?.();
      if (posts > 1) return refusal(400, "duplicate refund number");
      first = forward;
      return { status: 500, body: "" };
    };
    return () => posts;
  };

  it("and arrives before the resend, which is refused: the money has gone, the reservation stays", async () => {
    const paid = await paidOrder();
    const posts = overtake(true);
    await refund(paid, "overtaken");
    await makeRefundDue(paid.orderId);
    await sendRefund((await refundOf(paid.orderId))?.id ?? "", world.database);
    expect(posts()).toBe(2);
    expect(await refundOf(paid.orderId)).toMatchObject({ state: "succeeded" });
    expect(await orderById(world.database, paid.orderId)).toMatchObject({ refundedAmount: 8800n });
  });

  it("and never arrives, and the resend is refused: released, once", async () => {
    const paid = await paidOrder();
    overtake(false);
    await refund(paid, "never");
    await makeRefundDue(paid.orderId);
    await sendRefund((await refundOf(paid.orderId))?.id ?? "", world.database);
    expect(await refundOf(paid.orderId)).toMatchObject({ state: "failed" });
    expect(await orderById(world.database, paid.orderId)).toMatchObject({ refundedAmount: 0n });
  });

  it("several jobs for one unclear refund ask once, until it is due again", async () => {
    const paid = await paidOrder();
    let calls = 0;
    rule = async () => {
      calls += 1;
      return { status: 500, body: "" };
    };
    await refund(paid, "jobs");
    const id = (await refundOf(paid.orderId))?.id ?? "";
    await sendRefund(id, world.database);
    await sendRefund(id, world.database);
    expect(calls).toBe(1);
    expect(await refundOf(paid.orderId)).toMatchObject({ state: "unknown", tries: 1 });
  });
});

it("many refunds at once need no second connection each", async () => {
  const paid = await paidOrder();
  const small = open(process.env.DATABASE_URL ?? "", 2);
  const done = await Promise.all(["1", "2", "3", "4"].map((key) => refund(paid, `pool-${key}`, "10", small)));
  await close(small);
  expect(done.map((one) => one.ok)).toEqual([true, true, true, true]);
});

describe("words PostgreSQL cannot hold", () => {
  it("a gateway's message with NUL and half an emoji still ends the attempt", async () => {
    const order = await world.openOrder();
    rule = async () => refusal(403, "no \\ud83d \\u0000");
    const started = await startAttempt({ token: order.token, method: "wechat.native", shopper: SHOPPER }, world.database);
    expect(started).toMatchObject({ ok: false, problem: { code: "gateway_refused" } });
  });

  it("an unsigned message with NUL in names and number is refused and kept", async () => {
    const request = new Request("http://x/", { method: "POST", body: "agent_order_id=%00&a%00=1&b=2" });
    expect((await notifyRoute(request, "hipopay-agent", world.accountId, world.database)).status).toBe(400);
    const twice = new Request("http://x/", { method: "POST", body: "a%00=1&a%00=2" });
    expect((await notifyRoute(twice, "hipopay-agent", world.accountId, world.database)).status).toBe(400);
  });
});

it("a declined payment is still watched: the same code can be paid later, and its notification lost", async () => {
  const order = await world.openOrder();
  const attemptId = await start(order.token);
  await declinePayment(world.database, await paymentOf(attemptId));
  await recheckAttempt(attemptId, world.database);
  const declined = await attemptOf(attemptId);
  expect(declined).toMatchObject({ state: "failed" });
  expect(declined?.nextSweepAt).not.toBeNull();
  await world.database.execute(sql`update attempts set last_queried_at = null where id = ${attemptId}`);
  expect(await iHavePaid(order.token, world.database)).toEqual({ ok: true, value: { asked: 1 } });
});

it("a webhook behind one that failed waits for that one's next try, not in everybody's way", async () => {
  await world.drainJobs();
  world.hookStatus.push(500);
  const paid = await paidOrder();
  await refund(paid, "behind");
  await world.drainJobs();
  await world.database.execute(
    sql`update deliveries set next_try_at = now() + case when tries > 0 then interval '1 hour' else interval '-1 second' end, lease_until = null where order_id = ${paid.orderId}`,
  );
  await claimDeliveries(world.database, 100, 100);
  const [head, ...behind] = await world.database
    .select()
    .from(deliveries)
    .where(eq(deliveries.orderId, paid.orderId))
    .orderBy(deliveries.sequence);
  expect(behind.length).toBeGreaterThan(0);
  for (const one of behind) expect(one.leaseUntil).toEqual(head?.nextTryAt);
});

it("an order being opened does not hold up others that owe the same address a webhook", async () => {
  const url = `${world.origin}/hook`;
  await world.openOrder();
  const [one, other] = await inTransaction(world.database, async (tx) => {
    const first = await endpointFor(tx, world.merchantId, url);
    return [first, await inTransaction(world.database, (second) => endpointFor(second, world.merchantId, url))];
  });
  expect(other).toBe(one);
});

it("paid while the order's time ran out, and the notification lost: the landing asks all the same", async () => {
  const order = await world.openOrder();
  const attemptId = await start(order.token);
  await world.timeOut(order.id);
  await expireOrder(order.id, world.database);
  await payPayment(world.database, await paymentOf(attemptId), { channel: "CN", shopper: "someone" }, [
    { fault: "notice_lost", seconds: null },
  ]);
  await world.database.execute(sql`update attempts set last_queried_at = null where id = ${attemptId}`);
  await land(order.token, world.database);
  expect(await orderById(world.database, order.id)).toMatchObject({ state: "paid", paidLate: true });
});

it("a column added by the next release does not break the statements this process has prepared", async () => {
  const order = await world.openOrder();
  const attemptId = await start(order.token);
  const single = open(process.env.DATABASE_URL ?? "", 1);
  const readAll = async () => {
    await inTransaction(single, (tx) => lockOrder(tx, order.id));
    await inTransaction(single, (tx) => lockOrderOfAttempt(tx, attemptId));
    await inTransaction(single, (tx) => lockOrderOfNumber(tx, world.accountId, "none", "none"));
    await orderByToken(single, order.token);
    return checkoutRow(single, order.token);
  };
  await readAll();
  await world.database.execute(sql`alter table orders add column of_the_next_release text`);
  await world.database.execute(sql`alter table attempts add column of_the_next_release text`);
  expect((await readAll())?.attempts).toHaveLength(1);
  await close(single);
});
