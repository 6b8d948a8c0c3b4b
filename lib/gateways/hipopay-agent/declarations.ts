import { z } from "zod";
import { formatMajor } from "#lib/domain/money.ts";
import type { HipopayAgent } from "#lib/gateways/hipopay-agent/credentials.ts";
import { pushesOf } from "#lib/gateways/hipopay-agent/customs-codes.ts";
import { keyProblem, requestProblem } from "#lib/gateways/hipopay-agent/declaration-checks.ts";
import { PATHS, pathOf } from "#lib/gateways/hipopay-agent/paths.ts";
import type { CustomsOperations, DraftFields, Operation } from "#lib/gateways/operation.ts";
import type { Declaration, DeclarationKey, DeclarationRequest } from "#lib/gateways/records.ts";
import { cleanText, parseChinaTime } from "#lib/gateways/wire.ts";

type Wallet = "wechat" | "alipay";

/** seeds/000 §9: customs declarations of both wallets. Duty is in fen, every other amount in yuan. */
export const customs: CustomsOperations<HipopayAgent> = {
  pushes: pushesOf,
  declare: { wechat: declareAt("wechatDeclare"), alipay: declareAt("alipayDeclare") },
  redeclare: { wechat: keyed("wechatRedeclare", "redeclare"), alipay: keyed("alipayRedeclare", "redeclare") },
  query: { wechat: keyed("wechatDeclaration", "query"), alipay: keyed("alipayDeclaration", "query") },
};

/** §9.1–9.6, `state`. Alipay's document knows SUCCESS only. */
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

const DECLARATION = z.object({
  ...{ out_order_no: text, payment_no: text, customs: text, wechatpay_no: text, alipay_no: text },
  ...{ sub_order_no: text, modify_time: text, explanation: text },
  state: z.enum(Object.keys(STATES) as (keyof typeof STATES)[]),
  cert_check_result: z.enum(Object.keys(IDENTITIES) as (keyof typeof IDENTITIES)[]).nullish(),
});

// The document prints no sample: the fields in `data` itself, a list of them, or a list under `declarations` are all read.
const REPLY = z.object({
  data: z.union([
    z.array(DECLARATION).max(1000),
    z.object({ declarations: z.array(DECLARATION).max(1000) }).transform(({ declarations }) => declarations),
    DECLARATION.transform((one) => [one]),
  ]),
});

function declareAt(key: "wechatDeclare" | "alipayDeclare"): Operation<HipopayAgent, DeclarationRequest, Declaration[]> {
  return {
    verb: PATHS[key].verb,
    path: pathOf(key),
    check: requestProblem,
    fields: (request) => ({
      out_order_no: request.gatewayOrderNo,
      payment_no: request.gatewayRef,
      customs: request.customs,
      mch_customs_no: cleanText(request.merchantCustomsNo),
      ...(request.wallet === "wechat"
        ? { duty: request.dutyFen?.toString(), action_type: request.action ?? "ADD" }
        : { merchant_customs_name: cleanText(request.merchantCustomsName ?? "") }),
      ...splitFields(request),
      ...identityFields(request.identity),
    }),
    reply: (request) => replyFor(request.wallet, request, request.customs),
  };
}

function keyed(
  key: "wechatRedeclare" | "alipayRedeclare" | "wechatDeclaration" | "alipayDeclaration",
  purpose: "redeclare" | "query",
): Operation<HipopayAgent, DeclarationKey, Declaration[]> {
  return {
    verb: PATHS[key].verb,
    path: pathOf(key),
    check: (asked) => keyProblem(asked, purpose),
    fields: (asked) => ({
      ...numberField(asked),
      // §9.6 has no customs field: Alipay answers for all of a payment's offices.
      ...(purpose === "query" && asked.wallet === "alipay" ? {} : { customs: asked.customs }),
      ...(purpose === "redeclare" && { mch_customs_no: cleanText(asked.merchantCustomsNo ?? "") }),
      ...(purpose === "redeclare" && asked.wallet === "alipay" && { merchant_customs_name: cleanText(asked.merchantCustomsName ?? "") }),
      ...(asked.wallet === "alipay" && {
        sub_order_amount: asked.subOrderAmount ? formatMajor(asked.subOrderAmount) : undefined,
        ...identityFields(asked.identity),
      }),
    }),
    reply: (asked) => replyFor(asked.wallet, asked, asked.customs ?? null),
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
function replyFor(
  wallet: Wallet,
  asked: { gatewayRef?: string; gatewayOrderNo?: string },
  office: string | null,
): z.ZodType<Declaration[]> {
  return REPLY.transform(({ data }, issues) =>
    data.map((row) => {
      const other = (got: string | null | undefined, wanted: string | undefined): boolean => Boolean(got && wanted && got !== wanted);
      if (other(row.payment_no, asked.gatewayRef) || other(row.out_order_no, asked.gatewayOrderNo)) {
        issues.addIssue({ code: "custom", message: "the answer is about another payment" });
      }
      const modifiedAt = row.modify_time ? parseChinaTime(row.modify_time) : null;
      if (row.modify_time && !modifiedAt) issues.addIssue({ code: "custom", message: "modify_time is not readable" });
      return {
        state: STATES[row.state],
        customs: row.customs || (office ?? ""),
        walletRef: (wallet === "wechat" ? row.wechatpay_no : row.alipay_no) || null,
        subOrderNo: row.sub_order_no || null,
        identity: row.cert_check_result ? IDENTITIES[row.cert_check_result] : null,
        explanation: row.explanation || null,
        modifiedAt,
      };
    }),
  );
}
