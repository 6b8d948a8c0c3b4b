import { eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { attempts } from "#db/schema/attempts.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { merchants } from "#db/schema/merchants.ts";
import { orderEvents } from "#db/schema/order-events.ts";
import { orders } from "#db/schema/orders.ts";
import { testDatabase } from "#db/testing.ts";
import { newId } from "#lib/domain/ids.ts";
import type { Shopper } from "#lib/domain/shopper.ts";
import { runJob } from "#lib/jobs/handlers.ts";
import { boss, QUEUES, type QueueName, startBoss, stopBoss } from "#lib/jobs/queues.ts";
import { tick } from "#lib/jobs/ticker.ts";
import { openOrder } from "#lib/payments/open-order.ts";
import { sealFor } from "#lib/secrets.ts";

/** The use cases on a real PostgreSQL with fake gateways: no network, no worker, no clock but the test's. */
export interface FakeWorld {
  database: Database;
  merchantId: string;
  addAccount(gateway: string, more?: Partial<typeof gatewayAccounts.$inferInsert>): Promise<string>;
  openOrder(more?: Record<string, unknown>): Promise<{ id: string; token: string }>;
  order(id: string): Promise<typeof orders.$inferSelect>;
  /** Oldest first. */
  attempts(orderId: string): Promise<(typeof attempts.$inferSelect)[]>;
  events(orderId: string): Promise<(typeof orderEvents.$inferSelect)[]>;
  drainJobs(): Promise<number>;
  /** Turns what is due by the database's clock into jobs, and runs them. */
  work(): Promise<void>;
  /** Nothing is due and no job waits: what other tests left behind does not come in between. */
  quiet(): Promise<void>;
  /** Moves an order's attempts into the past, with all they wait for. */
  age(orderId: string, seconds: number): Promise<void>;
  close(): Promise<void>;
}

/** Somebody at a desktop. */
export const SHOPPER: Shopper = { browser: "desktop", ip: "203.0.113.7", userAgent: "test", locale: "en" };
export const PUBLIC_URL = "https://pay.example";
const JOBS_MAX = 1000;

export async function fakeWorld(more: Partial<typeof merchants.$inferInsert> = {}): Promise<FakeWorld> {
  const test = await testDatabase();
  const { database } = test;
  Object.assign(process.env, { PUBLIC_URL });
  await startBoss({ url: test.url, supervise: false });
  const merchantId = newId("merchant");
  const webhookSecret = sealFor("merchants.webhook_secret", merchantId, "whsec_dGVzdA==");
  await database.insert(merchants).values({ id: merchantId, name: "Test Shop", webhookSecret, ...more });
  const world: FakeWorld = {
    database,
    merchantId,
    addAccount: (gateway, values = {}) => addAccount(database, merchantId, gateway, values),
    openOrder: async (values = {}) => {
      const amount = { minor: 8800n, currency: "HKD" as const };
      const opened = await openOrder({ merchantId, amount, title: "Tea", live: false, actor: "shop", ...values }, database);
      if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
      return opened.value;
    },
    order: async (id) => {
      const [row] = await database.select().from(orders).where(eq(orders.id, id));
      if (!row) throw new Error(`no order ${id}`);
      return row;
    },
    attempts: (orderId) => database.select().from(attempts).where(eq(attempts.orderId, orderId)).orderBy(attempts.createdAt),
    events: (orderId) => database.select().from(orderEvents).where(eq(orderEvents.orderId, orderId)).orderBy(orderEvents.sequence),
    drainJobs: () => drainJobs(database),
    work: async () => {
      await tick(database);
      await drainJobs(database);
    },
    quiet: async () => {
      await drainJobs(database);
      await database.execute(sql`update attempts set next_sweep_at = null, close_due_at = null`);
    },
    age: async (orderId, seconds) => {
      const past = sql`make_interval(secs => ${seconds})`;
      await database.execute(
        sql`update attempts set created_at = created_at - ${past}, next_sweep_at = next_sweep_at - ${past},
            close_due_at = close_due_at - ${past}, last_queried_at = last_queried_at - ${past} where order_id = ${orderId}`,
      );
    },
    close: async () => {
      await stopBoss();
      await test.close();
    },
  };
  return world;
}

async function addAccount(
  database: Database,
  merchantId: string,
  gateway: string,
  values: Partial<typeof gatewayAccounts.$inferInsert>,
): Promise<string> {
  const id = newId("account");
  await database.insert(gatewayAccounts).values({
    ...{ id, merchantId, gateway, title: gateway, baseUrl: "https://gateway.example", live: false },
    credentials: sealFor("gateway_accounts.credentials", id, "{}"),
    ...values,
  });
  return id;
}

async function drainJobs(database: Database): Promise<number> {
  let ran = 0;
  for (let found = true; found && ran < JOBS_MAX; ) {
    found = false;
    for (const name of Object.keys(QUEUES) as QueueName[]) {
      for (const job of await boss().fetch(name)) {
        found = true;
        ran += 1;
        await runJob(name, job.data, database);
        await boss().complete(name, job.id);
      }
    }
  }
  return ran;
}
