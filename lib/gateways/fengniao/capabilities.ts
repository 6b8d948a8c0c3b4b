import type { Method } from "#lib/domain/methods.ts";
import { ASSUMED, COMMANDS, type Command } from "#lib/gateways/fengniao/commands.ts";
import type { CapabilityRow } from "#lib/gateways/gateway.ts";

/** Every operation, variant, shape and notification of seeds/004, by the numbers of its 目錄. */
export const capabilities: readonly CapabilityRow[] = [
  at("weixin.pay", "create, by the setting wechatH5", "wechat.h5"),
  at("weixin.mppay", "create, answering pay_info", "wechat.jsapi"),
  at("weixin.mppay", "create, answering pay_url", "wechat.jsapi"),
  at("weixin.qr_code_pay", "create", "wechat.native", { vector: "chinese_string_amount" }),
  at("weixin.scan_qr_code_pay", "create (charges; its end by query)", "wechat.barcode"),
  at("weixin.h5_pay", "create", "wechat.h5"),
  at("alipay.qr_code_pay", "create", "alipay.qr", { vector: "qr_basic" }),
  at("alipay.scan_qr_code_pay", "create (charges; its end by query)", "alipay.barcode"),
  at("alipay.ration_code", "create", "alipay.personal"),
  notice("2.8", "personal code: no status", "documented"),
  at("alipay.wap_pay", "create", "alipay.wap"),
  at("alipay.h5_pay", "create", "alipay.jsapi"),
  at("jd.pay", "create", "jd.native"),
  at("qq.unified", "create, answering code_url", "qq.native"),
  at("qq.unified", "create, answering qr_code", "qq.native", { evidence: "real clients" }),
  at("unionpay.gateway", "create, a bank of 25 and a kind of card", "unionpay.gateway"),
  at("unionpay.wap", "create, by card number", "unionpay.wap"),
  at("unionpay.withdraw", "payout, channel unionpay", null),
  at("unionpay.withdraw_query", "queryPayout, channel unionpay", null),
  at("unionpay.withdraw_balance_query", "balance unionpay", null),
  at("trade.query", "query, WeChat's shape", null, { vector: "trade_query" }),
  at("trade.query", "query, Alipay's shape", null, { vector: "trade_query" }),
  at("trade.query", "query, JD's shape", null, { vector: "trade_query" }),
  at("trade.query", "query, QQ (WeChat's shape)", null, { evidence: "assumed" }),
  at("trade.query", "query, UnionPay's shape", null, { section: "2.19" }),
  at("trade.refund", "refund, whole or part", null),
  at("trade.refund", "refund, UnionPay (whole only)", null, { section: "2.21" }),
  at("trade.reverse", "close, WeChat and Alipay, by both numbers", null),
  at("merchant.withdraw", "payout, channel merchant", null),
  at("merchant.withdraw_query", "queryPayout, channel merchant", null),
  at("merchant.balance", "balance merchant", null),
  signed("MD5", { vector: "seed_worked_example" }),
  signed("RSA (SHA-1 over the same text)"),
  {
    ...{ section: "3.2", operation: "openid address (WeChat's OAuth)", method: "wechat.jsapi" },
    ...{ wire: "BROWSER settings.wechatAuthorizeUrl", evidence: "assumed" },
  },
  {
    ...{ section: "3.2", operation: "openid (WeChat's code)", method: "wechat.jsapi" },
    ...{ wire: "GET settings.wechatTokenUrl", evidence: "assumed" },
  },
  notice("4.1", "Alipay's fields", "documented", { vector: "alipay_ok" }),
  notice("4.1", "WeChat's fields: no status", "documented"),
  notice("4.1", "fields nobody knows are signed too", "real clients", { vector: "extra_unknown" }),
  notice("4.1", "blank fields are not signed", "real clients", { vector: "blank_dropped" }),
  notice("4.1", "QQ, JD and UnionPay (the common fields)", "assumed"),
  { ...notice("4.1", "by GET", "real clients"), wire: "GET notify_url → SUCCESS" },
];

function at(
  command: Command,
  operation: string,
  method: Method | null,
  more: { section?: string; vector?: string; evidence?: CapabilityRow["evidence"] } = {},
): CapabilityRow {
  return { ...COMMANDS[command], operation, method, wire: `POST ${ASSUMED.path} ${command}`, ...more };
}

function notice(section: string, kind: string, evidence: CapabilityRow["evidence"], more: { vector?: string } = {}): CapabilityRow {
  return { section, operation: `notification, ${kind}`, method: null, wire: "POST notify_url → SUCCESS", evidence, ...more };
}

function signed(how: string, more: { vector?: string } = {}): CapabilityRow {
  return { section: "3.1", operation: `signature, ${how}`, method: null, wire: `POST ${ASSUMED.path}`, evidence: "documented", ...more };
}
