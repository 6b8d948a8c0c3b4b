import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { sandboxWechatApps } from "#db/schema/sandbox/wechat-apps.ts";
import { newSecret } from "#lib/sandbox/keys.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

const COLUMN = "sandbox.wechat_apps.secret";

/** An application at the simulated WeChat. */
export interface WechatApp {
  appId: string;
  secret: string;
  /** Hosts (with port) that shoppers may be sent back to. */
  domains: readonly string[];
}

/** The application, or null: unknown, or its secret no longer opens. */
export async function readWechatApp(tx: Tx, appId: string): Promise<WechatApp | null> {
  const [row] = await tx.select().from(sandboxWechatApps).where(eq(sandboxWechatApps.appId, appId));
  if (!row) return null;
  try {
    return { appId, secret: unsealFor(COLUMN, appId, row.secret), domains: row.domains };
  } catch {
    return null;
  }
}

/** Makes the application, or finds it and registers `domain` with it: the same secret every time. */
export async function keepWechatApp(tx: Tx, appId: string, domain: string): Promise<WechatApp> {
  const known = await readWechatApp(tx, appId);
  const secret = known?.secret ?? newSecret();
  const domains = [...new Set([...(known?.domains ?? []), domain])];
  const row = { secret: sealFor(COLUMN, appId, secret), domains };
  await tx
    .insert(sandboxWechatApps)
    .values({ appId, ...row })
    .onConflictDoUpdate({ target: sandboxWechatApps.appId, set: known ? { domains } : row });
  return { appId, secret, domains };
}
