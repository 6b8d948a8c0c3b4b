import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "#db/client.ts";
import { makeLink, makeWorld, type World } from "../world.ts";
import { type BackOffice, openBackOffice } from "./back-office.ts";
import { newBrowser } from "./browser.ts";
import type { Evidence, Visit } from "./check.ts";
import { forgetPaidHook } from "./evidence-checks.ts";
import type { ChaosOptions } from "./options.ts";
import { type Finding, prove } from "./prove.ts";
import { chance } from "./random.ts";
import { type Owed, settle, stuck } from "./settle.ts";
import { openShop } from "./shop.ts";
import { type Crowd, visit } from "./shopper.ts";
import { startVictim, type Victim } from "./victim.ts";

/** The server dies this long after its port answers. */
const LIFE_MS = 2000;
/** Shoppers in the shop at once, so that even a short run is still opening orders when the server dies again. */
const crowdOf = (orders: number): number => Math.min(12, Math.max(4, Math.ceil(orders / 10)));

export interface Outcome {
  orders: number;
  paid: number;
  /** Refunds that went out because two people wanted them to. */
  approvedRefunds: number;
  kills: number;
  /** How often a gateway's notification was sent, and a webhook received. */
  notifications: number;
  webhooks: number;
  /** From the last kill until nothing was owed any more; null when that did not come in time. */
  settledSeconds: number | null;
  owed: Owed;
  /** What shoppers saw go wrong and tried again. */
  troubles: Record<string, number>;
  findings: Finding[];
}

type Say = (step: Record<string, unknown>) => void;

/** Shoppers pay while the server is killed again and again; then it is left alone, and everything is proven. */
export async function runChaos(options: ChaosOptions, say: Say, stop: AbortSignal): Promise<Outcome> {
  const world = await makeWorld("chaos", { ALLOW_PRIVATE_WEBHOOKS: "1" });
  const shop = await openShop(world.secret, chance(options.seed, "shop"));
  const victims: Victim[] = [];
  let office: BackOffice | null = null;
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(180_000 + options.orders * 3000)]);
    const crowd: Crowd = { link: await makeLink(world.database, "chaos", shop.url), signal, troubles: new Map() };
    const visits = newVisits(options);
    // Early in the run, so that what the killed gateway leaves unclear is tried again while shoppers still pay.
    office = await openBackOffice(world.database, Math.ceil(options.orders / 20), signal);
    const shopping = sendIn(visits, world, crowd, options.seed);
    const { kills, lastDeath } = await haunt({ world, crowd, visits, victims, shopping, least: options.kills, say });
    await office.close();
    const { seconds, owed } = await settle(world.database, visits, lastDeath, stop);
    if (seconds === null) say({ stuck: await stuck(world.database) });
    const evidence: Evidence = { visits, hooks: [...shop.hooks] };
    const findings = await prove(world.database, options.sabotage ? forgetPaidHook(evidence) : evidence);
    const { rows } = await world.database.$client.query<{ sent: number }>("select count(*)::int as sent from sandbox.notice_tries");
    const paid = visits.filter((one) => one.paid.size > 0).length;
    const counts = {
      orders: visits.length,
      paid,
      approvedRefunds: office.approved(),
      kills,
      notifications: rows[0]?.sent ?? 0,
      webhooks: shop.hooks.length,
    };
    return { ...counts, settledSeconds: seconds, owed, troubles: Object.fromEntries(crowd.troubles), findings };
  } finally {
    await office?.close().catch(() => {}); // what went wrong there was told above
    await victims.at(-1)?.kill();
    await shop.close();
    await world.close();
  }
}

interface Haunting {
  world: World;
  crowd: Crowd;
  visits: readonly Visit[];
  /** The last one lives. */
  victims: Victim[];
  shopping: Promise<void>;
  least: number;
  say: Say;
}

/** Kills the server two seconds after each time it answers, until the shoppers have gone home; the last one may live. */
async function haunt({ world, crowd, visits, victims, shopping, least, say }: Haunting): Promise<{ kills: number; lastDeath: number }> {
  let busy = true;
  const done = shopping.finally(() => {
    busy = false;
  });
  done.catch(() => {}); // told below, when the server has come back
  const log = path.join(world.dataDir, "server.log");
  let lastDeath = performance.now();
  for (let kills = 0; ; kills += 1) {
    const victim = startVictim(world.port, world.environment, log);
    victims.push(victim);
    await victim.answers().catch(async (error: Error) => {
      say({ sessions: await sessionsOf(world.database) });
      throw error;
    });
    if (!busy && kills >= least) {
      await done;
      return { kills, lastDeath };
    }
    await pause(LIFE_MS, null, { signal: crowd.signal });
    await victim.kill();
    lastDeath = performance.now();
    const paid = visits.filter((one) => one.paid.size > 0).length;
    say({ kill: kills + 1, opened: visits.filter((one) => one.tokens.size > 0).length, paid });
  }
}

/** What the database is busy with: why a server may not come up. */
async function sessionsOf(database: Database): Promise<unknown[]> {
  const text = `select pid, application_name as who, state, wait_event, pg_blocking_pids(pid) as blockers, age(clock_timestamp(), state_change)::text as since,
    left(query, 200) as query from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
  return (await database.$client.query(text)).rows;
}

/** One in twenty pays twice, one in twenty leaves with nothing but a forged notification; of a few, at least one each. */
function newVisits({ orders, seed }: ChaosOptions): Visit[] {
  const choices = chance(seed, "crowd");
  const from = choices.between(0, 19);
  return Array.from({ length: orders }, (_, index) => {
    const turn = (index + from) % 20;
    return {
      key: "",
      tokens: new Set<string>(),
      paid: new Set<string>(),
      wants: turn === 0 ? "pay twice" : turn === 10 ? "walk away" : "pay",
    };
  });
}

/** Sends the shoppers in, so many at once, each from an address of their own. */
async function sendIn(visits: readonly Visit[], world: World, crowd: Crowd, seed: number): Promise<void> {
  const queue = [...visits.entries()];
  const door = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, record] = next;
      const browser = newBrowser(world.origin, `10.0.${index >> 8}.${index & 255}`);
      await visit(browser, crowd, chance(seed, `shopper ${index}`), record);
    }
  };
  await Promise.all(Array.from({ length: crowdOf(visits.length) }, door));
}
