import { containerAddress } from "#lib/gateways/hipopay/openid-url.ts";
import type { HipopayAgent } from "#lib/gateways/hipopay-agent/credentials.ts";

/** §4.1: where a WeChat browser fetches the shopper's openid; null when the account's settings name no container. */
export function openidUrl(
  { settings, credentials }: Pick<HipopayAgent, "settings"> & { credentials: HipopayAgent["credentials"] | null },
  page: { returnUrl: string; state: string },
): string | null {
  return containerAddress(settings, credentials?.merchantNo ?? null, page);
}
