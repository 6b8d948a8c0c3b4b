import { z } from "zod";
import { formatMajor } from "#lib/domain/money.ts";
import type { DraftFields } from "#lib/gateways/operation.ts";
import type { Declaration, DeclarationKey, DeclarationRequest } from "#lib/gateways/records.ts";
import { cleanText, parseChinaTime } from "#lib/gateways/wire.ts";

/*
 * Customs declarations of both wallets (seeds/000 §9, seeds/001 from "WeChat Pay Interface for Customs Declaration" on). Duty is
 * in fen, every other amount in yuan.
 */

/** seeds/000 §9.1–9.6, `state`. Alipay's document knows SUCCESS only. */
const STATES = {
  UNDECLARED: "undeclared",
  SUBMITTED: "submitted",
  PROCESSING: "processing",
  SUCCESS: "succeeded",
  FAIL: "failed",
  EXCEPT: "exception",
} as const satisfies Record<string, Declaration["state"]>;

/** §9.1 for WeChat, §9.4 for Alipay. */
const IDENTITIES = { UNCHECKED: "unchecked", SAME: "same", DIFFERENT: "different", T: "same", F: "different" } as const satisfies Record<
  string,
  Declaration["identity"]
>;

const text = z.string().nullish();

/** One declaration as a reply describes it. */
export const DECLARATION = z.object({
  ...{ out_order_no: text, payment_no: text, customs: text, wechatpay_no: text, alipay_no: text },
  ...{ sub_order_no: text, modify_time: text, explanation: text },
  state: z.enum(Object.keys(STATES) as (keyof typeof STATES)[]),
  cert_check_result: z.enum(Object.keys(IDENTITIES) as (keyof typeof IDENTITIES)[]).nullish(),
});
export type DeclarationRow = z.output<typeof DECLARATION>;

/**
 * What stands where a reply holds declarations. The documents print no sample: the fields themselves, a list of them, or a
 * list under `declarations` are all read.
 */
export function declarationRows<Row extends z.ZodType<DeclarationRow>>(row: Row): z.ZodType<DeclarationRow[]> {
  return z.union([
    z.array(row).max(1000),
    z.object({ declarations: z.array(row).max(1000) }).transform(({ declarations }) => declarations),
    row.transform((one) => [one]),
  ]);
}

/** The fields of a declaration: seeds/000 §9.1 and §9.4, seeds/001. */
export function declareFields(request: DeclarationRequest): DraftFields {
  return {
    out_order_no: request.gatewayOrderNo,
    payment_no: request.gatewayRef,
    customs: request.customs,
    mch_customs_no: cleanText(request.merchantCustomsNo),
    ...(request.wallet === "wechat"
      ? { duty: request.dutyFen?.toString(), action_type: request.action ?? "ADD" }
      : { merchant_customs_name: cleanText(request.merchantCustomsName ?? "") }),
    ...splitFields(request),
    ...identityFields(request.identity),
  };
}

/** The fields of a re-declaration (§9.2, §9.5) or a query (§9.3, §9.6). */
export function keyedFields(asked: DeclarationKey, purpose: "redeclare" | "query"): DraftFields {
  return {
    ...numberField(asked),
    // §9.6 has no customs field: Alipay answers for all of a payment's offices.
    ...(purpose === "query" && asked.wallet === "alipay" ? {} : { customs: asked.customs }),
    ...(purpose === "redeclare" && { mch_customs_no: cleanText(asked.merchantCustomsNo ?? "") }),
    ...(purpose === "redeclare" && asked.wallet === "alipay" && { merchant_customs_name: cleanText(asked.merchantCustomsName ?? "") }),
    ...(asked.wallet === "alipay" && {
      sub_order_amount: asked.subOrderAmount ? formatMajor(asked.subOrderAmount) : undefined,
      ...identityFields(asked.identity),
    }),
  };
}

// "三选一": a split order by its own number, else one of the two.
function numberField({ subOrderNo, gatewayRef, gatewayOrderNo }: DeclarationKey): DraftFields {
  if (subOrderNo) return { sub_order_no: subOrderNo };
  return gatewayRef ? { payment_no: gatewayRef } : { out_order_no: gatewayOrderNo };
}

function splitFields({ wallet, split }: DeclarationRequest): DraftFields {
  if (!split) return {};
  const own = { sub_order_no: split.subOrderNo, sub_order_amount: formatMajor(split.amount) };
  if (wallet === "alipay" || !split.transport || !split.product) return own;
  return { ...own, transport_amount: formatMajor(split.transport), product_amount: formatMajor(split.product) };
}

function identityFields(identity: { certId: string; name: string } | undefined): DraftFields {
  return identity ? { cert_id: identity.certId, name: cleanText(identity.name) } : {};
}

/** An answer about another payment is no answer. A state, time or check that the document does not have is none either. */
export function declarationsFrom(
  rows: readonly DeclarationRow[],
  asked: { wallet: "wechat" | "alipay"; gatewayRef?: string; gatewayOrderNo?: string; customs?: string },
  issues: z.RefinementCtx,
): Declaration[] {
  return rows.map((row) => {
    const other = (got: string | null | undefined, wanted: string | undefined): boolean => Boolean(got && wanted && got !== wanted);
    if (other(row.payment_no, asked.gatewayRef) || other(row.out_order_no, asked.gatewayOrderNo)) {
      issues.addIssue({ code: "custom", message: "the answer is about another payment" });
    }
    const modifiedAt = row.modify_time ? parseChinaTime(row.modify_time) : null;
    if (row.modify_time && !modifiedAt) issues.addIssue({ code: "custom", message: "modify_time is not readable" });
    return {
      state: STATES[row.state],
      customs: row.customs || (asked.customs ?? ""),
      walletRef: (asked.wallet === "wechat" ? row.wechatpay_no : row.alipay_no) || null,
      subOrderNo: row.sub_order_no || null,
      identity: row.cert_check_result ? IDENTITIES[row.cert_check_result] : null,
      explanation: row.explanation || null,
      modifiedAt,
    };
  });
}
