import type { Method } from "#lib/domain/methods.ts";
import type { CapabilityRow } from "#lib/gateways/gateway.ts";
import { PATHS, type PathKey } from "#lib/gateways/xxpay/paths.ts";
import { PRODUCTS } from "#lib/gateways/xxpay/products.ts";

/** Every product, operation and notification of seeds/003, in the document's order. What it has none of (refund, close) has no row. */
export const capabilities: readonly CapabilityRow[] = [
  // No foreign create has the very fields of one of our products: these bytes prove how any create is signed.
  at("createPay", "create's request, signed", { vector: "create_basic" }),
  at("createPay", "create's answer, signed with payParams", { vector: "response_create_with_payParams" }),
  ...PRODUCTS.flatMap(({ id, name, methods }) =>
    methods.map(
      (method): CapabilityRow => ({
        ...at("createPay", `create, product ${id} ${name}`, { section: "4.1", method }),
        wire: `${PATHS.createPay.verb} ${PATHS.createPay.path} ${id}`,
      }),
    ),
  ),
  at("queryPay", "query"),
  at("queryPay", "query that makes the centre notify again (settings.executeNotify)", { vector: "query_pay" }),
  notice("2.3", "pay notification, back (backType 2)", "POST notifyUrl → success", "notify_pay"),
  notice("2.3", "pay notification, front (backType 1; a hint, never proof)", "BROWSER returnUrl"),
  at("createTrans", "payout trans, to a person", { vector: "trans_create" }),
  at("createTrans", "payout trans, to a company (accountAttr 1)"),
  at("queryTrans", "payout query"),
  at("queryTrans", "payout query that makes the centre notify again (settings.executeNotify)"),
  notice("3.3", "payout notification", "GET notifyUrl → success"),
  { ...notice("3.3", "payout notification, as a form", "POST notifyUrl → success"), evidence: "assumed" },
  at("queryBalance", "balance pay (not in the document)"),
];

function at(key: PathKey, operation: string, more: { section?: string; method?: Method; vector?: string } = {}): CapabilityRow {
  const { section, verb, path, evidence } = PATHS[key];
  return { section, operation, method: null, wire: `${verb} ${path}`, evidence, ...more };
}

function notice(section: string, operation: string, wire: string, vector?: string): CapabilityRow {
  return { section, operation, method: null, wire, evidence: "documented", ...(vector && { vector }) };
}
