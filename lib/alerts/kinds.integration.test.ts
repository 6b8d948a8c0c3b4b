import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type AlertScene, alertScene, paidStanding } from "#lib/alerts/kinds-scene-testing.ts";
import { ALERT_CASES } from "#lib/alerts/kinds-testing.ts";
import { toldOf } from "#lib/alerts/told.ts";
import { ALERT_KINDS, alertHref, KINDS } from "#lib/domain/alert.ts";
import { REFUND_RETRY_SECONDS } from "#lib/domain/schedules.ts";
import { alertLine } from "#lib/i18n/alert-words.ts";
import { LOCALES } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import { closeAttempt } from "#lib/payments/close-attempt.ts";
import { lapseRequests } from "#lib/payments/end-request.ts";
import { fakeGateway } from "#lib/payments/fake-gateway-testing.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

const fake = fakeGateway("alerting", { methods: ["wechat.native", "alipay.qr"], has: ["query", "close", "refund", "queryRefund"] });
let scene: AlertScene;
beforeAll(async () => {
  scene = await alertScene(fake);
});
afterAll(() => scene.close());
beforeEach(() => scene.calm());

/** Where each leads: to the very thing, where it has a page of its own. */
const HREFS = {
  notifications: /^\/dashboard\/notifications$/,
  order: /^\/dashboard\/orders\/ord_\w+$/,
  refunds: /^\/dashboard\/refunds$/,
  payout: /^\/dashboard\/payouts\/pyt_\w+$/,
  endpoint: /^\/dashboard\/developers\/endpoints\/\w+$/,
  deliveries: /^\/dashboard\/deliveries\?endpoint=\w+$/,
  account: /^\/dashboard\/accounts\/\w+$/,
  system: /^\/dashboard\/system$/,
  audit: /^\/dashboard\/audit$/,
} as const;

describe("every kind of alert", () => {
  it("has a case here", () => {
    expect(Object.keys(ALERT_CASES).sort()).toEqual([...KINDS].sort());
  });

  describe.each(KINDS)("%s", (kind) => {
    it("is not opened by what stands right beside it, is opened once by the real thing, and ends as documented", async () => {
      const { healthy, well, make } = ALERT_CASES[kind];
      expect({ it: await healthy(scene) }).toMatchObject({ it: well });
      expect(await scene.alerts()).toEqual([]);
      await scene.calm();

      const { subject, again, times, end, by } = await make(scene);
      const merchantId = ALERT_KINDS[kind].of === "merchant" ? scene.world.merchantId : null;
      const live = ALERT_KINDS[kind].of === "merchant" ? false : null;
      const known = { kind, subject, merchantId, live, resolvedAt: null, resolvedBy: null };
      expect(await scene.alerts()).toMatchObject([{ ...known, count: 1 }]);
      // In every language it says what it is about, and leads to where something can be done about it.
      const [alert] = await scene.alerts();
      if (!alert) throw new Error("no alert");
      for (const locale of LOCALES) {
        const about = { purpose: "alert" as const, kind, channelName: "c", merchantName: "Test Shop", locale, timeZone: "UTC" };
        const { title, lines } = toldOf(about, [alert]);
        expect(title).toContain(translator(locale, "alerts")(`kinds.${kind}.name`));
        expect([title, ...lines].join("\n")).not.toMatch(/undefined|null|\{\w+\}|• ·|alerts\./);
      }
      expect(alertHref(kind, alert.facts)).toMatch(HREFS[ALERT_KINDS[kind].screen]);
      await again();
      expect(await scene.alerts()).toMatchObject([{ ...known, count: times ?? 1 }]);
      await end();
      expect(await scene.alerts()).toMatchObject([{ kind, subject, resolvedBy: by ?? "itself" }]);
    });
  });
});

/** What the alerts say in English, a line each. */
const words = async () =>
  (await scene.alerts()).map((one) => `${one.kind}: ${alertLine(translator("en", "alerts"), one, "en")}`).join("\n");

describe("a payment to look at says why", () => {
  it("a notification that names another merchant", async () => {
    const { number } = await scene.begin();
    await scene.tell(number, paidStanding(), { conflict: "merchantNo: M2" });
    expect(await words()).toMatch(/^flagged: .*HK\$88.00 · a notification names another merchant or app$/);
  });

  it("paid and sent back at the gateway before we knew", async () => {
    const { number } = await scene.begin();
    await scene.tell(number, { ...paidStanding(), kind: "refunded" } as never);
    expect(await words()).toMatch(/ · paid, and sent back at the gateway before we knew$/);
  });

  it("paid while a person was cancelling it", async () => {
    const { order, attempt, payment } = await scene.begin();
    fake.onClose = () => {
      payment.standing = { ...paidStanding(), kind: "refunded" } as never;
      return { ok: true, value: { kind: "closed" } };
    };
    await scene.run(`update attempts set close_due_at = now() where id = '${attempt.id}'`);
    await closeAttempt(attempt.id, scene.world.database);
    fake.onClose = () => null;
    expect(await words()).toMatch(/ · paid while it was being closed; sent back by the closing$/);
    expect(await scene.world.order(order.id)).toMatchObject({ paidAmount: 0n });
  });

  it("a refund that stayed unclear through all its tries", async () => {
    const paid = await scene.paid();
    fake.onRefund = () => ({ ok: false, kind: "unknown", message: "timeout" });
    await scene.refund(paid, "30.00");
    const [refund] = await scene.refundsOf(paid.orderId);
    for (let tries = 1; tries <= REFUND_RETRY_SECONDS.length; tries += 1) await scene.retryRefund(refund?.id ?? "");
    expect(await words()).toMatch(/^flagged: .* · a refund is still unclear after all its tries$/);
  });
});

describe("a refund that waits for approval ends, however it is decided", () => {
  const ways = {
    approved: (id: string) => scene.approve(id),
    "taken back": (id: string) => scene.withdraw(id),
    "left for a week": async () => {
      await scene.run("update refund_requests set expires_at = now() where state = 'requested'");
      return { ok: (await lapseRequests(scene.world.database)) === 1 };
    },
  };
  it.each(Object.entries(ways))("%s", async (_way, decide) => {
    const id = await scene.request(await scene.paid(), "30.00");
    expect(await words()).toMatch(/^refund_approval: .*HK\$30.00/);
    expect(await decide(id)).toMatchObject({ ok: true });
    expect(await scene.alerts()).toMatchObject([{ kind: "refund_approval", subject: id, resolvedBy: "itself" }]);
  });
});

it("an endpoint that failed for five days is disabled by the next failure, and says so", async () => {
  await scene.endpoint();
  scene.shop.answers.set("/hook", { status: 500 });
  await scene.owe();
  await scene.run(
    "update webhook_endpoints set failing_since = failing_since - interval '5 days', failed_tries = 9 where failing_since is not null",
  );
  await scene.owe();
  expect(await words()).toMatch(/^endpoint_disabled: http:\/\/127.0.0.1:\d+ · nothing was acknowledged for five days$/);
});
