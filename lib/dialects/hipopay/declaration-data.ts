import type { DeclarationRecord } from "#lib/dialects/backend.ts";
import type { Json } from "#lib/dialects/hipopay/json.ts";
import { wireTime } from "#lib/dialects/hipopay/times.ts";

/** The groups of fields a declaration's reply may carry beyond the common ones (seeds/000 §9). */
export type DeclarationPart = "split" | "identity" | "explanation";

/** WeChat's words (§9.1) and Alipay's (§9.4) for the check of the buyer's identity. Alipay has none for "not checked". */
const CERT_CHECK = {
  wechat: { UNCHECKED: "UNCHECKED", SAME: "SAME", DIFFERENT: "DIFFERENT" },
  alipay: { UNCHECKED: null, SAME: "T", DIFFERENT: "F" },
} as const;

/**
 * The `data` of a declaration's reply, or null without records. The document knows one record a reply; a list of codes
 * makes several, which are told as one (assumed): the codes joined as they were sent, the state of the first that is not
 * yet SUCCESS (all must pass), the latest change.
 */
export function declarationData(records: readonly DeclarationRecord[], parts: readonly DeclarationPart[]): Record<string, Json> | null {
  const [first] = records;
  const shown = tellingRecord(records);
  if (!first || !shown) return null;
  const modifiedAt = new Date(Math.max(...records.map((record) => record.modifiedAt.getTime())));
  return {
    out_order_no: first.payment.clientNo ?? "",
    payment_no: first.payment.no,
    customs: [...new Set(records.flatMap((record) => record.customs))].join(","),
    [first.wallet === "wechat" ? "wechatpay_no" : "alipay_no"]: first.walletNo,
    state: shown.state,
    modify_time: wireTime(modifiedAt),
    ...(parts.includes("split") ? splitPart(first) : {}),
    ...(parts.includes("identity") ? identityPart(first) : {}),
    ...(parts.includes("explanation") ? { explanation: shown.explanation ?? "" } : {}),
  };
}

/** The record whose state speaks for all: the first that is not yet SUCCESS. */
export function tellingRecord(records: readonly DeclarationRecord[]): DeclarationRecord | null {
  return records.find((record) => record.state !== "SUCCESS") ?? records[0] ?? null;
}

function splitPart(record: DeclarationRecord): Record<string, Json> {
  if (record.subOrderNo === null) return {};
  const common = { sub_order_no: record.subOrderNo, sub_order_amount: record.subOrderAmount ?? "" };
  if (record.wallet === "alipay") return common;
  return { ...common, transport_amount: record.transportAmount ?? "", product_amount: record.productAmount ?? "" };
}

// "若进行身份验证会返回": only when an identity was sent.
function identityPart(record: DeclarationRecord): Record<string, Json> {
  const result = CERT_CHECK[record.wallet][record.certCheck];
  // A backend may keep the outcome and forget the person: only "nothing was uploaded" has no result.
  const unasked = record.certId === null && record.certCheck === "UNCHECKED";
  return unasked || result === null ? {} : { cert_check_result: result };
}
