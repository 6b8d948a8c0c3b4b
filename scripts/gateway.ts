// `npm run gateway -- ACCOUNT OPERATION '{json}'`: calls one operation of a gateway's document and shows what was said. ACCOUNT is
// an account's id, or a gateway's id where only one account has it. Without an operation: what the account can do. Without an
// account: the accounts. Prints JSON; exit code 1 when the gateway did not do it, 2 when something typed is wrong.
import { desc } from "drizzle-orm";
import { z } from "zod";
import { close, type Database, open, useDatabase as setDatabase } from "#db/client.ts";
import { migrateDatabase } from "#db/migrate.ts";
import type { GatewayAccount } from "#db/queries/accounts.ts";
import { exchanges } from "#db/schema/exchanges.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { startBoss, stopBoss } from "#lib/jobs/queues.ts";
import { openAccount } from "#lib/payments/open-account.ts";
import { borrowDatabase } from "./database.ts";
import { INPUTS, InputError, isOperation } from "./gateway/inputs.ts";
import { OPERATIONS, operationsOf } from "./gateway/operations.ts";

const borrowed = await borrowDatabase();
try {
  await migrateDatabase(borrowed.url);
  const database = open(borrowed.url, 4);
  setDatabase(database);
  await startBoss({ url: borrowed.url, supervise: false });
  try {
    process.exitCode = await main(database, process.argv.slice(2));
  } finally {
    await stopBoss();
    await close(database);
  }
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
} finally {
  await borrowed.release();
}

async function main(database: Database, [name, operation, text = "{}"]: string[]): Promise<number> {
  const accounts = await database.select().from(gatewayAccounts);
  if (name === undefined) {
    show(
      accounts.map(({ id, gateway, title, merchantId, live, active, baseUrl }) => ({
        id,
        gateway,
        title,
        merchantId,
        live,
        active,
        baseUrl,
      })),
    );
    return 0;
  }
  const opened = openAccount(accountNamed(accounts, name));
  if (operation === undefined) {
    const { gateway, account } = opened;
    show({
      account: opened.row.id,
      gateway: gateway.id,
      document: gateway.document,
      methods: account.methods,
      operations: operationsOf(opened),
      payoutChannels: account.payoutChannels,
      balances: account.balanceNames,
    });
    return 0;
  }
  if (!isOperation(operation)) throw new InputError(`there is no operation ${operation}: ${Object.keys(INPUTS).join(", ")}`);
  const input = INPUTS[operation].safeParse(json(text));
  if (!input.success) throw new InputError(`${operation}:\n${z.prettifyError(input.error)}`);
  const began = new Date();
  const run = OPERATIONS[operation] as (input: unknown, desk: { database: Database; opened: typeof opened }) => Promise<unknown>;
  const result = await run(input.data, { database, opened });
  await opened.flush(database, { orderId: null, attemptId: null });
  show({ result, exchanges: await exchangesSince(database, opened.row.id, began) });
  return isFailure(result) ? 1 : 0;
}

function accountNamed(accounts: readonly GatewayAccount[], name: string): GatewayAccount {
  const found = accounts.filter(({ id, gateway }) => id === name || gateway === name);
  const [only] = found;
  if (only && found.length === 1) return only;
  const known = accounts.map(({ id, gateway }) => `${id} (${gateway})`).join(", ") || "none yet: run `npm start` first";
  throw new InputError(
    found.length === 0 ? `there is no account ${name}; there are ${known}` : `${name} is the gateway of several accounts: ${known}`,
  );
}

/** The bytes that went out and came back, masked as on the order's page, oldest first. */
async function exchangesSince(database: Database, accountId: string, began: Date): Promise<unknown[]> {
  const rows = await database.select().from(exchanges).orderBy(desc(exchanges.startedAt)).limit(20);
  return rows
    .filter((row) => row.accountId === accountId && row.startedAt >= began)
    .reverse()
    .map(({ operation, method, url, requestHeaders, requestBody, status, responseBody, error, durationMs }) => ({
      ...{ operation, method, url, requestHeaders, requestBody, status, responseBody, error, durationMs },
    }));
}

function isFailure(result: unknown): boolean {
  if (typeof result !== "object" || result === null) return false;
  if ("ok" in result && result.ok === false) return true;
  return "result" in result && isFailure(result.result);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`the third argument is not JSON: ${error instanceof Error ? error.message : text}`);
  }
}

function show(value: unknown): void {
  console.log(JSON.stringify(value, (_key, one: unknown) => (typeof one === "bigint" ? one.toString() : one), 2));
}
