import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { countMatters, type MatterKind } from "#db/queries/dashboard-home.ts";
import { countWaiting } from "#db/queries/dashboard-inbox.ts";
import { notifications } from "#db/schema/notifications.ts";
import { type AlertScene, alertScene, paidStanding, STAFF } from "#lib/alerts/kinds-scene-testing.ts";
import { ALERT_CASES } from "#lib/alerts/kinds-testing.ts";
import type { AlertKind } from "#lib/domain/alert.ts";
import { setAside } from "#lib/payments/decide-notification.ts";
import { fakeGateway } from "#lib/payments/fake-gateway-testing.ts";
import { recheckAttempt } from "#lib/payments/recheck-attempt.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

const fake = fakeGateway("home", { methods: ["wechat.native", "alipay.qr"], has: ["query", "close", "refund", "queryRefund"] });
let scene: AlertScene;
beforeAll(async () => {
  scene = await alertScene(fake);
  await scene.run(`insert into merchants (id, name, time_zone, webhook_secret) values ('${OTHER}', 'another', 'Asia/Hong_Kong', 'sealed')`);
});
afterAll(() => scene.close());
beforeEach(() => scene.calm());

const OTHER = "mer_other";
const lost = { ok: false as const, kind: "unknown" as const, message: "timeout" };
const LATE = "now() - interval '4 minutes'";

/** How one kind comes about by the product's own code; gives how it is dealt with. `table`, `since`: what an old one is moved back by. */
interface Case {
  make: () => Promise<() => Promise<unknown>>;
  aged: readonly [table: string, since: string];
}

/** The same trouble that an alert tells of. */
const asAlert = (kind: AlertKind) => async () => {
  const { end } = await ALERT_CASES[kind].make(scene);
  return end;
};

const CASES: Record<MatterKind, Case> = {
  review: { make: asAlert("paid_late"), aged: ["orders", "created_at"] },
  orphans: { make: asAlert("orphan"), aged: ["notifications", "received_at"] },
  mismatches: {
    make: async () => {
      const { number, payment } = await scene.begin();
      payment.standing = paidStanding(8_700n);
      await scene.tell(number, payment.standing);
      const [row] = await scene.world.database.select().from(notifications).where(sql`${notifications.gatewayOrderNo} = ${number}`);
      const decision = { merchantId: scene.world.merchantId, notificationId: row?.id ?? "", reason: "sent back by hand", actor: STAFF };
      return () => setAside(decision, scene.world.database);
    },
    aged: ["notifications", "received_at"],
  },
  waitingRefunds: { make: asAlert("refund_approval"), aged: ["refund_requests", "created_at"] },
  openRefunds: {
    make: async () => {
      fake.onRefund = () => lost;
      const done = await scene.refund(await scene.paid(), "30.00");
      return async () => {
        fake.onRefund = () => null;
        await scene.retryRefund(done.ok ? done.value.refundId : "");
      };
    },
    aged: ["refunds", "created_at"],
  },
  unclear: {
    make: async () => {
      fake.onCreate = () => lost;
      const { attempt, payment } = await scene.begin();
      return () => {
        payment.standing = paidStanding();
        return recheckAttempt(attempt.id, scene.world.database);
      };
    },
    aged: ["attempts", "created_at"],
  },
  lateQuestions: {
    make: async () => {
      const { attempt } = await scene.begin();
      await scene.run(`update attempts set next_sweep_at = ${LATE} where id = '${attempt.id}'`);
      return () => recheckAttempt(attempt.id, scene.world.database);
    },
    aged: ["attempts", "next_sweep_at"],
  },
  pausedChannels: { make: asAlert("gateway_down"), aged: ["channel_health", "last_failed_at"] },
  deadDeliveries: { make: asAlert("delivery_dead"), aged: ["deliveries", "created_at"] },
  stoppedEndpoints: { make: asAlert("endpoint_disabled"), aged: ["webhook_endpoints", "disabled_at"] },
  lateDeliveries: {
    make: async () => {
      await scene.endpoint();
      scene.shop.answers.set("/hook", { status: 500 });
      const id = await scene.owe();
      await scene.run(`update deliveries set next_try_at = ${LATE}, lease_until = null where id = '${id}'`);
      return () => {
        scene.shop.answers.clear();
        return scene.tryDeliveries();
      };
    },
    aged: ["deliveries", "next_try_at"],
  },
};
const KINDS = Object.keys(CASES) as MatterKind[];

const matters = (merchantId = scene.world.merchantId) => countMatters(scene.world.database, merchantId);

/** Forty days later: rows that never change are moved past their triggers, as whoever owns the database could. */
async function later(table: string, since: string): Promise<void> {
  const client = await scene.world.database.$client.connect();
  try {
    await client.query("set session_replication_role = replica");
    await client.query(`update ${table} set ${since} = ${since} - interval '40 days'`);
  } finally {
    await client.query("set session_replication_role = default");
    client.release();
  }
}

describe("what home says needs attention", () => {
  it("has a case here for each kind", async () => {
    expect(Object.keys(await matters()).sort()).toEqual([...KINDS].sort());
  });

  it.each(KINDS)("%s: counted once, for its merchant only, however old, until it is dealt with", async (kind) => {
    const { make, aged } = CASES[kind];
    expect(await matters()).toMatchObject({ [kind]: { count: 0, oldest: null } });
    const end = await make();
    const made = (await matters())[kind];
    expect(made.count).toBe(1);
    expect(Object.values(await matters(OTHER)).filter(({ count }) => count > 0)).toEqual([]);

    await later(...aged);
    const old = (await matters())[kind];
    expect(old.count).toBe(1);
    expect((made.oldest?.getTime() ?? 0) - (old.oldest?.getTime() ?? 0)).toBe(40 * 86_400_000);

    await end();
    expect(await matters()).toMatchObject({ [kind]: { count: 0, oldest: null } });
  });
});

it("counts as much as the inbox, whose chip leads to the same rows", async () => {
  const ends = [await CASES.orphans.make(), await CASES.mismatches.make()];
  const { orphans, mismatches } = await matters();
  expect(orphans.count + mismatches.count).toBe(2);
  expect(await countWaiting(scene.world.database, scene.world.merchantId)).toBe(2);
  for (const end of ends) await end();
  expect(await countWaiting(scene.world.database, scene.world.merchantId)).toBe(0);
});

it("drops what a deleted endpoint was owed: nobody can send it any more", async () => {
  await CASES.deadDeliveries.make();
  expect((await matters()).deadDeliveries.count).toBe(1);
  await scene.run("update webhook_endpoints set active = false, deleted_at = now() where deleted_at is null");
  expect((await matters()).deadDeliveries.count).toBe(0);
});
