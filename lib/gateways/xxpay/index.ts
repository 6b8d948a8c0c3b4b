import { defineGateway } from "#lib/gateways/define.ts";
import { BANKS } from "#lib/gateways/xxpay/banks.ts";
import { capabilities } from "#lib/gateways/xxpay/capabilities.ts";
import { codec } from "#lib/gateways/xxpay/codec.ts";
import { creates } from "#lib/gateways/xxpay/creates.ts";
import { credentials, PERSONAL, settings } from "#lib/gateways/xxpay/credentials.ts";
import { readReturn } from "#lib/gateways/xxpay/notification.ts";
import { pathOf, urlOf } from "#lib/gateways/xxpay/paths.ts";
import { payouts } from "#lib/gateways/xxpay/payouts.ts";
import { balance, query } from "#lib/gateways/xxpay/queries.ts";

/** 聚合支付 (seeds/003): sorted md5, SUCCESS replies signed, twenty products, payouts and a balance; no refund, no close. */
export const xxpay = defineGateway({
  id: "xxpay",
  title: "XxPay",
  document: "seeds/003",
  currencies: ["CNY"], // §1.2: fen
  credentials,
  settings,
  asks: { "bank.transfer": ["payer"] },
  acknowledgement: { status: 200, contentType: "text/plain; charset=utf-8", body: "success" },
  capabilities,
  hosts: ["*.alipay.com", "*.qq.com", "*.tenpay.com", "*.95516.com", "*.jd.com", "*.baidu.com"],
  personal: PERSONAL,
  codec,
  create: creates,
  query,
  banks: { "bank.transfer": BANKS },
  payouts,
  // A payout's `param2`.
  sentSecrets: { payoutCode: (own) => [urlOf(own.baseUrl, pathOf("createTrans")(own))] },
  balances: { pay: balance },
  readReturn,
});
