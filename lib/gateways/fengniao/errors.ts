import type { RefusalCode } from "#lib/gateways/gateway.ts";

/**
 * seeds/004 §3.4, every code but 0. A code that is not here is unknown. `busy`: the same request may be sent again later.
 * `duplicate_number` is no failure: it says that an earlier try arrived, not how it ended, and whoever sent it has to ask
 * (a create becomes unknown in define.ts; refunds, which have no query, are asked about by `trade.query`).
 */
export const ERROR_CODES: Readonly<Record<string, RefusalCode | "unknown">> = {
  "1000": "unknown", // 系统错误: it may have acted before it failed
  "10001": "forbidden", // 无效的APPID
  "10002": "signature_rejected", // 无效的签名
  "10003": "forbidden", // 无效的商户号
  "10005": "invalid_request", // 无效的微信公众号APPID
  "10006": "unsupported", // 交易通道已关闭
  "10007": "forbidden", // 调用IP未授权
  "10008": "invalid_request", // 无效的参数
  "10009": "invalid_request", // 无效的子商户号
  "10010": "forbidden", // 子商户号未审核
  "10011": "forbidden", // 支付商户不存在或不可用
  "10012": "forbidden", // 此商户交易已关闭: the merchant's trading, not an order
  "12001": "duplicate_number", // 订单号已存在
  "12002": "not_found", // 未找到订单信息
  "12003": "duplicate_number", // 退款单号已存在
  "12004": "not_found", // 未找到退款信息
  "13001": "forbidden", // 无权限访问该方法
  "14001": "invalid_request", // 订单还未支付
  "14500": "busy", // 当前时间段不允许退款
  "15001": "unsupported", // 银联渠道未配置
  "15002": "unsupported", // 银联产品ID未找到
  "15501": "busy", // 当前商户正在提现
  "15502": "forbidden", // 提现配置不正确
  "15503": "insufficient_balance", // 可提现余额不足
};

/** WeChat's own `errcode` where a code is exchanged for an openid (§3.2 points to WeChat's document). */
export const WECHAT_ERRCODES: Readonly<Record<string, RefusalCode>> = {
  "40029": "code_expired", // invalid code
  "40163": "code_expired", // code been used
  "42003": "code_expired", // code expired
  "41008": "invalid_request", // missing code
  "41002": "invalid_request", // missing appid
  "41004": "invalid_request", // missing secret
  "40002": "invalid_request", // invalid grant_type
  "40013": "forbidden", // invalid appid
  "40001": "forbidden", // invalid secret
  "40125": "forbidden", // invalid appsecret
  "40164": "forbidden", // address not in the white list
  "48001": "forbidden", // api unauthorized
  "45009": "busy", // daily limit
  "45011": "busy", // too often
};
