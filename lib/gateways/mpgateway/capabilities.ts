import type { Method } from "#lib/domain/methods.ts";
import type { CapabilityRow } from "#lib/gateways/gateway.ts";
import { ACTIONS } from "#lib/gateways/mpgateway/creates.ts";
import { PATHS, type PathKey } from "#lib/gateways/mpgateway/paths.ts";

/** Of the foreign creates only this one is made of the fields we send too; the others prove the signature alone (signature.test.ts). */
const VECTORS: Partial<Record<Method, string>> = { "alipay.qr": "csharp_style" };

/** Every operation, action and notification of seeds/002, in the document's order. What it has none of (refund, bill) has no row. */
export const capabilities: readonly CapabilityRow[] = [
  ...Object.entries(ACTIONS).map(([method, { name, formaction }]): CapabilityRow => {
    const printed = name !== ACTIONS["alipay.wap"].name;
    const vector = VECTORS[method as Method];
    const shape = name === "WxH5" ? " (formaction as an address: assumed)" : "";
    return {
      ...at("pay", `create, ${formaction === "charge" ? "merchant scans, " : ""}${name}${shape}`, method as Method),
      wire: `${PATHS.pay.verb} ${PATHS.pay.path} ${name}`,
      evidence: printed ? PATHS.pay.evidence : "real clients",
      ...(vector && { vector }),
    };
  }),
  { ...at("pay", "create's answer, signed", null), vector: "pay_ok" },
  at("openid", "openid address (the name of the parameter that comes back is assumed)", "wechat.jsapi"),
  at("payPage", "page that opens the wallet (signed: assumed)", "wechat.jsapi"),
  notice("back notification, paid 0000", "POST backurl → 0000", "paid"),
  notice("back notification, failed 1003", "POST backurl → 0000", "failed_1003"),
  notice("back notification, 1002 (paid, not yet settled to the merchant)", "POST backurl → 0000"),
  notice("back notification, 1001 and 1004 (not paid; investigated)", "POST backurl → 0000"),
  { ...notice("front notification (a hint, never proof)", "BROWSER fronturl"), section: "2.3" },
  { ...at("query", "query by orderid", null), vector: "query_by_orderid" },
  at("query", "query by queryid", null),
  at("cancel", "close by orderid", null),
  { ...at("cancel", "close by queryid", null), vector: "cancel" },
];

function at(key: PathKey, operation: string, method: Method | null): CapabilityRow {
  const { section, verb, path, evidence } = PATHS[key];
  return { section, operation, method, wire: `${verb} ${path}`, evidence };
}

function notice(operation: string, wire: string, vector?: string): CapabilityRow {
  return { section: "3.4", operation, method: null, wire, evidence: "documented", ...(vector && { vector }) };
}
