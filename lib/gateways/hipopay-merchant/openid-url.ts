import { containerAddress } from "#lib/gateways/hipopay/openid-url.ts";
import type { HipopayMerchant } from "#lib/gateways/hipopay-merchant/credentials.ts";

/** Where a WeChat browser fetches the shopper's openid, as in seeds/000 §4.1 (the official SDKs' pages); null without a container. */
export function openidUrl(
  { settings, credentials }: Pick<HipopayMerchant, "settings"> & { credentials: HipopayMerchant["credentials"] | null },
  page: { returnUrl: string; state: string },
): string | null {
  return containerAddress(settings, credentials?.merchantNo ?? null, page);
}
