import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { alertChannels, alertMessages } from "#db/schema/alert-channels.ts";
import { alerts } from "#db/schema/alerts.ts";
import { audit } from "#db/schema/audit.ts";
import { saveChannel } from "#lib/alerts/channels.ts";
import { type ChatCompany, openChatCompany } from "#lib/alerts/chat-testing.ts";
import { closeAlertByHand } from "#lib/alerts/close-alert.ts";
import { noteAbsence, watchOver, watchWorkers } from "#lib/alerts/watch.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER, testWorld, type World } from "#lib/payments/testing.ts";

let world: World;
let chat: ChatCompany;
beforeAll(async () => {
  world = await testWorld();
  chat = await openChatCompany();
});
afterAll(async () => {
  await chat.close();
  await world.close();
});
beforeEach(() => {
  chat.shown.length = 0;
});
afterEach(async () => {
  for (const table of [alertMessages, alertChannels, alerts]) await world.database.delete(table);
  await world.database.execute(sql`delete from heartbeats`);
});

const actor = { kind: "user" as const, id: "usr_test", name: "Ada", ip: "", userAgent: "" };
const all = () => world.database.select().from(alerts).orderBy(alerts.openedAt);
const run = (text: string) => world.database.execute(sql.raw(text));
const heartbeat = (ago: string) =>
  run(`insert into heartbeats (worker, at) values ('w', now() - interval '${ago}') on conflict (worker) do update set at = excluded.at`);

async function listener(): Promise<void> {
  const input = { service: "wecom", name: "ops", target: chat.wecom, kinds: null, everyMerchant: false, liveOnly: false, locale: "en" };
  const times = { quietFrom: "", quietTo: "", quietUrgent: true, remindHours: "0", allClear: true, id: null, timeZone: "UTC" };
  const saved = await saveChannel({ merchantId: null, actor }, { ...input, ...times }, world.database);
  if (!saved.ok) throw new Error(JSON.stringify(saved));
}

describe("a refund that stays unclear", () => {
  it("is told after half an hour, once, and is over when the gateway has answered; nobody can close it by hand", async () => {
    const order = await world.openOrder();
    const started = await startAttempt({ token: order.token, method: "wechat.native", shopper: SHOPPER }, world.database);
    if (!started.ok) throw new Error("not started");
    const { attemptId } = started.value;
    await world.database.execute(sql`insert into refunds (id, merchant_id, order_id, attempt_id, account_id, refund_no, currency, amount, reason,
      requested_by, idempotency_key, state, next_try_at) values ('rfd_watch', ${world.merchantId}, ${order.id}, ${attemptId}, ${world.accountId},
      'R-WATCH', 'HKD', 1000, 'test', 'usr_test', 'watch-1', 'unknown', now() + interval '1 hour')`);
    await watchOver(world.database);
    expect(await all()).toEqual([]);
    await run("update refunds set created_at = created_at - interval '31 minutes'");
    await watchOver(world.database);
    await watchOver(world.database);
    const [alert] = await all();
    expect(alert).toMatchObject({ kind: "refund_unclear", count: 1, resolvedAt: null, facts: { amount: "1000", currency: "HKD" } });
    expect(await closeAlertByHand({ merchantId: world.merchantId, actor }, alert?.id ?? "", world.database)).toBe(false);
    await run("update refunds set state = 'succeeded', next_try_at = null, settled_at = now()");
    await watchOver(world.database);
    expect(await all()).toMatchObject([{ resolvedBy: "itself" }]);
  });
});

it("work that has waited five minutes is the installation's alert, and over when it has been done", async () => {
  const order = await world.openOrder();
  await run(`update orders set expires_at = now() - interval '7 minutes' where id = '${order.id}'`);
  await watchOver(world.database);
  expect(await all()).toMatchObject([{ kind: "backlog", subject: "expire", merchantId: null, facts: { queue: "expire", minutes: 7 } }]);
  // Somebody has been asked to end it: it waits for the gateway now, not for us.
  await run(`update orders set expiry_lease_until = now() + interval '1 minute' where id = '${order.id}'`);
  await watchOver(world.database);
  expect(await all()).toMatchObject([{ resolvedBy: "itself" }]);
  await run(`update orders set state = 'cancelled' where id = '${order.id}'`);
});

describe("workers", () => {
  it("that are alive, or have never been, are no alert", async () => {
    expect(await watchWorkers(world.database)).toBe(false);
    await heartbeat("10 seconds");
    expect(await watchWorkers(world.database)).toBe(false);
    expect(await all()).toEqual([]);
  });

  it("that are gone are told by a process that has none, without any worker's help", async () => {
    await listener();
    await heartbeat("245 seconds");
    expect(await watchWorkers(world.database)).toBe(true);
    await run("update alerts set last_at = last_at - interval '5 seconds'");
    await watchWorkers(world.database);
    await watchWorkers(world.database);
    expect(chat.shown.map(({ text }) => text.split("\n").slice(0, 2))).toEqual([
      ["[Shouyin 收银] No worker is alive · this installation", expect.stringContaining("• for 4 min · since ")],
    ]);
  });

  it("that come back say how long they were away, and the alert ends once it has been told", async () => {
    await heartbeat("845 seconds");
    await noteAbsence(world.database);
    await heartbeat("0 seconds");
    await watchOver(world.database);
    expect(await all()).toMatchObject([{ kind: "worker_stalled", facts: { minutes: 14 }, resolvedAt: null }]);
    await run("update alerts set announced_at = now()");
    await watchOver(world.database);
    expect(await all()).toMatchObject([{ resolvedBy: "itself" }]);
  });
});

it("an alert closed by a person stays closed, is audited, and cannot be closed by another merchant", async () => {
  await run(`select open_alert('surplus', 'ord_1', '${world.merchantId}', true, '{}')`);
  const id = (await all())[0]?.id ?? "";
  expect(await closeAlertByHand({ merchantId: "mer_other", actor }, id, world.database)).toBe(false);
  expect(await closeAlertByHand({ merchantId: null, actor }, id, world.database)).toBe(false);
  expect(await closeAlertByHand({ merchantId: world.merchantId, actor }, id, world.database)).toBe(true);
  expect(await closeAlertByHand({ merchantId: world.merchantId, actor }, id, world.database)).toBe(false);
  expect(await all()).toMatchObject([{ resolvedBy: "usr_test" }]);
  const rows = await world.database.select().from(audit);
  expect(rows.filter((row) => row.action === "alerts.close")).toMatchObject([{ targetId: id, actorId: "usr_test" }]);
});
