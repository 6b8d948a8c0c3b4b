import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readAlertHistory, readOpenAlerts } from "#db/queries/alerts.ts";
import { writeMailSettings } from "#db/queries/mail-settings.ts";
import { insertNotification } from "#db/queries/notifications.ts";
import { alertChannels, alertMessages } from "#db/schema/alert-channels.ts";
import { alerts } from "#db/schema/alerts.ts";
import { audit } from "#db/schema/audit.ts";
import { announceAlerts, remindOfAlerts } from "#lib/alerts/announce.ts";
import type { ChannelInput } from "#lib/alerts/channel-fields.ts";
import { saveChannel, switchChannel, testChannel } from "#lib/alerts/channels.ts";
import { type ChatCompany, openChatCompany } from "#lib/alerts/chat-testing.ts";
import { newId } from "#lib/domain/ids.ts";
import { tick } from "#lib/jobs/ticker.ts";
import { type MailReceiver, openMailReceiver } from "#lib/mail-testing.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";

let world: World;
let chat: ChatCompany;
let mail: MailReceiver;
beforeAll(async () => {
  world = await testWorld();
  [chat, mail] = await Promise.all([openChatCompany(), openMailReceiver()]);
  await writeMailSettings(world.database, { url: mail.url(), sender: "cashier@shop.example" }, "usr_test");
});
afterAll(async () => {
  await Promise.all([chat.close(), mail.close()]);
  await world.close();
});
beforeEach(() => {
  chat.shown.length = 0;
  mail.received.length = 0;
});
afterEach(async () => {
  await world.database.delete(alertMessages);
  await world.database.delete(alertChannels);
  await world.database.delete(alerts);
});

const actor = { kind: "user" as const, id: "usr_test", name: "Ada", ip: "203.0.113.7", userAgent: "test" };
const owner = () => ({ merchantId: world.merchantId as string | null, actor });
const INPUT: ChannelInput = {
  ...{ service: "dingtalk", name: "运营群", target: {}, kinds: null, everyMerchant: false, liveOnly: false, locale: "zh-CN" },
  ...{ quietFrom: "", quietTo: "", quietUrgent: true, remindHours: "24", allClear: true },
};
const TARGETS = () => ({
  dingtalk: { url: chat.dingtalk.url, secret: chat.dingtalk.secret },
  feishu: chat.feishu,
  wecom: chat.wecom,
  telegram: chat.telegram,
  email: { to: "boss@shop.example, cfo@shop.example" },
});

async function channel(more: Partial<ChannelInput> = {}, merchantId: string | null = world.merchantId): Promise<string> {
  const input = { ...INPUT, target: TARGETS()[(more.service ?? "dingtalk") as "dingtalk"], ...more };
  const saved = await saveChannel({ ...owner(), merchantId }, { ...input, id: null, timeZone: "Asia/Shanghai" }, world.database);
  if (!saved.ok) throw new Error(JSON.stringify(saved));
  return saved.id;
}

const orphan = (number: string) =>
  insertNotification(world.database, world.merchantId, {
    ...{ id: newId("notification"), accountId: world.accountId, fingerprint: `${number}-${newId("request")}`, gatewayOrderNo: number },
    ...{ orderId: null, attemptId: null, verdict: "orphan", fields: {}, raw: "sealed" },
  });
const later = (seconds: number) =>
  world.database.execute(sql`update alerts set opened_at = opened_at - make_interval(secs => ${seconds}::int),
    last_at = last_at - make_interval(secs => ${seconds}::int), announced_at = announced_at - make_interval(secs => ${seconds}::int),
    resolved_at = resolved_at - make_interval(secs => ${seconds}::int), cleared_at = cleared_at - make_interval(secs => ${seconds}::int)`);
const due = () =>
  world.database.execute(
    sql`update alert_messages set next_try_at = now() - interval '1 second', lease_until = null where state = 'pending'`,
  );
const resolve = () => world.database.execute(sql`update alerts set resolved_at = now(), resolved_by = 'itself' where resolved_at is null`);
/** What workers do, without waiting. */
async function work(): Promise<void> {
  await announceAlerts(world.database);
  await tick(world.database);
  await world.drainJobs();
}

