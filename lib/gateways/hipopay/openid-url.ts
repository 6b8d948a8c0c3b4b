import { escapeStrictly } from "#lib/gateways/wire.ts";

/** Where HipoPay's container is (an account setting: the documents name no address) and how it is told our page. */
export interface Container {
  containerUrl?: string | undefined;
  /** Empty: the container knows our page by contract only. */
  containerReturnParameter: string;
}

/**
 * Where a WeChat browser fetches the shopper's openid (seeds/000 §4.1): HipoPay's container, which opens the page bound to
 * the account with all parameters of this address and `openid` beside them, by GET or POST. `state` comes back as it went.
 * Null when the account's settings name no container.
 */
export function containerAddress(
  { containerUrl, containerReturnParameter }: Container,
  merchantNo: string | null,
  page: { returnUrl: string; state: string },
): string | null {
  if (!containerUrl) return null;
  const url = new URL(containerUrl);
  const fields: Record<string, string> = { ...(merchantNo !== null && { merchant_no: merchantNo }), state: page.state };
  if (containerReturnParameter) fields[containerReturnParameter] = page.returnUrl;
  const added = Object.entries(fields).map(([name, value]) => `${escapeStrictly(name)}=${escapeStrictly(value)}`);
  url.search = [url.search.slice(1), ...added].filter(Boolean).join("&");
  return url.href;
}
