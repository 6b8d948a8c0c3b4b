import { env } from "#lib/env.ts";
import { isPublicHost } from "#lib/webhooks/guard.ts";

/**
 * Why an account's base URL may not be used, or null: plain http carries keys' signatures and shoppers' data in the open,
 * so it is only for our own origin, for a private host where ALLOW_PRIVATE_WEBHOOKS=1 says that this is a LAN, or where the
 * account's settings say `insecureTransport: true` (xxpay's documented address is plain http: protocols.md §3).
 */
export function transportProblem(account: { baseUrl: string; settings: unknown }): string | null {
  const url = new URL(account.baseUrl);
  if (url.protocol === "https:" || url.origin === env().PUBLIC_URL) return null;
  if (env().ALLOW_PRIVATE_WEBHOOKS === "1" && !isPublicHost(url.hostname)) return null;
  const allowed = (account.settings as { insecureTransport?: unknown } | null)?.insecureTransport === true;
  return allowed ? null : "plain http without insecureTransport";
}