describe("a test message", () => {
  it.each(["dingtalk", "feishu", "wecom", "telegram"] as const)("really arrives at %s, signed as its document says", async (service) => {
    const id = await channel({ service });
    expect(await testChannel(owner(), id, world.database)).toMatchObject({ answer: "sent" });
    expect(chat.shown).toMatchObject([{ service, text: expect.stringContaining("[Shouyin 收银] 测试消息\n看到这条消息，说明「运营群」") }]);
  });

  it("arrives by mail at all its addresses", async () => {
    const id = await channel({ service: "email", target: TARGETS().email });
    expect(await testChannel(owner(), id, world.database)).toMatchObject({ answer: "sent" });
    expect(mail.received).toMatchObject([{ to: ["boss@shop.example", "cfo@shop.example"] }]);
  });

  it("says what the service answered, is tried once, and marks the channel as failing until one arrives", async () => {
    const id = await channel({ target: { url: chat.dingtalk.url, secret: "SECwrong" } });
    expect(await testChannel(owner(), id, world.database)).toMatchObject({ answer: "signature", detail: "310000 sign not match" });
    const row = async () => (await world.database.select().from(alertChannels))[0];
    expect((await row())?.failingSince).not.toBeNull();
    expect(await world.database.select().from(alertMessages)).toMatchObject([
      { state: "failed", tries: [{ ok: false, answer: "signature" }] },
    ]);
    // The secret put right: an address left empty stays.
    const input = { ...INPUT, target: { url: "", secret: chat.dingtalk.secret }, id, timeZone: "UTC" };
    expect(await saveChannel(owner(), input, world.database)).toMatchObject({ ok: true });
    expect(await testChannel(owner(), id, world.database)).toMatchObject({ answer: "sent" });
    expect((await row())?.failingSince).toBeNull();
  });

  it("another merchant's channel is not there", async () => {
    const id = await channel();
    const other = { merchantId: "mer_other", actor };
    expect(await testChannel(other, id, world.database)).toBeNull();
    expect(await switchChannel(other, id, "delete", world.database)).toBe(false);
    expect(await saveChannel({ merchantId: null, actor }, { ...INPUT, id, timeZone: "UTC" }, world.database)).toMatchObject({
      problem: "gone",
    });
    expect(chat.shown).toEqual([]);
  });
});

it("a bot's stored token is not sent to another server: who moves it there must know it", async () => {
  const id = await channel({ service: "telegram" });
  const move = (target: Record<string, string>) =>
    saveChannel(
      owner(),
      { ...INPUT, service: "telegram", target: { ...chat.telegram, token: "", ...target }, id, timeZone: "UTC" },
      world.database,
    );
  expect(await move({ baseUrl: "https://thief.example" })).toMatchObject({ wrong: { field: "target.token", problem: "missing" } });
  expect(await move({ baseUrl: "" })).toMatchObject({ wrong: { field: "target.token", problem: "missing" } });
  expect(await move({ chatId: "-100777" })).toMatchObject({ ok: true });
  expect(await move({ baseUrl: "https://thief.example", token: chat.telegram.token })).toMatchObject({ ok: true });
});

it("what is stored and audited of a channel names neither token nor secret", async () => {
  await channel();
  const stored = JSON.stringify([await world.database.select().from(alertChannels), await world.database.select().from(audit)]);
  expect(stored).not.toMatch(/access_token|SECdingtalk/);
  expect(await world.database.select().from(audit).where(eq(audit.action, "alerts.save"))).not.toEqual([]);
});

