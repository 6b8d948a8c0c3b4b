import type { Fields, GoodPress, Stage } from "#app/good-press-testing.ts";
import { accountById } from "#db/queries/accounts.ts";
import { refundRequests } from "#db/schema/refund-requests.ts";
import { newGatewayNumber, newId } from "#lib/domain/ids.ts";
import type { StaffAction } from "#lib/domain/staff-actions.ts";
import { openAccount } from "#lib/payments/open-account.ts";
import { openOrder } from "#lib/payments/open-order.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { SHOPPER } from "#lib/payments/testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { payPayment } from "#lib/sandbox/pay.ts";

const DASH = "app/(dashboard)/dashboard";

/** An order of the scene's merchant, paid by a shopper at the sandbox and told of; ids of it and of what it left. */
export async function paidOrder({
  world,
  things,
}: Stage): Promise<{ order: string; notification: string; delivery: string; tries: string }> {
  const { database, origin } = world;
  const asked = { merchantId: things.merchant, amount: { minor: 8800n, currency: "HKD" as const }, title: "Tea", live: false };
  const opened = await openOrder({ ...asked, notifyUrl: `${origin}/hook`, actor: "shop" }, database);
  if (!opened.ok) throw new Error(opened.problem.code);
  const { id, token } = opened.value;
  await resumed(things.account, world);
  const started = await startAttempt({ token, method: "wechat.native", shopper: SHOPPER }, database);
  if (!started.ok) throw new Error(started.problem.code);
  const { rows } = await database.$client.query("select gateway_order_no as no from attempts where order_id = $1", [id]);
  await payAt(world, rows[0].no);
  await world.drainJobs();
  // Whatever waits for its turn behind another.
  await world.makeDue();
  await world.drainJobs();
  const [told] = (await database.$client.query("select id from notifications where gateway_order_no = $1", [rows[0].no])).rows;
  const [sent] = (await database.$client.query("select id, tries from deliveries where order_id = $1 and type = 'order.paid'", [id])).rows;
  return { order: id, notification: told.id, delivery: sent.id, tries: String(sent.tries) };
}

async function payAt(world: Stage["world"], gatewayOrderNo: string): Promise<void> {
  const payment = await paymentByAny(world.database, gatewayOrderNo);
  const paid = payment && (await payPayment(world.database, payment.no, { channel: "CN", shopper: "someone" }));
  if (!paid?.ok) throw new Error("not paid");
  await world.drainNotices();
}

/** The scene's account is marked down; it takes money again. */
async function resumed(account: string, world: Stage["world"]): Promise<void> {
  await world.database.$client.query("delete from channel_health where account_id = $1", [account]);
}

/** A payment that somebody else made at the gateway under the account's own name, and its message: an orphan. */
async function orphan({ world, things }: Stage): Promise<string> {
  const row = await accountById(world.database, things.account);
  if (!row) throw new Error("no account");
  const { account } = openAccount(row);
  const gatewayOrderNo = newGatewayNumber(new Date());
  const made = await account.create("wechat.native", {
    ...{ gatewayOrderNo, amount: { minor: 8800n, currency: "HKD" }, subject: "Tea", clientIp: "203.0.113.7" },
    ...{ notifyUrl: `${world.origin}/api/notify/hipopay-agent/${things.account}`, returnUrl: `${world.origin}/back` },
    expiresAt: new Date(Date.now() + 600_000),
  });
  if (!made.ok) throw new Error(JSON.stringify(made));
  await payAt(world, gatewayOrderNo);
  const { rows } = await world.database.$client.query("select id from notifications where gateway_order_no = $1", [gatewayOrderNo]);
  return rows[0].id;
}

async function openOrderOf({ world, things }: Stage): Promise<string> {
  const asked = { merchantId: things.merchant, amount: { minor: 8800n, currency: "HKD" as const }, title: "Tea", live: false };
  const opened = await openOrder({ ...asked, actor: "shop" }, world.database);
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value.id;
}

async function requestBy({ world, things }: Stage, requestedBy: string): Promise<Fields> {
  const request = newId("refundRequest");
  await world.database.insert(refundRequests).values({
    ...{ id: request, merchantId: things.merchant, orderId: things.order, attemptId: things.attempt, currency: "HKD", amount: 100n },
    ...{ reason: "sold out", cause: "role", requestedBy, idempotencyKey: request, expiresAt: new Date(Date.now() + 86_400_000) },
  });
  return { request };
}

const refunding = { order: "@order", attempt: "@attempt", amount: "1.00", reason: "sold out", note: "paid back by bank", intent: "send" };
const recipient = { kind: "personal", number: "6222020000000000188", name: "张三", mobile: "13800138000", bankName: "工商银行" };
const payout = { ...recipient, bankCode: "HPT00002", province: "广东", city: "深圳", amount: "1.00", remark: "wages", channel: "trans" };
const ORDER = `${DASH}/orders/[id]/actions.ts`;
const NOTIFICATION = `${DASH}/notifications/[id]/actions.ts`;

