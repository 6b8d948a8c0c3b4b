import { defineGateway } from "#lib/gateways/define.ts";
import { alipayCreates } from "#lib/gateways/fengniao/alipay.ts";
import { balances } from "#lib/gateways/fengniao/balances.ts";
import { BANKS } from "#lib/gateways/fengniao/banks.ts";
import { capabilities } from "#lib/gateways/fengniao/capabilities.ts";
import { codec } from "#lib/gateways/fengniao/codec.ts";
import { credentials, PERSONAL, settings } from "#lib/gateways/fengniao/credentials.ts";
import { otherCreates } from "#lib/gateways/fengniao/other-creates.ts";
import { payouts } from "#lib/gateways/fengniao/payouts.ts";
import { close, query } from "#lib/gateways/fengniao/queries.ts";
import { refund } from "#lib/gateways/fengniao/refunds.ts";
import { wechatCreates } from "#lib/gateways/fengniao/wechat.ts";
import { openid, openidUrl } from "#lib/gateways/fengniao/wechat-oauth.ts";

/**
 * Fengniao 蜂鸟 (seeds/004): one endpoint, sorted MD5 (or RSA with SHA-1) over the content's own text, replies unsigned,
 * notifications a hint that is asked about. The document has no bill and no query of refunds.
 */
export const fengniao = defineGateway({
  id: "fengniao",
  title: "蜂鸟 Fengniao",
  document: "seeds/004",
  currencies: ["CNY"],
  credentials,
  settings,
  asks: {
    "wechat.jsapi": ["openid"],
    "wechat.barcode": ["auth_code"],
    "alipay.barcode": ["auth_code"],
    "unionpay.gateway": ["bank"],
    "unionpay.wap": ["card_number"],
  },
  acknowledgement: { status: 200, contentType: "text/plain; charset=utf-8", body: "SUCCESS" },
  capabilities,
  hosts: ["*.fengniaofu.com", "*.alipay.com", "*.qq.com", "*.tenpay.com", "*.jd.com", "*.jdpay.com", "*.95516.com"],
  personal: PERSONAL,
  codec,
  create: { ...wechatCreates, ...alipayCreates, ...otherCreates },
  query,
  close,
  refund,
  fullRefundOnly: ["unionpay"],
  payouts,
  balances,
  banks: { "unionpay.gateway": BANKS },
  // WeChat's OAuth wants it in the address.
  sentSecrets: { wechatSecret: ({ settings: own }) => [own.wechatTokenUrl] },
  openid,
  openidUrl,
  openidByCode: true,
});
