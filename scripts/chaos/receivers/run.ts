import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "#db/client.ts";
import { merchants } from "#db/schema/merchants.ts";
import { newId } from "#lib/domain/ids.ts";
import { startBoss, stopBoss } from "#lib/jobs/queues.ts";
import { cancelOrder } from "#lib/payments/close-order.ts";
import { openOrder } from "#lib/payments/open-order.ts";
import { sealFor } from "#lib/secrets.ts";
import { createEndpoint } from "#lib/webhooks/endpoints.ts";
import { newWebhookSecret } from "#lib/webhooks/secrets.ts";
import { makeWorld } from "../../world.ts";
import { chance } from "../random.ts";
import { startVictim } from "../victim.ts";
import { healthyWaits, type Owed, RECEIVER_CHECKS, type ReceiverEvidence } from "./checks.ts";
import { MANNERS, type Manners } from "./manners.ts";
import { openMortal } from "./mortal.ts";
import { openReceiver, type ReceiverServer } from "./receiver.ts";

export interface ReceiverOptions {
  events: number;
  seed: number;
  sabotage: boolean;
}

export interface ReceiverOutcome {
  events: number;
  receivers: number;
  arrivals: number;
  eventSeconds: number;
  /** From the receivers' healing until nothing was owed; null: not in time. */
  settledSeconds: number | null;
  waits: ReturnType<typeof healthyWaits>;
  findings: { check: string; violations: string[]; sharp: boolean }[];
}

/** An order is opened and cancelled: two events. */
const EVENTS_AN_ORDER = 2;
/** Orders under way at once. */
const HANDS = 3;
/** Bad receivers are bad at least this long, so that hanging tries pile up whatever the number of events. */
const BAD_FOR_MS = 12_000;
/** Everything is told within this long of the healing. */
const SETTLE_MS = 150_000;

const end: Manners["answer"] = (response) => {
  response.end();
  return 200;
};

interface Shop {
  name: string;
  manners: Manners;
  merchantId: string;
  secret: string;
  server: ReceiverServer;
}

/** Events for receivers with every kind of bad manners, and for healthy ones; then all are healed, and everything is proven. */
export async function runReceivers(
  options: ReceiverOptions,
  say: (line: Record<string, unknown>) => void,
  stop: AbortSignal,
): Promise<ReceiverOutcome> {
  const world = await makeWorld("chaos-receivers", { ALLOW_PRIVATE_WEBHOOKS: "1" });
  const elsewhere = await openReceiver("elsewhere", { name: "elsewhere", share: 0, count: 1, answer: end }, chance(0, ""), "");
  const shops: Shop[] = [];
  const victim = startVictim(world.port, world.environment, path.join(world.dataDir, "server.log"));
  try {
    await victim.answers();
    await startBoss({ url: String(world.environment.DATABASE_URL), supervise: false });
    for (const manners of MANNERS)
      for (let each = 0; each < manners.count; each += 1)
        shops.push(await openShop(world.database, world.dataDir, manners, each, options.seed, elsewhere.url));
    const began = performance.now();
    await makeEvents(world.database, shops, options, stop);
    const eventSeconds = seconds(performance.now() - began);
    await pause(Math.max(0, BAD_FOR_MS - (performance.now() - began)), null, { signal: stop });
    say({ events: options.events, eventSeconds, ...(await owing(world.database)) });
    for (const shop of shops) await shop.server.heal();
    const healed = performance.now();
    const settled = await settle(world.database, stop);
    const settledSeconds = settled ? seconds(performance.now() - healed) : null;
    if (!settled) say({ stuck: await owing(world.database) });
    for (const shop of shops) await shop.server.close();
    const evidence = await evidenceOf(world.database, shops, elsewhere.arrivals.length);
    const shown = options.sabotage ? (RECEIVER_CHECKS[0]?.broken(evidence) ?? evidence) : evidence;
    const findings = RECEIVER_CHECKS.map(({ name, find, broken }) => ({
      check: name,
      violations: find(shown).slice(0, 20),
      sharp: find(broken(evidence)).length > 0,
    }));
    const counts = { events: evidence.events.length, receivers: shops.length, arrivals: evidence.arrivals.length };
    return { ...counts, eventSeconds, settledSeconds, waits: healthyWaits(evidence), findings };
  } finally {
    await stopBoss();
    await victim.kill();
    for (const shop of shops) await shop.server.close();
    await elsewhere.close();
    await world.close();
  }
}

