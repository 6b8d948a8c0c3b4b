import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { inTransaction } from "#db/client.ts";
import { lockOrder } from "#db/queries/locks.ts";
import { notifications } from "#db/schema/notifications.ts";
import { deliveries } from "#db/schema/webhooks.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import { fakeGateway, noticeBody } from "#lib/payments/fake-gateway-testing.ts";
import { type FakeWorld, fakeWorld, SHOPPER } from "#lib/payments/fake-world-testing.ts";
import { receiveNotification } from "#lib/payments/receive-notification.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

fakeGateway("inline", { methods: ["wechat.native", "alipay.web"] });
let world: FakeWorld;
let accountId: string;
beforeAll(async () => {
  world = await fakeWorld();
  accountId = await world.addAccount("inline");
});
afterAll(() => world.close());

const paid = (minor = 8800n): Standing => ({ kind: "paid", gatewayRef: "G1", amount: { minor, currency: "HKD" }, paidAt: null });

async function started(more: Record<string, unknown> = {}, methods: ("wechat.native" | "alipay.web")[] = ["wechat.native"]) {
  const order = await world.openOrder({ notifyUrl: "https://shop.example/hook", ...more });
  for (const method of methods) {
    const begun = await startAttempt({ token: order.token, method, shopper: SHOPPER }, world.database);
    if (!begun.ok) throw new Error(JSON.stringify(begun.problem));
  }
  const numbers = (await world.attempts(order.id)).map((attempt) => attempt.gatewayOrderNo);
  return { id: order.id, numbers, number: numbers[0] ?? "" };
}

const tell = (gatewayOrderNo: string, standing = paid(), more: Record<string, unknown> = {}) =>
  receiveNotification(world.database, accountId, "inline", {
    method: "POST",
    query: "",
    headers: {},
    body: noticeBody({ gatewayOrderNo, standing, ...more }),
  });
const verdictsOf = async (orderId: string) =>
  (await world.database.select().from(notifications).where(eq(notifications.orderId, orderId))).map((one) => one.verdict).sort();
const commits = async () => {
  const { rows } = await world.database.$client.query<{ n: string }>("select pg_current_xact_id()::text as n");
  return BigInt(rows[0]?.n ?? 0);
};

it("forty payments of one moment: each credited once with one event, one webhook and its job, in far fewer transactions", async () => {
  const all = await Promise.all(Array.from({ length: 40 }, () => started()));
  const before = await commits();
  const answers = await Promise.all(all.map(({ number }) => tell(number)));
  const used = (await commits()) - before - 1n;
  expect(answers.map((one) => "verdict" in one && one.verdict)).toEqual(all.map(() => "credited"));
  expect(used).toBeLessThanOrEqual(20n);
  const { rows: jobs } = await world.database.$client.query<{ stream: string }>(
    "select data->>'stream' as stream from pgboss.job where name = 'deliver'",
  );
  for (const { id } of all) {
    expect(await world.order(id)).toMatchObject({ state: "paid", paidAmount: 8800n });
    expect((await world.events(id)).filter((one) => one.type === "order.paid")).toHaveLength(1);
    expect(await verdictsOf(id)).toEqual(["credited"]);
    const owed = await world.database.select().from(deliveries).where(eq(deliveries.orderId, id));
    expect(owed.map((one) => one.type)).toEqual(["order.paid"]);
    expect(jobs.filter(({ stream }) => stream === id)).toHaveLength(1);
  }
});

it("one message told eight times in one moment credits once; the others are told that it was here", async () => {
  const order = await started();
  const answers = await Promise.all(Array.from({ length: 8 }, () => tell(order.number)));
  const words = answers.map((one) => ("verdict" in one ? one.verdict : one.answer)).sort();
  expect(words).toEqual(["credited", ...new Array(7).fill("repeated")]);
  expect(await world.order(order.id)).toMatchObject({ state: "paid", paidAmount: 8800n });
  expect(await verdictsOf(order.id)).toEqual(["credited"]);
});

it("two ways of one order paid in one moment: one credits, the other is surplus", async () => {
  const order = await started({}, ["wechat.native", "alipay.web"]);
  await Promise.all(order.numbers.map((number) => tell(number)));
  expect(await verdictsOf(order.id)).toEqual(["credited", "surplus"]);
  expect(await world.order(order.id)).toMatchObject({ state: "paid", paidAmount: 17600n, needsReview: true });
});

it("a wrong amount, an unknown number and a late payment among plain ones get their own answers", async () => {
  const [plain, wrong, late] = [await started(), await started(), await started()];
  await world.database.execute(
    sql`update orders set state = 'expired', expires_at = now() - interval '1 minute', event_sequence = event_sequence where id = ${late.id}`,
  );
  const [one, two, three, four] = await Promise.all([tell(plain.number), tell(wrong.number, paid(1n)), tell("NOBODY"), tell(late.number)]);
  expect([one, two, three, four]).toMatchObject([
    { verdict: "credited" },
    { verdict: "mismatch" },
    { answer: "orphan" },
    { verdict: "credited" },
  ]);
  expect(await world.order(wrong.id)).toMatchObject({ state: "open", needsReview: true, paidAmount: 0n });
  expect(await world.order(late.id)).toMatchObject({ state: "paid", paidLate: true, needsReview: true });
});

it("an order that somebody holds keeps nobody else waiting, and is credited when it is let go", async () => {
  const [held, ...others] = [await started(), await started(), await started()];
  let letGo = () => {};
  const holding = inTransaction(world.database, async (tx) => {
    await lockOrder(tx, held.id);
    await new Promise<void>((resolve) => {
      letGo = resolve;
    });
  });
  await vi.waitFor(async () => {
    const { rows } = await world.database.$client.query("select id from orders where id = $1 for update skip locked", [held.id]);
    expect(rows).toEqual([]);
  });
  const waiting = tell(held.number);
  expect(await Promise.all(others.map(({ number }) => tell(number)))).toMatchObject([{ verdict: "credited" }, { verdict: "credited" }]);
  expect((await world.order(held.id)).state).toBe("open");
  letGo();
  await holding;
  expect(await waiting).toMatchObject({ verdict: "credited" });
  expect(await world.order(held.id)).toMatchObject({ state: "paid", paidAmount: 8800n });
});

it("one that cannot be written takes nobody down, and is neither acknowledged nor half there", async () => {
  const [bad, ...good] = [await started(), await started(), await started()];
  await world.database.execute(sql`alter table notifications add constraint refuse check (fields <> '{"refuse":"me"}'::jsonb) not valid`);
  const refused = expect(tell(bad.number, paid(), { fields: { refuse: "me" } })).rejects.toThrow();
  expect(await Promise.all(good.map(({ number }) => tell(number)))).toMatchObject([{ verdict: "credited" }, { verdict: "credited" }]);
  await refused;
  await world.database.execute(sql`alter table notifications drop constraint refuse`);
  expect(await world.order(bad.id)).toMatchObject({ state: "open", paidAmount: 0n });
  expect((await world.events(bad.id)).map((one) => one.type)).not.toContain("order.paid");
  for (const { id } of good) expect(await world.order(id)).toMatchObject({ state: "paid", paidAmount: 8800n });
});
