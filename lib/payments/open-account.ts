import type { Database } from "#db/client.ts";
import { accountById, activeAccounts, type GatewayAccount } from "#db/queries/accounts.ts";
import type { KnownTrouble } from "#db/queries/channels.ts";
import { insertExchanges } from "#db/queries/exchanges.ts";
import type { Routing } from "#lib/domain/routing.ts";
import type { Gateway, OpenAccount } from "#lib/gateways/gateway.ts";
import type { Exchange } from "#lib/gateways/port.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { log } from "#lib/log.ts";
import { gatewayPort } from "#lib/payments/port.ts";
import { transportProblem } from "#lib/payments/transport.ts";
import { unsealFor } from "#lib/secrets.ts";

export interface Opened {
  row: GatewayAccount;
  gateway: Gateway;
  account: OpenAccount;
  /** What of it failed lately; known of the accounts an order may be paid through, empty for others (channel-health.ts). */
  troubles: readonly KnownTrouble[];
  /** Writes what was exchanged since the last call to the timeline; never fails the caller. */
  flush(database: Database, context: { orderId: string | null; attemptId: string | null }): Promise<void>;
}

const ROW_KEPT_MS = 5000;
const rows = new Map<string, { row: GatewayAccount | null; at: number }>();
const ROWS_MAX = 1000;
const opened = new Map<string, { sealed: string; credentials: unknown }>();

/**
 * Opens an account with its unsealed credentials. Throws when its gateway is not in the registry (a removed gateway), or
 * when it would be called over plain http without having said so (transport.ts).
 */
export function openAccount(row: GatewayAccount, troubles: readonly KnownTrouble[] = []): Opened {
  const gateway = gatewayById(row.gateway);
  if (!gateway) throw new Error(`account ${row.id}: no gateway ${row.gateway}`);
  const problem = transportProblem(row);
  if (problem) throw new Error(`account ${row.id}: ${problem}`);
  const exchanges: Exchange[] = [];
  const account = gateway.open(
    { baseUrl: row.baseUrl, credentials: credentialsOf(row), settings: row.settings },
    gatewayPort((exchange) => exchanges.push(exchange), row.baseUrl),
  );
  return {
    row,
    gateway,
    account,
    troubles,
    flush: async (database, context) => {
      const written = exchanges.splice(0);
      if (written.length === 0) return;
      await insertExchanges(database, row, context, written).catch((error: Error) =>
        log.error({ account: row.id, error: error.message }, "exchange not recorded"),
      );
    },
  };
}

/**
 * The same, or null where it throws: its credentials were sealed with keys that are gone, its settings no longer fit, its gateway
 * was removed, plain http. Nothing is sent through it then, and somebody has to mend it.
 */
export function openOrNull(row: GatewayAccount, troubles: readonly KnownTrouble[] = []): Opened | null {
  try {
    return openAccount(row, troubles);
  } catch (error) {
    // A schema's error may quote what it refused: only its name is logged.
    const reason = transportProblem(row) ?? (error instanceof Error ? error.name : "error");
    log.error({ account: row.id, reason }, "account cannot be opened");
    return null;
  }
}

/**
 * The active accounts an order may be paid through, opened, as the merchant ordered them; just one when the order names it.
 * One that cannot be opened is left out and logged: it must not take the others down with it.
 */
export async function openActiveAccounts(
  database: Database,
  order: { merchantId: string; live: boolean; accountId: string | null },
): Promise<{ routing: Routing; accounts: Opened[] }> {
  const { routing, accounts } = await activeAccounts(database, order.merchantId, order.live, order.accountId);
  return { routing, accounts: accounts.flatMap(({ account, troubles: known }) => openOrNull(account, known) ?? []) };
}

/** The account's row, at most five seconds old: notifications come hundreds a second and accounts change once a month. */
export async function recentAccount(database: Database, id: string): Promise<GatewayAccount | null> {
  const known = rows.get(id);
  if (known && Date.now() - known.at < ROW_KEPT_MS) return known.row;
  const row = await accountById(database, id);
  if (rows.size >= ROWS_MAX) rows.clear();
  rows.set(id, { row, at: Date.now() });
  return row;
}

function credentialsOf(row: GatewayAccount): unknown {
  const known = opened.get(row.id);
  if (known?.sealed === row.credentials) return known.credentials;
  const credentials: unknown = JSON.parse(unsealFor("gateway_accounts.credentials", row.id, row.credentials));
  if (opened.size >= ROWS_MAX) opened.clear();
  opened.set(row.id, { sealed: row.credentials, credentials });
  return credentials;
}
