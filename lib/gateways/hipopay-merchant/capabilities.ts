import type { Method } from "#lib/domain/methods.ts";
import type { CapabilityRow } from "#lib/gateways/gateway.ts";
import { PATHS, type PathKey } from "#lib/gateways/hipopay-merchant/paths.ts";

/**
 * Every operation, variant and notification of seeds/001 and every path of the official SDKs. Sections are the document's
 * headings counted in order of appearance (paths.ts lists them). A vector proves the bytes of requests with the same fields.
 */
export const capabilities: readonly CapabilityRow[] = [
  container("wechat.jsapi"),
  at("wechatMiniProgram", "create", "wechat.mini_program"),
  at("wechatApp", "create", "wechat.app"),
  at("wechatMp", "create", "wechat.jsapi"),
  at("wechatWeb", "create (the gateway's page for PCs)", "wechat.desk", { vector: "plain" }),
  at("wechatQrcode", "create", "wechat.native", { vector: "plain" }),
  at("wechatBarcode", "create", "wechat.barcode"),
  at("wechatHkApp", "create, Hong Kong wallet", "wechat.app"),
  at("wechatHkMp", "create, Hong Kong wallet", "wechat.jsapi"),
  at("wechatHkMiniProgram", "create, Hong Kong wallet", "wechat.mini_program"),
  at("wechatBarcode", "create, Hong Kong wallet (`hk_wallet=true`)", "wechat.barcode", { evidence: "assumed" }),
  at("alipayApp", "create", "alipay.app", { vector: "plain" }),
  at("alipayWap", "create; Hong Kong wallet with `hk_wallet=true`", "alipay.wap"),
  at("alipayQrcode", "create; Hong Kong wallet with `hk_wallet=true`", "alipay.qr", { vector: "plain" }),
  at("alipayWeb", "create; Hong Kong wallet with `hk_wallet=true`", "alipay.web", { vector: "plain" }),
  at("alipayBarcode", "create; Hong Kong wallet with `hk_wallet=true`", "alipay.barcode"),
  at("wechatMiniProgram", "create, priced in CNY (`is_rmb=TRUE`)", "wechat.mini_program"),
  at("payment", "query by payment_no or out_trade_id", null),
  at("wechatRate", "rate, WeChat", null),
  at("alipayRate", "rate, Alipay", null),
  at("wechatOldRate", "rate, WeChat, older name", null),
  at("alipayOldRate", "rate, Alipay, older name", null),
  notification("notification, schedule and acknowledgement", "POST notify_url → success"),
  notification("notification, content", "POST notify_url", "v3_12_fields"),
  notification("notification, content of response_version 3.0", "POST notify_url", "v3_extra_unknown"),
  { ...notification("notification, verification", "POST notify_url", "recorded_python_repo"), section: "4" },
  at("refund", "refund, in parts or in full", null),
  at("queryRefund", "queryRefund by refund_no or out_refund_id", null),
  at("downloadBill", "bill, Version 3.0", null),
  at("wechatDeclare", "declare, WeChat", null),
  at("alipayDeclare", "declare, Alipay (fields of seeds/000 §9.4)", null),
  at("wechatRedeclare", "redeclare, WeChat", null),
  at("alipayRedeclare", "redeclare, Alipay (fields of seeds/000 §9.5)", null),
  at("wechatDeclaration", "queryDeclaration, WeChat", null),
  at("alipayDeclaration", "queryDeclaration, Alipay (fields of seeds/000 §9.6)", null),
];

function at(
  key: PathKey,
  operation: string,
  method: Method | null,
  more: Partial<Pick<CapabilityRow, "vector" | "evidence">> = {},
): CapabilityRow {
  const { section, verb, path, evidence } = PATHS[key];
  return { section, operation, method, wire: `${verb} ${path}`, evidence, ...more };
}

function container(method: Method): CapabilityRow {
  return {
    ...{ section: "5", operation: "openid address (container page)", method },
    ...{ wire: "BROWSER settings.containerUrl", evidence: "assumed" as const },
  };
}

function notification(operation: string, wire: string, vector?: string): CapabilityRow {
  return { section: "10", operation, method: null, wire, evidence: "documented", ...(vector && { vector }) };
}
