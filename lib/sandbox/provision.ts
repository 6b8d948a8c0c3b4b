import { and, eq, sql } from "drizzle-orm";
import { type Database, inTransaction, type Tx } from "#db/client.ts";
import { sandboxCallers } from "#db/schema/sandbox/callers.ts";
import { sandboxMerchants } from "#db/schema/sandbox/merchants.ts";
import { newRsaKeyPair } from "#lib/crypto/rsa.ts";
import { callerRowId } from "#lib/sandbox/callers.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

/** What a caller needs to use a simulated gateway: goes into a gateway account as it stands. */
export interface SandboxAccount {
  gateway: string;
  baseUrl: string;
  credentials: { agentNo: string; merchantNo: string; privateKey: string; gatewayPublicKey: string };
  settings: { containerUrl: string };
}

const AGENT = { gateway: "hipopay-agent", callerNo: "100001", merchantNo: "WC1000000001", name: "Sandbox Merchant 沙箱商户" } as const;

/**
 * Makes the sandbox's account at each simulated gateway, or finds it: the same credentials every time, with fresh keys
 * only when the sealed ones no longer open (new CASHIER_DATA). `openidReturnUrl` is registered as the page that runs in
 * the WeChat container. Safe to call from several processes at once.
 */
export async function provisionSandbox(
  database: Database,
  { origin, openidReturnUrl }: { origin: string; openidReturnUrl?: string },
): Promise<SandboxAccount[]> {
  return inTransaction(database, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('sandbox.provision'))`);
    const keys = (await existingKeys(tx)) ?? (await freshKeys(tx));
    const page = openidReturnUrl === undefined ? {} : { pageUrl: openidReturnUrl };
    const { gateway, callerNo, merchantNo, name } = AGENT;
    const merchant = tx.insert(sandboxMerchants).values({ gateway, callerNo, merchantNo, name, ...page });
    if (openidReturnUrl === undefined) await merchant.onConflictDoNothing();
    else await merchant.onConflictDoUpdate({ target: sandboxMerchants.merchantNo, set: page });
    return [
      {
        gateway,
        baseUrl: `${origin}/sandbox/gateway/${gateway}`,
        credentials: { agentNo: callerNo, merchantNo, ...keys },
        settings: { containerUrl: `${origin}/sandbox/wechat/container` },
      },
    ];
  });
}

interface Keys {
  privateKey: string;
  gatewayPublicKey: string;
}

const ROW = callerRowId(AGENT.gateway, AGENT.callerNo);

async function existingKeys(tx: Tx): Promise<Keys | null> {
  const [row] = await tx
    .select()
    .from(sandboxCallers)
    .where(and(eq(sandboxCallers.gateway, AGENT.gateway), eq(sandboxCallers.callerNo, AGENT.callerNo)));
  if (!row?.callerPrivateKey || !row.gatewayPublicKey || !row.gatewayPrivateKey) return null;
  try {
    unsealFor("sandbox.callers.gateway_private_key", ROW, row.gatewayPrivateKey);
    return {
      privateKey: unsealFor("sandbox.callers.caller_private_key", ROW, row.callerPrivateKey),
      gatewayPublicKey: row.gatewayPublicKey,
    };
  } catch {
    return null; // Sealed under keys that are gone: the account gets new ones.
  }
}

async function freshKeys(tx: Tx): Promise<Keys> {
  const caller = newRsaKeyPair();
  const gateway = newRsaKeyPair();
  const keys = {
    callerPublicKey: caller.publicKey,
    callerPrivateKey: sealFor("sandbox.callers.caller_private_key", ROW, caller.privateKey),
    gatewayPublicKey: gateway.publicKey,
    gatewayPrivateKey: sealFor("sandbox.callers.gateway_private_key", ROW, gateway.privateKey),
  };
  await tx
    .insert(sandboxCallers)
    .values({ gateway: AGENT.gateway, callerNo: AGENT.callerNo, ...keys })
    .onConflictDoUpdate({ target: [sandboxCallers.gateway, sandboxCallers.callerNo], set: keys });
  return { privateKey: caller.privateKey, gatewayPublicKey: gateway.publicKey };
}
