import { eq } from "drizzle-orm";
import { close, type Database, open } from "#db/client.ts";
import { checkoutLinks } from "#db/schema/checkout-links.ts";
import { merchants } from "#db/schema/merchants.ts";
import { DEMO_MERCHANT } from "#db/seed-demo.ts";
import { newId } from "#lib/domain/ids.ts";
import { unsealFor } from "#lib/secrets.ts";
import { prepare } from "./app.ts";
import { launch } from "./postgres/launch.ts";
import { removePlace } from "./postgres/place.ts";
import { freePort } from "./processes.ts";
import { sweepTestData, testDataDirectory } from "./test-data.ts";

/** A database of its own with the demo shop in it, and what a server on it needs to know. */
export interface World {
  database: Database;
  dataDir: string;
  port: number;
  origin: string;
  environment: NodeJS.ProcessEnv;
  /** The demo merchant's webhook secret. */
  secret: string;
  /** Removes all of it. */
  close(): Promise<void>;
}

/** Makes the world, durable as a customer's: fsync stays on. `purpose` names its directory. */
export async function makeWorld(purpose: string, more: Readonly<Record<string, string>> = {}): Promise<World> {
  await sweepTestData();
  const dataDir = testDataDirectory(purpose);
  const port = await freePort(0, "127.0.0.1");
  if (port === null) throw new Error("no free TCP port on 127.0.0.1");
  const postgres = await launch(dataDir);
  const origin = `http://127.0.0.1:${port}`;
  const own = { DATABASE_URL: postgres.url, PUBLIC_URL: origin, PORT: String(port), CASHIER_DATA: dataDir, SANDBOX: "on", ...more };
  // What a script of this process asks lib/env.ts for is this world.
  Object.assign(process.env, own);
  const environment = { ...process.env, LOG_LEVEL: "warn", ...own, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  const remove = async () => {
    await postgres.stop();
    removePlace(dataDir);
  };
  try {
    await prepare(environment);
    const database = open(postgres.url, 4);
    const secret = await merchantSecret(database);
    const end = async () => {
      await close(database);
      // A session that PostgreSQL ends before our goodbye has arrived is no news.
      database.$client.removeAllListeners("error").on("error", () => {});
      await remove();
    };
    return { database, dataDir, port, origin, environment, secret, close: end };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A link of the demo shop that asks for an amount and tells `notifyUrl`; money paid twice goes back by itself. Gives its path. */
export async function makeLink(database: Database, slug: string, notifyUrl: string): Promise<string> {
  const link = { slug, title: "Any amount", currency: "HKD", minAmount: 100n, maxAmount: 100_000n, live: false };
  await database.insert(checkoutLinks).values({ id: newId("link"), merchantId: DEMO_MERCHANT, ...link, notifyUrl });
  await database.update(merchants).set({ surplusPolicy: "refund" }).where(eq(merchants.id, DEMO_MERCHANT));
  return `/l/${slug}`;
}

async function merchantSecret(database: Database): Promise<string> {
  const [row] = await database.select({ sealed: merchants.webhookSecret }).from(merchants).where(eq(merchants.id, DEMO_MERCHANT));
  if (!row) throw new Error("the seed made no demo shop");
  return unsealFor("merchants.webhook_secret", DEMO_MERCHANT, row.sealed);
}
