// `npm run sandbox:accounts`: the sandbox's accounts as JSON, credentials and all, for whoever wants to call its gateways.

import { close, open } from "#db/client.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { env } from "#lib/env.ts";
import { provisionSandbox } from "#lib/sandbox/provision.ts";
import { borrowDatabase } from "./database.ts";

const borrowed = await borrowDatabase();
try {
  await migrateDatabase(borrowed.url);
  const database = open(borrowed.url, 2);
  const accounts = await provisionSandbox(database, { origin: env().PUBLIC_URL }).finally(() => close(database));
  // WeChat's secret is no credential of the gateway's: its OAuth is another server.
  const shown = accounts.map(({ credentials, ...account }) => {
    const { wechatSecret: _, ...own } = { wechatSecret: null, ...credentials };
    return { gateway: account.gateway, baseUrl: account.baseUrl, credentials: own, settings: account.settings };
  });
  process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
} finally {
  await borrowed.release();
}
