import type { HipopayAgent } from "#lib/gateways/hipopay-agent/credentials.ts";
import { escapeStrictly } from "#lib/gateways/wire.ts";

/**
 * Where a WeChat browser fetches the shopper's openid (§4.1): HipoPay's container, which opens the page bound to the agent
 * with all parameters of this address and `openid` beside them, by GET or POST. `state` comes back as it went. Null when the
 * account's settings name no container.
 */
export function openidUrl(
  { settings, credentials }: Pick<HipopayAgent, "settings"> & { credentials: HipopayAgent["credentials"] | null },
  page: { returnUrl: string; state: string },
): string | null {
  if (!settings.containerUrl) return null;
  const url = new URL(settings.containerUrl);
  const fields: Record<string, string> = { ...(credentials && { merchant_no: credentials.merchantNo }), state: page.state };
  if (settings.containerReturnParameter) fields[settings.containerReturnParameter] = page.returnUrl;
  const added = Object.entries(fields).map(([name, value]) => `${escapeStrictly(name)}=${escapeStrictly(value)}`);
  url.search = [url.search.slice(1), ...added].filter(Boolean).join("&");
  return url.href;
}
