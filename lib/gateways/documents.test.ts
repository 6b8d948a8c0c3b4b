import { describe, expect, it } from "vitest";
import { gatewayById } from "#lib/gateways/registry.ts";

/**
 * Every operation, variant and notification of the five documents, listed by reading the documents and not the code: the
 * section (of seeds/001, which numbers nothing, the address), and what must stand in the row's address or name. An entry whose
 * row is missing is an operation we forgot.
 */
const DOCUMENTS: Readonly<Record<string, readonly [section: string | null, word: string][]>> = {
  "hipopay-agent": [
    ...sections("4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.6.3", "4.7", "4.7.3", "4.8", "4.9", "4.10", "4.11"),
    ...sections("5.1", "5.2", "5.3", "5.4", "6.1", "6.2", "6.3", "6.4", "6.4.3", "6.5", "6.6", "6.7", "6.8"),
    ...sections("7.1", "7.2", "7.3", "7.4", "7.5", "8", "9.1", "9.2", "9.3", "9.4", "9.5", "9.6", "10.1", "10.2", "10.3"),
    ...words("/order/scan_pay", "/order/scanned_pay", "POST /refund", "GET /order", "GET /refund", "GET /rate"),
    ...words("/alipay/scanned_pay", "/alipay/wap_pay", "GET /alipay/order", "POST /alipay/refund", "GET /alipay/refund"),
    ...words("GET /alipay/rate", "/alipay/qrcode_pay", "/alipay/scan_pay", "Version 1.0", "Version 2.0"),
  ],
  "hipopay-merchant": [
    ...words("POST /wechatpay/mini_program/payment", "GET /payment", "GET /wechatpay/forex_rate", "POST notify_url"),
    ...words("response_version 3.0", "POST /payment_refund", "GET /payment_refund", "GET /download_bill"),
    ...words("POST /wechatpay/declaration", "POST /wechatpay/redeclaration", "GET /wechatpay/declaration", "is_rmb"),
    // What real clients use beside it (protocols.md §1).
    ...words("/wechatpay/app/payment", "/wechatpay/mp/payment", "/wechatpay/web/payment", "/wechatpay/qrcode/payment"),
    ...words("/wechatpay/barcode/payment", "/wechatpay/hk/app/payment", "/wechatpay/hk/mini_program/payment"),
    ...words("/wechatpay/hk/online/mp/payment", "/alipay/app/payment", "/alipay/wap/payment", "/alipay/qrcode/payment"),
    ...words("/alipay/web/payment", "/alipay/barcode/payment", "/alipay/forex_rate", "/wechatpay/rate", "/alipay/rate"),
    ...words("POST /alipay/declaration", "POST /alipay/redeclaration", "GET /alipay/declaration", "hk_wallet"),
  ],
  mpgateway: [
    ...["WxCode", "WxSao", "WxJsApi", "WxH5", "AliCode", "AliSao", "QQCode", "QQSao", "USao", "AliWap"].map((action): [string, string] => [
      "3.1",
      ` ${action}`,
    ]),
    ["3.2", "/wxjsapi/openid.html"],
    ["3.3", "/wxjsapi/gopay.html"],
    ["3.4", "0000"],
    ["3.4", "1001"],
    ["3.4", "1002"],
    ["3.4", "1003"],
    ["3.4", "1004"],
    ["2.3", "fronturl"],
    ["3.5", "orderid"],
    ["3.5", "queryid"],
    ["3.6", "orderid"],
    ["3.6", "queryid"],
  ],
  xxpay: [
    ["2.1", "/api/pay/create_order"],
    ["2.2", "/api/pay/query_order"],
    [null, "executeNotify"],
    ["2.3", "backType 1"],
    ["2.3", "backType 2"],
    ["3.1", "/api/trans/create_order"],
    ["3.1", "accountAttr 1"],
    ["3.2", "/api/trans/query_order"],
    ["3.3", "GET notifyUrl"],
    ...Array.from({ length: 20 }, (_, index): [string, string] => ["4.1", ` ${8000 + index}`]),
    [null, "/api/query/query_balance"],
  ],
  fengniao: [
    ...[
      ...["weixin.pay", "weixin.mppay", "weixin.qr_code_pay", "weixin.scan_qr_code_pay", "weixin.h5_pay", "alipay.qr_code_pay"],
      ...["alipay.scan_qr_code_pay", "alipay.ration_code", "alipay.wap_pay", "alipay.h5_pay", "jd.pay", "qq.unified"],
      ...["unionpay.gateway", "unionpay.wap", "unionpay.withdraw", "unionpay.withdraw_query", "unionpay.withdraw_balance_query"],
      ...["trade.query", "trade.query", "trade.refund", "trade.refund", "trade.reverse"],
      ...["merchant.withdraw", "merchant.withdraw_query", "merchant.balance"],
    ].map((name, index): [string, string] => [`2.${index + 1}`, ` ${name}`]),
    ["2.8", "notify_url"],
    ["2.18", "WeChat"],
    ["2.18", "Alipay"],
    ["2.18", "JD"],
    ["2.19", "UnionPay"],
    ["3.1", "MD5"],
    ["3.1", "RSA"],
    ["3.2", "openid"],
    ["4.1", "Alipay"],
    ["4.1", "WeChat"],
  ],
};

function sections(...numbers: string[]): [string, string][] {
  return numbers.map((number) => [number, ""]);
}

function words(...found: string[]): [null, string][] {
  return found.map((word) => [null, word]);
}

describe.each(Object.entries(DOCUMENTS))("%s", (id, entries) => {
  const rows = gatewayById(id)?.capabilities ?? [];

  it.each(entries)("has a row for §%s %s", (section, word) => {
    const found = rows.filter((row) => (section === null || row.section === section) && `${row.wire} ${row.operation}`.includes(word));
    expect(found.length).toBeGreaterThan(0);
  });
});
