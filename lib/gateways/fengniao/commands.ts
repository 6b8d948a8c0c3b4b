import type { CapabilityRow } from "#lib/gateways/gateway.ts";

/**
 * Every method name of seeds/004 with its section. All of them are printed in the document; the one endpoint they are sent to
 * is an account's `path`.
 */
export const COMMANDS = {
  "weixin.pay": row("2.1"),
  "weixin.mppay": row("2.2"),
  "weixin.qr_code_pay": row("2.3"),
  "weixin.scan_qr_code_pay": row("2.4"),
  "weixin.h5_pay": row("2.5"),
  "alipay.qr_code_pay": row("2.6"),
  "alipay.scan_qr_code_pay": row("2.7"),
  "alipay.ration_code": row("2.8"),
  "alipay.wap_pay": row("2.9"),
  "alipay.h5_pay": row("2.10"),
  "jd.pay": row("2.11"),
  "qq.unified": row("2.12"),
  "unionpay.gateway": row("2.13"),
  "unionpay.wap": row("2.14"),
  "unionpay.withdraw": row("2.15"),
  "unionpay.withdraw_query": row("2.16"),
  "unionpay.withdraw_balance_query": row("2.17"),
  "trade.query": row("2.18"),
  "trade.refund": row("2.20"),
  "trade.reverse": row("2.22"),
  "merchant.withdraw": row("2.23"),
  "merchant.withdraw_query": row("2.24"),
  "merchant.balance": row("2.25"),
} as const;

export type Command = keyof typeof COMMANDS;

/**
 * What seeds/004 leaves blank or contradicts itself about, all `assumed`. What has a setting of the same name in
 * `credentials.ts` has this as its default there.
 */
export const ASSUMED = {
  /** The document prints no address ("ask the service desk"); public clients post to this path. */
  path: "/gateway",
  /** §3.2 only points to WeChat's own OAuth. */
  wechatAuthorizeUrl: "https://open.weixin.qq.com/connect/oauth2/authorize",
  wechatTokenUrl: "https://api.weixin.qq.com/sns/oauth2/access_token",
  /** Which of §2.1 and §2.5 serves a phone's browser. */
  wechatH5: "weixin.h5_pay",
  /** §2.5 wants a mark for goods and says nothing of it: WeChat's own sample. */
  goodsTag: "WXG",
  /** `wap_name` of §2.5's `sceneInfo`, whose format is WeChat's (`h5_info`). */
  wapName: "收银台",
  /** §2.2, §2.3: 1 = online. We are a web page, except where the account says otherwise. */
  isOnline: "1",
  /** §2.11: 0 = goods that can be touched. */
  orderType: "0",
  /** §2.8 calls what it answers a payment address: the browser goes there. `qr` shows it as a code instead. */
  personalCode: "redirect",
  /** §2.21 answers without a status, and refunds of UnionPay take time (§2.19, status 05). */
  unionpayRefund: "pending",
  /** §2.21 wants a reason; ours may have none. */
  refundReason: "退款",
  /** §2.13, §2.14: the bank's page is for computers, the card's page for phones. */
  channelType: { gateway: "07", wap: "08" },
} as const;

function row(section: string): { section: string; evidence: CapabilityRow["evidence"] } {
  return { section, evidence: "documented" };
}
