import type { Mpgateway } from "#lib/gateways/mpgateway/credentials.ts";
import { pathOf } from "#lib/gateways/mpgateway/paths.ts";
import { escapeStrictly } from "#lib/gateways/wire.ts";

/**
 * Where a WeChat browser fetches the shopper's openid (§3.2, the one page that takes no signature): it comes back to `backurl`,
 * in which `state` already stands, with the openid appended. The merchant and the channel are named so that the openid is of
 * the same channel as the payment. Without an account's base URL the address is a bare path: enough to know that there is one.
 */
export function openidUrl(
  own: Pick<Mpgateway, "settings"> & { credentials: Mpgateway["credentials"] | null; baseUrl?: string },
  page: { returnUrl: string; state: string },
): string {
  const { settings, credentials, baseUrl = "" } = own;
  const back = new URL(page.returnUrl);
  back.searchParams.set("state", page.state);
  const fields = Object.entries({ backurl: back.href, payway: settings.payway, merid: credentials?.merid });
  const pairs = fields.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapeStrictly(value)}`]));
  return `${baseUrl}${pathOf("openid")({ settings })}?${pairs.join("&")}`;
}
