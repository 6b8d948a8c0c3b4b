import { sql } from "drizzle-orm";
import { type Database, inTransaction, type Tx } from "#db/client.ts";
import { sandboxMerchants } from "#db/schema/sandbox/merchants.ts";
import { type GatewayId, gatewayRoot, SANDBOX_GATEWAYS, type SandboxGateway } from "#lib/sandbox/gateways.ts";
import { type CallerKeys, keysOf } from "#lib/sandbox/keys.ts";
import { keepWechatApp } from "#lib/sandbox/wechat-apps.ts";

/** The credentials of each gateway's account, named as the product's own credential schemas name them. */
export interface SandboxCredentials {
  "hipopay-agent": { agentNo: string; merchantNo: string; privateKey: string; gatewayPublicKey: string };
  "hipopay-merchant": { merchantNo: string; privateKey: string; gatewayPublicKey: string };
  mpgateway: { merid: string; key: string };
  xxpay: { mchId: string; appId: string; key: string };
  fengniao: {
    appId: string;
    merchantNo: string;
    secret: string;
    privateKey: string;
    gatewayPublicKey: string;
    wechatSecret: string;
  };
}

/** What a caller needs to use a simulated gateway: goes into a gateway account as it stands. */
export type SandboxAccount = {
  [G in GatewayId]: { gateway: G; baseUrl: string; credentials: SandboxCredentials[G]; settings: Record<string, string> };
}[GatewayId];

/** The account at one gateway out of what `provisionSandbox` answered. */
export function accountAt<G extends GatewayId>(accounts: readonly SandboxAccount[], gateway: G): Extract<SandboxAccount, { gateway: G }> {
  const found = accounts.find((account): account is Extract<SandboxAccount, { gateway: G }> => account.gateway === gateway);
  if (!found) throw new Error(`no sandbox account at ${gateway}`);
  return found;
}

/**
 * Makes the sandbox's account at each simulated gateway, or finds it: the same credentials every time, with fresh keys
 * only when the sealed ones no longer open (new CASHIER_DATA). A database that knows fewer gateways gets the others.
 * `openidReturnUrls` are registered as the pages that run in the WeChat container, by gateway; the simulated WeChat sends
 * shoppers back to `origin`. Safe to call from several processes at once.
 */
export async function provisionSandbox(
  database: Database,
  { origin, openidReturnUrls = {} }: { origin: string; openidReturnUrls?: Partial<Record<GatewayId, string>> },
): Promise<SandboxAccount[]> {
  return inTransaction(database, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('sandbox.provision'))`);
    const accounts: SandboxAccount[] = [];
    for (const gateway of SANDBOX_GATEWAYS) {
      const keys = await keysOf(tx, gateway);
      await keepMerchant(tx, gateway, openidReturnUrls[gateway.id]);
      accounts.push(await ACCOUNTS[gateway.id](gateway, { tx, origin, keys, baseUrl: gatewayRoot(origin, gateway.id) }));
    }
    return accounts;
  });
}

async function keepMerchant(tx: Tx, { id, callerNo, merchantNo, merchantName }: SandboxGateway, pageUrl?: string): Promise<void> {
  const page = pageUrl === undefined ? {} : { pageUrl };
  const merchant = tx.insert(sandboxMerchants).values({ gateway: id, callerNo, merchantNo, name: merchantName, ...page });
  if (pageUrl === undefined) await merchant.onConflictDoNothing();
  else await merchant.onConflictDoUpdate({ target: sandboxMerchants.merchantNo, set: page });
}

interface Made {
  tx: Tx;
  origin: string;
  baseUrl: string;
  keys: CallerKeys;
}

/** How each gateway's account is written down. */
const ACCOUNTS: { [G in GatewayId]: (gateway: SandboxGateway, made: Made) => Promise<Extract<SandboxAccount, { gateway: G }>> } = {
  "hipopay-agent": async ({ callerNo, merchantNo }, { origin, baseUrl, keys }) => ({
    gateway: "hipopay-agent",
    baseUrl,
    credentials: { agentNo: callerNo, merchantNo, ...keyPair(keys) },
    settings: { containerUrl: `${origin}/sandbox/wechat/container` },
  }),
  "hipopay-merchant": async ({ merchantNo }, { origin, baseUrl, keys }) => ({
    gateway: "hipopay-merchant",
    baseUrl,
    credentials: { merchantNo, ...keyPair(keys) },
    // seeds/001 is silent on where a page gets the openid from: assumed to be the same container as the agent's.
    settings: { containerUrl: `${origin}/sandbox/wechat/container` },
  }),
  mpgateway: async ({ callerNo }, { baseUrl, keys }) => ({
    gateway: "mpgateway",
    baseUrl,
    credentials: { merid: callerNo, key: known(keys.secret) },
    settings: {},
  }),
  xxpay: async ({ callerNo, appId }, { baseUrl, keys }) => ({
    gateway: "xxpay",
    baseUrl,
    credentials: { mchId: callerNo, appId: known(appId), key: known(keys.secret) },
    settings: {},
  }),
  async fengniao({ callerNo, merchantNo, wechatAppId }, { tx, origin, baseUrl, keys }) {
    const app = await keepWechatApp(tx, known(wechatAppId), new URL(origin).host);
    return {
      gateway: "fengniao",
      baseUrl,
      credentials: { appId: callerNo, merchantNo, secret: known(keys.secret), ...keyPair(keys), wechatSecret: app.secret },
      settings: {
        wechatAppId: app.appId,
        wechatAuthorizeUrl: `${origin}/sandbox/wechat/oauth/authorize`,
        wechatTokenUrl: `${origin}/sandbox/wechat/oauth/access_token`,
      },
    };
  },
};

function keyPair({ privateKey, gatewayPublicKey }: CallerKeys): { privateKey: string; gatewayPublicKey: string } {
  return { privateKey: known(privateKey), gatewayPublicKey: known(gatewayPublicKey) };
}

function known(value: string | null): string {
  if (value === null) throw new Error("the sandbox's account is incomplete");
  return value;
}
