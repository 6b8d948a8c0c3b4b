import { formatMajor } from "#lib/domain/money.ts";
import type { CreateRequest } from "#lib/gateways/gateway.ts";
import type { HipopayMerchant } from "#lib/gateways/hipopay-merchant/credentials.ts";
import type { DraftFields } from "#lib/gateways/operation.ts";
import { cleanText } from "#lib/gateways/wire.ts";

/** Fields every create has (§7). Text is cleaned for the wire; our own rows keep the original. */
export function common(request: CreateRequest, { settings }: HipopayMerchant): DraftFields {
  return {
    out_trade_id: request.gatewayOrderNo,
    amount: formatMajor(request.amount),
    currency: request.amount.currency,
    product_info: cleanText(request.subject),
    client_ip: request.clientIp,
    notify_url: request.notifyUrl,
    response_version: settings.responseVersion === "off" ? undefined : settings.responseVersion,
  };
}

/**
 * True when the order is priced in CNY by `is_rmb` (§7): the account's settings say so and the order is in CNY, since the
 * amount sent is then CNY, whatever `currency` the merchant settles in.
 */
export function pricedInCny({ amount }: CreateRequest, { settings }: HipopayMerchant): boolean {
  return settings.isRmb === "on" && amount.currency === "CNY";
}

/** The same for an operation that takes `is_rmb`: all of WeChat's, and Alipay's app and WAP (the official SDKs). */
export function withRmb(request: CreateRequest, context: HipopayMerchant): DraftFields {
  const fields = common(request, context);
  if (!pricedInCny(request, context)) return fields;
  return { ...fields, currency: context.settings.settleCurrency ?? "CNY", is_rmb: "TRUE" };
}

/** Alipay's switch for the Hong Kong wallet; all but the app have it (the official SDKs). */
export function alipayWallet({ settings }: HipopayMerchant): DraftFields {
  return settings.alipayWallet === "hongkong" ? { hk_wallet: "true" } : {};
}
