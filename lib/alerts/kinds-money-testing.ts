import { payoutById } from "#db/queries/payouts.ts";
import { refundById } from "#db/queries/refunds.ts";
import { closeAlertByHand } from "#lib/alerts/close-alert.ts";
import { type AlertScene, minutesAgo, paidStanding, STAFF } from "#lib/alerts/kinds-scene-testing.ts";
import type { AlertCase } from "#lib/alerts/kinds-testing.ts";
import { watchOver } from "#lib/alerts/watch.ts";
import { newGatewayNumber } from "#lib/domain/ids.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import { refusal } from "#lib/payments/fake-gateway-testing.ts";
import { matchOrphan } from "#lib/payments/match-orphan.ts";
import { recheckAttempt } from "#lib/payments/recheck-attempt.ts";
import { recheckPayout } from "#lib/payments/recheck-payout.ts";
import type { Paid } from "#lib/payments/refund-scene-testing.ts";
import { sendRefund } from "#lib/payments/send-refund.ts";

const lost = { ok: false as const, kind: "unknown" as const, message: "timeout" };
const contested: Standing = { kind: "unknown", reason: "1004", dispute: true };

/** What is wrong with money. */
export const MONEY_CASES = {
  orphan: {
    healthy: async (scene) => scene.tell((await scene.begin()).number, paidStanding()),
    well: { answer: "acknowledge", verdict: "credited" },
    make: async (scene) => {
      const number = newGatewayNumber(new Date());
      const order = await scene.world.openOrder();
      await scene.tell(number, paidStanding());
      const request = { gatewayOrderNo: number, amount: { minor: 8_800n, currency: "HKD" as const } } as never;
      scene.fake.payments.set(number, { request, method: "wechat.native", accountName: "", standing: paidStanding(), refunds: new Map() });
      const notification = async () => (await scene.alerts())[0]?.facts.notification ?? "";
      const decision = { merchantId: scene.world.merchantId, reason: "the old till's", actor: STAFF, orderId: order.id };
      return {
        subject: `${scene.accountId}:${number}`,
        again: () => scene.tell(number, paidStanding(), { fields: { said: "otherwise" } }),
        times: 2,
        end: async () => matchOrphan({ ...decision, notificationId: await notification() }, scene.world.database),
      };
    },
  },
  mismatch: {
    healthy: async (scene) => scene.tell((await scene.begin()).number, paidStanding()),
    well: { answer: "acknowledge", verdict: "credited" },
    make: async (scene) => {
      const { order, attempt, payment, number } = await scene.begin();
      payment.standing = paidStanding(8_700n);
      await scene.tell(number, payment.standing);
      return { subject: order.id, again: () => recheckAttempt(attempt.id, scene.world.database), end: () => scene.looked(order.id) };
    },
  },
  surplus: {
    healthy: async (scene) => {
      const { order, number } = await scene.begin();
      await scene.begin("alipay.qr", order);
      return scene.tell(number, paidStanding());
    },
    well: { answer: "acknowledge", verdict: "credited" },
    make: async (scene) => {
      const { order, number } = await scene.begin();
      const second = await scene.begin("alipay.qr", order);
      await scene.tell(number, paidStanding());
      await scene.tell(second.number, paidStanding());
      return { subject: order.id, again: () => scene.tell(second.number, paidStanding()), end: () => scene.looked(order.id) };
    },
  },
  paid_late: {
    healthy: async (scene) => scene.expire((await scene.begin()).order.id),
    well: true,
    make: async (scene) => {
      const { order, attempt, payment } = await scene.begin();
      await scene.expire(order.id);
      payment.standing = paidStanding();
      await recheckAttempt(attempt.id, scene.world.database);
      return { subject: order.id, again: () => recheckAttempt(attempt.id, scene.world.database), end: () => scene.looked(order.id) };
    },
  },
  flagged: {
    healthy: async (scene) => scene.tell((await scene.begin()).number, { kind: "unknown", reason: "not yet" }),
    well: { answer: "acknowledge", verdict: "queried" },
    make: async (scene) => {
      const { order, attempt, payment, number } = await scene.begin();
      payment.standing = contested;
      await scene.tell(number, contested);
      return { subject: order.id, again: () => recheckAttempt(attempt.id, scene.world.database), end: () => scene.looked(order.id) };
    },
  },
  refund_failed: {
    healthy: async (scene) => refundRow(scene, await refunded(scene)),
    well: { state: "succeeded", amount: 3_000n },
    make: async (scene) => {
      const paid = await scene.paid();
      scene.fake.onRefund = () => refusal("insufficient_balance");
      const id = await refunded(scene, paid);
      scene.fake.onRefund = () => null;
      return { subject: paid.orderId, again: () => sendRefund(id, scene.world.database), end: () => refunded(scene, paid) };
    },
  },
  refund_unclear: {
    healthy: async (scene) => {
      const id = await unclear(scene);
      await scene.run(`update refunds set created_at = created_at ${minutesAgo(29)} where id = '${id}'`);
      await watchOver(scene.world.database);
      return refundRow(scene, id);
    },
    well: { state: "unknown" },
    make: async (scene) => {
      const id = await unclear(scene);
      await scene.run(`update refunds set created_at = created_at ${minutesAgo(31)} where id = '${id}'`);
      await watchOver(scene.world.database);
      return {
        subject: id,
        again: async () => {
          await scene.retryRefund(id);
          await watchOver(scene.world.database);
        },
        end: async () => {
          scene.fake.onRefund = () => null;
          await scene.retryRefund(id);
          await watchOver(scene.world.database);
        },
      };
    },
  },
  refund_approval: {
    healthy: async (scene) => refundRow(scene, await refunded(scene)),
    well: { state: "succeeded", amount: 3_000n },
    make: async (scene) => {
      const paid = await scene.paid();
      const form = { idempotencyKey: `asked-${paid.orderId}` };
      const subject = await scene.request(paid, "30.00", form);
      return { subject, again: () => scene.request(paid, "30.00", form), end: () => scene.decline(subject) };
    },
  },
  payout_failed: {
    healthy: async (scene) => {
      scene.says.payout = { ok: true, value: { kind: "pending", gatewayRef: "T1", amount: null } };
      return payoutById(scene.world.database, await scene.payOut());
    },
    well: { state: "pending", needsReview: false },
    make: async (scene) => {
      scene.says.payout = refusal("insufficient_balance");
      const subject = await scene.payOut();
      const ask = () => recheckPayout(subject, scene.world.database);
      scene.says.queryPayout = { ok: true, value: { kind: "failed", gatewayRef: null, amount: null } };
      return {
        subject,
        again: ask,
        end: () => {
          scene.says.queryPayout = { ok: true, value: { kind: "paid", gatewayRef: "T2", amount: null } };
          return ask();
        },
      };
    },
  },
  payout_unclear: {
    healthy: async (scene) => {
      scene.says.payout = lost;
      return payoutById(scene.world.database, await scene.payOut());
    },
    well: { state: "unknown", needsReview: false },
    make: async (scene) => {
      scene.says.payout = { ok: true, value: { kind: "pending", gatewayRef: "T3", amount: null } };
      const subject = await scene.payOut();
      scene.says.queryPayout = { ok: true, value: { kind: "paid", gatewayRef: "T3", amount: { minor: 499n, currency: "CNY" } } };
      const ask = () => recheckPayout(subject, scene.world.database);
      await ask();
      return { subject, again: ask, end: () => byHand(scene), by: "usr_test" };
    },
  },
} as const satisfies Record<string, AlertCase>;

/** A refund of 30.00, sent; gives its id. */
async function refunded(scene: AlertScene, given?: Paid): Promise<string> {
  const done = await scene.refund(given ?? (await scene.paid()), "30.00");
  if (!done.ok) throw new Error(JSON.stringify(done.problem));
  return done.value.refundId;
}

async function refundRow({ world }: AlertScene, id: string) {
  return refundById(world.database, id);
}

/** A refund whose answer is lost, again and again. */
async function unclear(scene: AlertScene): Promise<string> {
  scene.fake.onRefund = () => lost;
  return refunded(scene);
}

async function byHand(scene: AlertScene): Promise<void> {
  const [alert] = await scene.alerts();
  const owner = { merchantId: scene.world.merchantId, actor: { ...STAFF, kind: "user" as const, id: "usr_test" } };
  if (!(await closeAlertByHand(owner, alert?.id ?? "", scene.world.database))) throw new Error("not closed");
}