describe("an alert", () => {
  it("is told once, names what it is about, and nobody hears it again", async () => {
    await channel();
    await orphan("PAY20261120");
    await work();
    expect(chat.shown).toEqual([]); // It gathers for a moment.
    await later(4);
    await work();
    await work();
    expect(chat.shown).toHaveLength(1);
    expect(chat.shown[0]?.text).toMatch(/^\[Shouyin 收银\] 测试 · 孤儿通知 · Test Shop\n• PAY20261120 · Sandbox · 自 /);
    expect(chat.shown[0]?.text).toMatch(/\/dashboard\/alerts$/);
    expect(await readOpenAlerts(world.database, world.merchantId)).toMatchObject({ total: 1, rows: [{ kind: "orphan", told: 1 }] });
    expect(await readOpenAlerts(world.database, "mer_other")).toEqual({ total: 0, rows: [] });
    await resolve();
    expect(await readAlertHistory(world.database, world.merchantId, null)).toMatchObject({ rows: [{ resolvedBy: "itself" }], next: null });
  });

  it("of five hundred in a minute is one message with their number", async () => {
    await channel();
    for (let batch = 0; batch < 10; batch += 1) await Promise.all(Array.from({ length: 50 }, (_, each) => orphan(`N${batch}-${each}`)));
    await work();
    await later(61);
    await work();
    expect(chat.shown).toHaveLength(1);
    expect(chat.shown[0]?.text).toContain("孤儿通知：500 条");
    expect(chat.shown[0]?.text).toContain("……另有 492 条");
  });

  it("that is over before it was told is told to nobody; one that was told has its end told", async () => {
    await channel();
    await orphan("SHORT");
    await resolve();
    await later(10);
    await work();
    expect(chat.shown).toEqual([]);
    await orphan("LONG");
    await later(10);
    await work();
    await resolve();
    await later(10);
    await work();
    expect(chat.shown.map(({ text }) => text.split("\n")[0])).toEqual([
      "[Shouyin 收银] 测试 · 孤儿通知 · Test Shop",
      "[Shouyin 收银] 测试 · 已解除：孤儿通知 · Test Shop",
    ]);
  });

  it("goes to the channels that want its kind and mode, in each one's language", async () => {
    await channel({ service: "wecom", kinds: ["surplus"] });
    await channel({ service: "feishu", liveOnly: true });
    await channel({ service: "telegram", locale: "en" });
    await channel({ everyMerchant: true }, null);
    await orphan("WHO");
    await later(4);
    await work();
    expect(chat.shown.map(({ service, text }) => [service, text.split("\n")[0]]).sort()).toEqual([
      ["dingtalk", "[Shouyin 收银] 测试 · 孤儿通知 · Test Shop"],
      ["telegram", "[Shouyin 收银] TEST · Orphan notification · Test Shop"],
    ]);
  });

  it("is tried again when the service fails, and given up after its last try; each try stands in the log", async () => {
    await channel({ service: "wecom" });
    await orphan("AGAIN");
    await later(4);
    chat.next.push({ status: 502, body: "bad gateway" }, { status: 200, body: '{"errcode":45009,"errmsg":"api freq out of limit"}' });
    for (let each = 0; each < 3; each += 1) {
      await work();
      await due();
    }
    expect(chat.shown).toHaveLength(1);
    const [message] = await world.database.select().from(alertMessages);
    expect(message).toMatchObject({ state: "sent", tries: [{ answer: "http_error" }, { answer: "too_fast" }, { answer: "sent" }] });
    await later(400);
    await orphan("NEVER");
    await later(400);
    for (let each = 0; each < 9; each += 1) {
      chat.next.push({ status: 500, body: "" });
      await work();
      await due();
    }
    chat.next.length = 0;
    const [given] = await world.database.select().from(alertMessages).where(eq(alertMessages.state, "failed"));
    expect(given?.tries).toHaveLength(8);
  });

  it("waits for the end of quiet hours and is then one message; what is urgent does not wait", async () => {
    await channel({ quietFrom: "00:00", quietTo: "00:00" });
    await orphan("NIGHT-1");
    await later(4);
    await work();
    await later(400);
    await orphan("NIGHT-2");
    await later(4);
    await world.database.execute(
      sql`select open_alert('gateway_down', 'acc_x:*', ${world.merchantId}, true, '{"accountTitle":"Main","why":"unreachable"}')`,
    );
    await later(4);
    await work();
    expect(chat.shown.map(({ text }) => text.split("\n")[1]?.replace(/ · 自 .*/, ""))).toEqual(["• Main · 无法连接"]);
    await due();
    await work();
    expect(chat.shown[1]?.text).toContain("孤儿通知：2 条");
    expect(chat.shown).toHaveLength(2);
  });

  it("of a paused channel is dropped", async () => {
    const id = await channel();
    await orphan("PAUSED");
    await later(4);
    await announceAlerts(world.database);
    await switchChannel(owner(), id, "pause", world.database);
    await work();
    expect(chat.shown).toEqual([]);
    expect(await world.database.select().from(alertMessages)).toMatchObject([{ state: "dropped" }]);
  });
});

it("what is still open is told again after the hours a channel asks for, and not twice", async () => {
  await channel({ remindHours: "4" });
  await orphan("OLD-1");
  await orphan("OLD-2");
  await later(4);
  await work();
  expect(await remindOfAlerts(world.database)).toBe(0);
  await later(5 * 3600);
  expect(await remindOfAlerts(world.database)).toBe(1);
  expect(await remindOfAlerts(world.database)).toBe(0);
  await work();
  expect(chat.shown[1]?.text).toMatch(/^\[Shouyin 收银\] 仍未处理：2 条 · Test Shop\n• 孤儿通知：2 条，最早的自 /);
});

it("two announcers at once tell it once", async () => {
  await channel();
  await orphan("TWICE");
  await later(4);
  await Promise.all([announceAlerts(world.database), announceAlerts(world.database), announceAlerts(world.database)]);
  await work();
  expect(chat.shown).toHaveLength(1);
});
