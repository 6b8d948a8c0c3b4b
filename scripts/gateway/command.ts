import { desc } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import type { GatewayAccount } from "#db/queries/accounts.ts";
import { exchanges } from "#db/schema/exchanges.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { openAccount } from "#lib/payments/open-account.ts";
import { INPUTS, InputError, isOperation } from "./inputs.ts";
import { OPERATIONS, operationsOf } from "./operations.ts";

/**
 * What `npm run gateway` does with its arguments, in a process whose database and job queue are open: hands `print` the JSON to
 * show and answers the exit code, 0, or 1 when the gateway did not do it. Throws an InputError that names what was typed wrongly.
 */
export async function gatewayCommand(
  database: Database,
  [name, operation, text = "{}"]: readonly string[],
  print: (json: string) => void,
): Promise<number> {
  const show = (value: unknown): void => print(asJson(value));
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

function asJson(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) => (typeof one === "bigint" ? one.toString() : one), 2);
}
