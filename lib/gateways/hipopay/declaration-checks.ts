import type { DeclarationKey, DeclarationRequest } from "#lib/gateways/records.ts";

/** Why a declaration cannot be sent (seeds/000 §9.1, §9.4), or null. */
export function requestProblem(request: DeclarationRequest): string | null {
  const { wallet, split, identity, dutyFen } = request;
  if (!request.gatewayOrderNo || !request.gatewayRef) return "both numbers of the payment are needed";
  if (!request.merchantCustomsNo) return "the merchant's customs number is missing";
  if (wallet === "alipay" && !request.merchantCustomsName) return "the merchant's customs name is missing";
  if (wallet === "alipay" && (dutyFen !== undefined || request.action)) return "Alipay's declaration has neither duty nor action";
  if (dutyFen !== undefined && dutyFen < 0n) return "the duty is negative";
  return identityProblem(identity) ?? (split ? splitProblem(wallet, split) : null);
}

/** Why a re-declaration (§9.2, §9.5) or a query (§9.3, §9.6) cannot be sent, or null. */
export function keyProblem(key: DeclarationKey, purpose: "redeclare" | "query"): string | null {
  if (!key.subOrderNo && !key.gatewayRef && !key.gatewayOrderNo) return "one of three numbers is needed";
  if (!key.customs && (key.wallet === "wechat" || purpose === "redeclare")) return "the customs code is missing";
  if (purpose === "redeclare" && !key.merchantCustomsNo) return "the merchant's customs number is missing";
  if (purpose === "redeclare" && key.wallet === "alipay" && !key.merchantCustomsName) return "the merchant's customs name is missing";
  if (key.wallet === "alipay" && key.subOrderNo && !key.subOrderAmount) return "the sub-order's amount is missing";
  if (key.subOrderAmount && !key.subOrderNo) return "the sub-order's number is missing";
  if (key.subOrderAmount && key.subOrderAmount.currency !== "CNY") return "customs amounts are in CNY";
  return identityProblem(key.identity);
}

function identityProblem(identity: { certId: string; name: string } | undefined): string | null {
  if (!identity) return null;
  if (!/^[0-9A-Za-z]{6,32}$/.test(identity.certId)) return "the identity card number is not readable";
  return identity.name.trim() ? null : "the name is missing";
}

// §9.1: 应付金额 = 物流费 + 商品费.
function splitProblem(wallet: "wechat" | "alipay", split: NonNullable<DeclarationRequest["split"]>): string | null {
  const { subOrderNo, amount, transport, product } = split;
  if (!subOrderNo) return "the sub-order's number is missing";
  const parts = [amount, transport, product].filter((part) => part !== undefined);
  if (parts.some(({ currency }) => currency !== "CNY")) return "customs amounts are in CNY";
  if (amount.minor <= 0n || parts.some(({ minor }) => minor < 0n)) return "an amount of the sub-order is not positive";
  if (wallet === "alipay") return transport || product ? "Alipay's sub-orders have one amount" : null;
  if (!transport || !product) return "transport and product amounts are needed";
  return transport.minor + product.minor === amount.minor ? null : "the sub-order's amount is not transport plus product";
}
