import { CURRENCIES } from "#lib/domain/currency.ts";
import { defineGateway } from "#lib/gateways/define.ts";
import { alipayCreates } from "#lib/gateways/hipopay-merchant/alipay.ts";
import { bill } from "#lib/gateways/hipopay-merchant/bill.ts";
import { capabilities } from "#lib/gateways/hipopay-merchant/capabilities.ts";
import { codec } from "#lib/gateways/hipopay-merchant/codec.ts";
import { credentials, PERSONAL, settings } from "#lib/gateways/hipopay-merchant/credentials.ts";
import { customs } from "#lib/gateways/hipopay-merchant/declarations.ts";
import { openidUrl } from "#lib/gateways/hipopay-merchant/openid-url.ts";
import { query, rate } from "#lib/gateways/hipopay-merchant/queries.ts";
import { queryRefund, refund } from "#lib/gateways/hipopay-merchant/refunds.ts";
import { wechatCreates } from "#lib/gateways/hipopay-merchant/wechat.ts";

/** HipoPay's API for merchants (seeds/001): RSA-SHA256 headers, replies unsigned, notifications signed and settled inline. */
export const hipopayMerchant = defineGateway({
  id: "hipopay-merchant",
  title: "HipoPay Merchant",
  document: "seeds/001",
  currencies: CURRENCIES, // §18
  credentials,
  settings,
  // The app id may stand in the account's settings instead.
  asks: {
    "wechat.jsapi": ["openid"],
    "wechat.barcode": ["auth_code"],
    "wechat.mini_program": ["openid", "app_id"],
    "wechat.app": ["app_id"],
    "alipay.barcode": ["auth_code"],
  },
  acknowledgement: { status: 200, contentType: "text/plain; charset=utf-8", body: "success" },
  capabilities,
  hosts: ["*.alipay.com", "*.hipopay.com", "*.transfereasy.com"],
  personal: PERSONAL,
  codec,
  create: { ...wechatCreates, ...alipayCreates },
  query,
  refund,
  queryRefund,
  rate,
  bill,
  customs,
  openidUrl,
});
