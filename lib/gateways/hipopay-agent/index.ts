import { CURRENCIES } from "#lib/domain/currency.ts";
import { defineGateway } from "#lib/gateways/define.ts";
import { alipayCreates } from "#lib/gateways/hipopay-agent/alipay.ts";
import { bill } from "#lib/gateways/hipopay-agent/bill.ts";
import { capabilities } from "#lib/gateways/hipopay-agent/capabilities.ts";
import { codec } from "#lib/gateways/hipopay-agent/codec.ts";
import { credentials, PERSONAL, settings } from "#lib/gateways/hipopay-agent/credentials.ts";
import { customs } from "#lib/gateways/hipopay-agent/declarations.ts";
import { desks, readReturn } from "#lib/gateways/hipopay-agent/desks.ts";
import { openidUrl } from "#lib/gateways/hipopay-agent/openid-url.ts";
import { query, rate } from "#lib/gateways/hipopay-agent/queries.ts";
import { queryRefund, refund } from "#lib/gateways/hipopay-agent/refunds.ts";
import { openid, wechatCreates } from "#lib/gateways/hipopay-agent/wechat.ts";

/** HipoPay's API for agents (seeds/000): RSA-SHA256 headers, replies unsigned, notifications signed and settled inline. */
export const hipopayAgent = defineGateway({
  id: "hipopay-agent",
  title: "HipoPay",
  document: "seeds/000",
  currencies: CURRENCIES, // §11.3
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
  create: { ...wechatCreates, ...desks, ...alipayCreates },
  query,
  refund,
  queryRefund,
  rate,
  bill,
  customs,
  openid,
  openidUrl,
  readReturn,
});