/** A merchant with one endpoint, which leads to one receiver. */
async function openShop(
  database: Database,
  dataDir: string,
  manners: Manners,
  each: number,
  seed: number,
  elsewhere: string,
): Promise<Shop> {
  const name = `${manners.name} ${each + 1}`;
  const merchantId = newId("merchant");
  const webhookSecret = sealFor("merchants.webhook_secret", merchantId, newWebhookSecret());
  await database.insert(merchants).values({ id: merchantId, name, webhookSecret });
  const server = manners.mortal ? await openMortal(name, dataDir) : await openReceiver(name, manners, chance(seed, name), elsewhere);
  const made = await createEndpoint(
    { merchantId, live: false, url: server.url, eventTypes: ["order.created", "order.cancelled"] },
    database,
  );
  if (!made.ok) throw new Error(made.problem.code);
  return { name, manners, merchantId, secret: made.value.secret, server };
}

/** Opens and cancels orders of all the shops, each by its share. */
async function makeEvents(database: Database, shops: readonly Shop[], { events, seed }: ReceiverOptions, stop: AbortSignal): Promise<void> {
  const choices = chance(seed, "events");
  const bag = shops.flatMap((shop) => Array.from({ length: Math.max(1, Math.round(shop.manners.share / shop.manners.count)) }, () => shop));
  let left = Math.ceil(events / EVENTS_AN_ORDER);
  const hand = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      stop.throwIfAborted();
      const merchantId = choices.pick(bag)?.merchantId ?? "";
      const opened = await openOrder(
        { merchantId, amount: { minor: 8800n, currency: "HKD" }, title: "Tea", live: false, actor: "shop" },
        database,
      );
      if (!opened.ok) throw new Error(opened.problem.code);
      await cancelOrder({ merchantId, orderId: opened.value.id, actor: "shop" }, database);
    }
  };
  await Promise.all(Array.from({ length: HANDS }, hand));
}

async function owing(database: Database): Promise<{ pending: number; acknowledged: number; dead: number }> {
  const { rows } = await database.$client.query<{ pending: number; acknowledged: number; dead: number }>(
    `select count(*) filter (where state = 'pending')::int as pending, count(*) filter (where state = 'acknowledged')::int as acknowledged,
       count(*) filter (where state = 'dead')::int as dead from deliveries`,
  );
  return rows[0] ?? { pending: 0, acknowledged: 0, dead: 0 };
}

/**
 * Waits until nothing is pending. Hours of the schedule go by at once: what waits for its next try is made due, but nothing
 * that is being tried (its claim) is touched.
 */
async function settle(database: Database, stop: AbortSignal): Promise<boolean> {
  const until = performance.now() + SETTLE_MS;
  while (performance.now() < until) {
    if ((await owing(database)).pending === 0) return true;
    await database.$client.query(
      `update deliveries set next_try_at = now(), lease_until = null where state = 'pending' and tries > 0 and next_try_at > now() + interval '31 seconds'`,
    );
    await pause(500, null, { signal: stop });
  }
  return false;
}

async function evidenceOf(database: Database, shops: readonly Shop[], elsewhere: number): Promise<ReceiverEvidence> {
  const names = new Map(shops.map((shop) => [shop.merchantId, shop.name]));
  const merchantIds = [...names.keys()];
  const owed = await database.$client.query<Omit<Owed, "receiver" | "at"> & { merchant: string; at: Date }>(
    `select d.id, d.merchant_id as merchant, d.stream, d.sequence, d.state, d.body, e.at from deliveries d
     join order_events e on e.order_id = d.order_id and e.sequence = d.sequence where d.merchant_id = any($1)`,
    [merchantIds],
  );
  const events = await database.$client.query<{ merchant: string; id: string }>(
    `select merchant_id as merchant, order_id || ' ' || sequence as id from order_events
     where merchant_id = any($1) and type in ('order.created', 'order.cancelled')`,
    [merchantIds],
  );
  return {
    arrivals: shops.flatMap((shop) => shop.server.arrivals),
    owed: owed.rows.map(({ merchant, at, ...row }) => ({ ...row, receiver: names.get(merchant) ?? "", at: at.getTime() })),
    events: events.rows.map(({ merchant, id }) => `${names.get(merchant)} ${id}`),
    elsewhere,
    healthy: new Set(shops.flatMap((shop) => (shop.manners.name === "healthy" ? [shop.name] : []))),
    secrets: new Map(shops.map((shop) => [shop.name, shop.secret])),
  };
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10;
}
