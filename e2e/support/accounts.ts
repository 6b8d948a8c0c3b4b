import { type Database, inTransaction } from "#db/client.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import { newId } from "#lib/domain/ids.ts";
import type { GatewayId } from "#lib/sandbox/gateways.ts";
import { provisionSandbox, type SandboxAccount } from "#lib/sandbox/provision.ts";
import { sealFor } from "#lib/secrets.ts";
import type { Shop } from "./shop.ts";

/** What the sandbox tells a caller of one of its gateways: goes into the dashboard's form as it stands. */
export async function sandboxAccount(database: Database, origin: string, gateway: GatewayId): Promise<SandboxAccount> {
  const found = (await provisionSandbox(database, { origin })).find((account) => account.gateway === gateway);
  if (!found) throw new Error(`the sandbox has no ${gateway}`);
  return found;
}

/** Gives a shop an account at one of the sandbox's gateways, before (`first`) or after those it has; answers its id. */
export async function addAccount(
  database: Database,
  origin: string,
  shop: Shop,
  gateway: GatewayId,
  { first = false } = {},
): Promise<string> {
  const { baseUrl, credentials, settings } = await sandboxAccount(database, origin, gateway);
  const id = newId("account");
  await inTransaction(database, async (tx) => {
    await tx.insert(gatewayAccounts).values({
      ...{ id, merchantId: shop.id, gateway, title: `Sandbox ${gateway}`, baseUrl, settings, live: false },
      ...{ position: first ? 0 : 9, credentials: sealFor("gateway_accounts.credentials", id, JSON.stringify(credentials)) },
    });
  });
  return id;
}
