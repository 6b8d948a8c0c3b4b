import { inTransaction } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { channelHealth } from "#db/schema/channel-health.ts";
import { announceAlerts } from "#lib/alerts/announce.ts";
import { type AlertScene, minutesAgo, STAFF } from "#lib/alerts/kinds-scene-testing.ts";
import type { AlertCase } from "#lib/alerts/kinds-testing.ts";
import { noteAbsence, watchOver, watchWorkers } from "#lib/alerts/watch.ts";
import { acceptAudit, checkAudit } from "#lib/audit/standing.ts";
import { qr } from "#lib/payments/fake-gateway-testing.ts";
import { enableEndpoint } from "#lib/webhooks/endpoints.ts";
import { resendDelivery } from "#lib/webhooks/resend.ts";

/** What is wrong with what works: a shop's server, a gateway, workers, the audit. */
export const WORK_CASES = {
  endpoint_disabled: {
    healthy: async (scene) => {
      await scene.endpoint();
      scene.shop.answers.set("/hook", { status: 500 });
      return scene.delivery(await scene.owe());
    },
    well: { state: "pending", tries: 1 },
    make: async (scene) => {
      const endpointId = await scene.endpoint();
      scene.shop.answers.set("/hook", { status: 410 });
      await scene.owe();
      const which = { merchantId: scene.world.merchantId, endpointId };
      return { subject: endpointId, again: () => scene.owe(), end: () => enableEndpoint(which, scene.world.database) };
    },
  },
  delivery_dead: {
    healthy: async (scene) => {
      await scene.endpoint();
      scene.shop.answers.set("/hook", { status: 500 });
      const id = await scene.owe();
      for (let tries = 1; tries < 9; tries += 1) await scene.tryDeliveries();
      await watchOver(scene.world.database);
      return scene.delivery(id);
    },
    well: { state: "pending", tries: 9 },
    make: async (scene) => {
      const subject = await scene.endpoint();
      const { database, merchantId } = scene.world;
      scene.shop.answers.set("/hook", { status: 500 });
      const dead: string[] = [];
      const die = async () => {
        dead.push(await scene.owe());
        for (let tries = 1; tries < 10; tries += 1) await scene.tryDeliveries();
        await watchOver(database);
      };
      await die();
      return {
        subject,
        again: die,
        times: 2,
        end: async () => {
          scene.shop.answers.clear();
          for (const deliveryId of dead) await resendDelivery({ merchantId, deliveryId }, database);
          await scene.world.work();
          await scene.run(`update alerts set last_at = last_at ${minutesAgo(2)}`);
          await watchOver(database);
        },
      };
    },
  },
  gateway_down: {
    healthy: async (scene) => {
      scene.fake.onCreate = () => ({ ok: false, kind: "unreachable", message: "ECONNREFUSED" });
      for (let shopper = 0; shopper < 2; shopper += 1) await scene.begin().catch(() => null);
      return scene.world.database.select().from(channelHealth);
    },
    well: [{ failures: 2, downs: 0 }],
    make: async (scene) => {
      scene.fake.onCreate = () => ({ ok: false, kind: "unreachable", message: "ECONNREFUSED" });
      for (let shopper = 0; shopper < 3; shopper += 1) await scene.begin().catch(() => null);
      const later = () => scene.run("update channel_health set down_until = now() - interval '1 second'");
      return {
        subject: `${scene.accountId}:*`,
        again: async () => {
          await later();
          await scene.begin().catch(() => null);
        },
        times: 2,
        end: async () => {
          await later();
          scene.fake.onCreate = () => qr();
          await scene.begin();
        },
      };
    },
  },
  backlog: {
    healthy: async (scene) => scene.world.order(await overdue(scene, 4)),
    well: { state: "open" },
    make: async (scene) => {
      const id = await overdue(scene, 6);
      return {
        subject: "expire",
        again: () => watchOver(scene.world.database),
        end: async () => {
          await scene.expire(id);
          await watchOver(scene.world.database);
        },
      };
    },
  },
  worker_stalled: {
    healthy: async (scene) => {
      await scene.beat();
      await noteAbsence(scene.world.database);
      return watchWorkers(scene.world.database);
    },
    well: false,
    make: async (scene) => {
      const { database } = scene.world;
      await scene.beat();
      await scene.run("update heartbeats set at = at - interval '100 seconds'");
      await watchWorkers(database);
      return {
        subject: "worker",
        again: () => watchWorkers(database),
        end: async () => {
          await scene.run(`update alerts set opened_at = opened_at ${minutesAgo(2)}, last_at = last_at ${minutesAgo(2)}`);
          await announceAlerts(database);
          await scene.beat();
          await watchOver(database);
        },
      };
    },
  },
  audit_broken: {
    healthy: async (scene) => {
      await audited(scene);
      return checkAudit(scene.world.database, "all");
    },
    well: { ok: true },
    make: async (scene) => {
      const { database } = scene.world;
      await audited(scene);
      await tamper(scene, "update audit set actor_name = 'Eve' where sequence = (select max(sequence) from audit)");
      const found = await checkAudit(database, "all");
      if (!found || found.ok) throw new Error("not found");
      return {
        subject: "audit",
        again: () => checkAudit(database, "all"),
        end: async () => {
          await acceptAudit(database, { actor: STAFF, why: "looked into", problem: found.problem });
          await checkAudit(database, "all");
        },
      };
    },
  },
} as const satisfies Record<string, AlertCase>;

/** An order that should have been ended so many minutes ago, and the watch that sees it. */
async function overdue(scene: AlertScene, minutes: number): Promise<string> {
  const { id } = await scene.world.openOrder();
  await scene.run(`update orders set expires_at = now() ${minutesAgo(minutes)} where id = '${id}'`);
  await watchOver(scene.world.database);
  return id;
}

async function audited({ world }: AlertScene): Promise<void> {
  await inTransaction(world.database, (tx) =>
    appendAudit(tx, { actor: STAFF, merchantId: null, action: "links.edit", target: null, detail: {} }),
  );
}

/** As whoever owns the database: past every trigger. */
async function tamper({ world }: AlertScene, statement: string): Promise<void> {
  const client = await world.database.$client.connect();
  try {
    await client.query("set session_replication_role = replica");
    await client.query(statement);
  } finally {
    await client.query("set session_replication_role = default");
    client.release();
  }
}
