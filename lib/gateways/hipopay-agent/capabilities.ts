import type { Method } from "#lib/domain/methods.ts";
import type { CapabilityRow } from "#lib/gateways/gateway.ts";
import { PATHS, type PathKey } from "#lib/gateways/hipopay-agent/paths.ts";

/** Every operation, variant and notification of seeds/000, in the document's order. */
export const capabilities: readonly CapabilityRow[] = [
  {
    section: "4.1",
    operation: "openid address (container page)",
    method: "wechat.jsapi",
    wire: "BROWSER settings.containerUrl",
    evidence: "assumed",
  },
  at("mpPay", "create", "wechat.jsapi"),
  at("scanPay", "create", "wechat.barcode"),
  at("scannedPay", "create", "wechat.native", { vector: "000_scanned_pay_seed" }),
  at("miniProgramOpenid", "openid", "wechat.mini_program"),
  at("miniProgramPay", "create", "wechat.mini_program"),
  at("appPay", "create", "wechat.app"),
  at("pcDesk", "create", "wechat.desk"),
  back("4.6.3", "wechat.desk"),
  at("mpDesk", "create", "wechat.mp_desk"),
  back("4.7.3", "wechat.mp_desk"),
  at("refund", "refund", null, { vector: "000_refund_min" }),
  at("order", "query, Version 1.0", null, { vector: "000_query_get" }),
  at("order", "query, Version 2.0", null),
  at("queryRefund", "queryRefund by refund_no, order_no, agent_order_id, outer_refund_no (shape of the reply assumed)", null),
  at("rate", "rate", null),
  at("scanPay", "create, Hong Kong wallet", "wechat.barcode", { section: "5.1" }),
  at("refund", "refund, Hong Kong wallet", null, { section: "5.2", vector: "000_refund_min" }),
  at("order", "query, Hong Kong wallet", null, { section: "5.3", vector: "000_query_get" }),
  at("queryRefund", "queryRefund, Hong Kong wallet", null, { section: "5.4" }),
  at("alipayScannedPay", "create", "alipay.web"),
  at("alipayAppPay", "create", "alipay.app"),
  at("alipayWapPay", "create", "alipay.wap", { vector: "000_alipay_wap_seed" }),
  at("alipayDesk", "create", "alipay.desk"),
  back("6.4.3", "alipay.desk"),
  at("alipayOrder", "query", null),
  at("alipayRefund", "refund", null),
  at("alipayQueryRefund", "queryRefund by refund_no, payment_no, outer_order_no, outer_refund_no (shape of the reply assumed)", null),
  at("alipayRate", "rate", null),
  at("alipayQrcodePay", "create", "alipay.qr"),
  at("alipayScanPay", "create", "alipay.barcode"),
  at("alipayRefund", "refund, offline", null, { section: "7.3" }),
  at("alipayOrder", "query, offline", null, { section: "7.4" }),
  at("alipayQueryRefund", "queryRefund, offline", null, { section: "7.5" }),
  at("downloadBill", "bill (format assumed: seeds/001)", null),
  at("wechatDeclare", "declare, WeChat", null),
  at("wechatRedeclare", "redeclare, WeChat", null),
  at("wechatDeclaration", "queryDeclaration, WeChat", null),
  at("alipayDeclare", "declare, Alipay", null),
  at("alipayRedeclare", "redeclare, Alipay", null),
  at("alipayDeclaration", "queryDeclaration, Alipay", null),
  // §10.1 is a blank heading: when and how often is seeds/001's schedule.
  {
    section: "10.1",
    operation: "notification, schedule and acknowledgement",
    method: null,
    wire: "POST notify_url → success",
    evidence: "assumed",
  },
  {
    section: "10.2",
    operation: "notification, content",
    method: null,
    wire: "POST notify_url",
    evidence: "documented",
    vector: "v1_agent_fields",
  },
  {
    section: "10.3",
    operation: "notification, verification",
    method: null,
    wire: "POST notify_url",
    evidence: "documented",
    vector: "recorded_python_repo",
  },
];

function at(key: PathKey, operation: string, method: Method | null, more: { section?: string; vector?: string } = {}): CapabilityRow {
  const { section, verb, path, evidence } = PATHS[key];
  return { section, operation, method, wire: `${verb} ${path}`, evidence, ...more };
}

function back(section: string, method: Method): CapabilityRow {
  return { section, operation: "return parameters (a hint, never proof)", method, wire: "BROWSER return_url", evidence: "documented" };
}