/** The good presses of what is about payments. */
export const MONEY_PRESSES = {
  "counter.charge": {
    row: `${DASH}/counter/actions.ts#charge`,
    fields: { amount: "10.50", currency: "CNY", kind: "test", code: "130000000000000100", key: "audited-charge" },
    ready: async ({ world, things }) => {
      await resumed(things.account, world);
      return {};
    },
    target: ["order", "made"],
  },
  "notifications.match": {
    row: `${NOTIFICATION}#match`,
    fields: { reason: "the shop's old till" },
    ready: async (stage) => ({ choice: await openOrderOf(stage), notification: await orphan(stage) }),
    target: ["notification", "notification"],
  },
  "notifications.replay": {
    row: `${NOTIFICATION}#replay`,
    fields: { reason: "looked at again" },
    ready: async (stage) => ({ notification: (await paidOrder(stage)).notification }),
    target: ["notification", "notification"],
  },
  "notifications.set_aside": {
    row: `${NOTIFICATION}#setAside`,
    fields: { notification: "@notification", reason: "not ours" },
    target: ["notification", "@notification"],
  },
  "orders.bundle": { row: `${DASH}/orders/[id]/bundle/route.ts#POST`, params: { id: "@order" }, target: ["order", "@order"] },
  "orders.export": { row: `${DASH}/orders/export/route.ts#POST`, fields: { fields: "state=paid" }, target: null },
  "orders.save_view": { row: `${DASH}/orders/actions.ts#saveView`, fields: { name: "Paid", fields: "state=paid" }, target: null },
  "orders.edit_view": { row: `${DASH}/orders/actions.ts#renameOrderView`, fields: { id: "@view", name: "Mine" }, target: null },
  "orders.delete_view": { row: `${DASH}/orders/actions.ts#forgetView`, fields: { id: "@view" }, target: null },
  "orders.recheck": {
    row: `${ORDER}#recheck`,
    fields: { order: "@unpaid", reason: "the shopper says they paid" },
    target: ["order", "@unpaid"],
  },
  "orders.close": {
    row: `${ORDER}#closeOrder`,
    fields: { reason: "sold out" },
    ready: async (stage) => ({ order: await openOrderOf(stage) }),
    target: ["order", "order"],
  },
  "orders.resend": {
    row: `${ORDER}#resend`,
    fields: { reason: "the shop lost it" },
    ready: paidOrder,
    target: ["order", "order"],
  },
  "orders.review": {
    row: `${ORDER}#review`,
    fields: { order: "@order", reason: "spoke to the shopper", seen: "99" },
    target: ["order", "@order"],
  },
  "payouts.balance": { row: `${DASH}/payouts/actions.ts#showBalance`, fields: { account: "@account", name: "CNY" }, target: null },
  "payouts.ask": { row: `${DASH}/payouts/actions.ts#askNow`, fields: { payout: "@payout" }, target: ["payout", "@payout"] },
  "payouts.check": {
    row: `${DASH}/payouts/new/actions.ts#pay`,
    fields: { ...payout, key: "audited-check", intent: "check" },
    ready: async ({ world, things }) => ({ account: await world.addAccount("xxpay", things.merchant) }),
    target: null,
  },
  "payouts.send": {
    row: `${DASH}/payouts/new/actions.ts#pay`,
    fields: { ...payout, key: "audited-send", intent: "send" },
    ready: async ({ world, things }) => ({ account: await world.addAccount("xxpay", things.merchant) }),
    target: ["payout", "made"],
  },
  "refunds.send": {
    row: `${DASH}/orders/[id]/refund/actions.ts#refund`,
    fields: { ...refunding, key: "k1", way: "refund" },
    target: ["refund", "made"],
  },
  "refunds.request": {
    row: `${DASH}/orders/[id]/refund/actions.ts#refund`,
    fields: { ...refunding, key: "k2", way: "request" },
    by: "operator",
    target: ["refund_request", "made"],
  },
  "refunds.withdraw": {
    row: `${DASH}/refunds/actions.ts#withdraw`,
    by: "operator",
    ready: (stage) => requestBy(stage, stage.people.operator.id),
    target: ["refund_request", "request"],
  },
  "refunds.approve": {
    row: `${DASH}/refunds/actions.ts#decide`,
    fields: { intent: "approve" },
    ready: (stage) => requestBy(stage, stage.people.operator.id),
    target: ["refund_request", "request"],
  },
  "refunds.decline": {
    row: `${DASH}/refunds/actions.ts#decide`,
    fields: { intent: "decline", decision: "already sent" },
    ready: (stage) => requestBy(stage, stage.people.operator.id),
    target: ["refund_request", "request"],
  },
} as const satisfies Partial<Record<StaffAction, GoodPress>>;
