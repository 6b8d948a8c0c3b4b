import type { Tx } from "#db/client.ts";
import type { Holdings } from "#lib/dialects/backend.ts";
import { dialectById } from "#lib/dialects/registry.ts";
import { type GatewayId, gatewayRoot, SANDBOX_GATEWAYS } from "#lib/sandbox/gateways.ts";
import { holdingsOf } from "#lib/sandbox/holdings.ts";
import { type AccountListing, listAccounts } from "#lib/sandbox/listing.ts";
import { readWechatApp } from "#lib/sandbox/wechat-apps.ts";

/** A gateway as the console shows it; nothing of it is secret. */
export interface DescribedGateway {
  id: GatewayId;
  baseUrl: string;
  /** Waits before each further try of a notice, seconds; null while its side of the wire is not spoken. */
  retrySeconds: readonly number[] | null;
  /** What ends the tries. */
  successWord: string;
  appId: string | null;
  wechatApp: { appId: string; domains: readonly string[] } | null;
  /** Where callers may pay out; else null. */
  holdings: Holdings | null;
  accounts: AccountListing[];
}

/** All gateways in the order of their documents, with their accounts. */
export async function describeGateways(tx: Tx, origin: string): Promise<DescribedGateway[]> {
  return Promise.all(
    SANDBOX_GATEWAYS.map(async ({ id, callerNo, appId, payouts, wechatAppId, successWord }) => {
      const app = wechatAppId === null ? null : await readWechatApp(tx, wechatAppId);
      return {
        id,
        baseUrl: gatewayRoot(origin, id),
        retrySeconds: dialectById(id)?.retrySeconds ?? null,
        successWord,
        appId,
        wechatApp: app && { appId: app.appId, domains: app.domains },
        holdings: payouts ? await holdingsOf(tx, id, callerNo) : null,
        // Each gateway's own: one with many merchants must not hide the others'.
        accounts: await listAccounts(tx, id),
      };
    }),
  );
}
