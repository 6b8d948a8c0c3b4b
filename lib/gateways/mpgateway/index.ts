import { defineGateway } from "#lib/gateways/define.ts";
import { capabilities } from "#lib/gateways/mpgateway/capabilities.ts";
import { codec } from "#lib/gateways/mpgateway/codec.ts";
import { creates } from "#lib/gateways/mpgateway/creates.ts";
import { credentials, PERSONAL, settings } from "#lib/gateways/mpgateway/credentials.ts";
import { readReturn } from "#lib/gateways/mpgateway/notification.ts";
import { openidUrl } from "#lib/gateways/mpgateway/openid-url.ts";
import { close, query } from "#lib/gateways/mpgateway/queries.ts";

/** The data platform's gateway (seeds/002): md5 over base64 of JSON, replies signed, notifications settled by a query; no refund, no bill. */
export const mpgateway = defineGateway({
  id: "mpgateway",
  title: "MPGateway",
  document: "seeds/002",
  currencies: ["CNY"], // §3.1.2: fen
  credentials,
  settings,
  asks: {
    "wechat.jsapi": ["openid"],
    "wechat.barcode": ["auth_code"],
    "alipay.barcode": ["auth_code"],
    "qq.barcode": ["auth_code"],
  },
  acknowledgement: { status: 200, contentType: "text/plain; charset=utf-8", body: "0000" },
  capabilities,
  hosts: ["*.alipay.com", "*.qq.com", "*.tenpay.com", "*.95516.com"],
  personal: PERSONAL,
  codec,
  create: creates,
  query,
  close,
  openidUrl,
  readReturn,
});
