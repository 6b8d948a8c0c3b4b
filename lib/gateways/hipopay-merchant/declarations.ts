import { z } from "zod";
import { pushesOf } from "#lib/gateways/hipopay/customs-codes.ts";
import { keyProblem, requestProblem } from "#lib/gateways/hipopay/declaration-checks.ts";
import { DECLARATION, declarationRows, declarationsFrom, declareFields, keyedFields } from "#lib/gateways/hipopay/declarations.ts";
import { text } from "#lib/gateways/hipopay/order.ts";
import type { HipopayMerchant } from "#lib/gateways/hipopay-merchant/credentials.ts";
import { type PathKey, pathOf } from "#lib/gateways/hipopay-merchant/paths.ts";
import type { CustomsOperations, Operation } from "#lib/gateways/operation.ts";
import type { Declaration, DeclarationKey, DeclarationRequest } from "#lib/gateways/records.ts";
import { parseJson } from "#lib/gateways/wire.ts";

/**
 * seeds/001 §14–§17 for WeChat. For Alipay the document has nothing but public clients do: fields, replies and codes are
 * seeds/000's (§9.4–9.6, §11.5, same gateway).
 */
export const customs: CustomsOperations<HipopayMerchant> = {
  pushes: pushesOf,
  declare: { wechat: declareAt("wechatDeclare"), alipay: declareAt("alipayDeclare") },
  redeclare: { wechat: keyed("wechatRedeclare", "redeclare"), alipay: keyed("alipayRedeclare", "redeclare") },
  query: { wechat: keyed("wechatDeclaration", "query"), alipay: keyed("alipayDeclaration", "query") },
};

function declareAt(key: PathKey & ("wechatDeclare" | "alipayDeclare")): Operation<HipopayMerchant, DeclarationRequest, Declaration[]> {
  return { verb: "POST", path: pathOf(key), check: requestProblem, fields: declareFields, reply };
}

function keyed(key: PathKey, purpose: "redeclare" | "query"): Operation<HipopayMerchant, DeclarationKey, Declaration[]> {
  return {
    verb: purpose === "query" ? "GET" : "POST",
    path: pathOf(key),
    check: (asked) => keyProblem(asked, purpose),
    fields: (asked) => keyedFields(asked, purpose),
    reply,
  };
}

/** §14, `raw_response`: what customs said to WeChat, in WeChat's names, as an object or as its JSON text. */
const RAW = z.union([z.string().transform((text) => parseJson(text)), z.unknown()]).pipe(
  z.object({
    ...{ state: DECLARATION.shape.state.optional(), cert_check_result: DECLARATION.shape.cert_check_result },
    ...{ modify_time: text, transaction_id: text, sub_order_no: text, err_code_des: text },
  }),
);

/** `state` decides; what the fields beside `raw_response` leave out is taken from it, and why customs said no. */
const ROW = z.preprocess(withRaw, DECLARATION);

function withRaw(value: unknown): unknown {
  const row = z.record(z.string(), z.unknown()).safeParse(value);
  const raw = RAW.safeParse(row.data?.raw_response);
  if (!row.success || !raw.success) return value;
  const { transaction_id: walletRef, err_code_des: reason, ...known } = raw.data;
  const given = Object.fromEntries(Object.entries(row.data).filter(([, field]) => field !== null && field !== ""));
  const unwell = ["FAIL", "EXCEPT"].includes(String(given.state ?? known.state));
  return { ...known, wechatpay_no: walletRef, ...(unwell && { explanation: reason }), ...given };
}

function reply(asked: DeclarationRequest | DeclarationKey): z.ZodType<Declaration[]> {
  return z.object({ response: declarationRows(ROW) }).transform(({ response }, issues) => declarationsFrom(response, asked, issues));
}
