import type { DeclarationRecord } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { CUSTOMS_NAMES, type CustomsWording, readDeclaration, readLookup } from "#lib/dialects/hipopay/declaration.ts";
import { declarationData } from "#lib/dialects/hipopay/declaration-data.ts";
import { type Call, paymentBy, type Route } from "#lib/dialects/hipopay-agent/call.ts";
import { badRequest, problemReply, refuse, success } from "#lib/dialects/hipopay-agent/reply.ts";

const WORDINGS: readonly CustomsWording[] = [
  {
    wallet: "wechat",
    prefix: "/wechatpay",
    registration: ["mch_customs_no"],
    split: ["sub_order_no", "sub_order_amount", "transport_amount", "product_amount"],
    splitRequired: false,
    others: ["duty", "action_type"],
  },
  {
    wallet: "alipay",
    prefix: "/alipay",
    registration: ["mch_customs_no", "merchant_customs_name"],
    split: ["sub_order_no", "sub_order_amount"],
    splitRequired: false,
    others: [],
  },
];

/** Customs declarations (seeds/000 §9); the document prints no paths, so the merchant API's are assumed (protocols.md §1). */
export const CUSTOMS_ROUTES: readonly Route[] = WORDINGS.flatMap((wording) => {
  const row = { access: "signed", assumed: true } as const;
  return [
    { ...row, method: "POST", path: `${wording.prefix}/declaration`, answer: (call) => declare(call, wording) },
    { ...row, method: "POST", path: `${wording.prefix}/redeclaration`, answer: (call) => redeclare(call, wording) },
    { ...row, method: "GET", path: `${wording.prefix}/declaration`, answer: (call) => findDeclarations(call, wording) },
  ] satisfies Route[];
});

// §9.1, §9.4
async function declare(call: Call, wording: CustomsWording): Promise<WireReply> {
  const asked = readDeclaration(call.fields, wording);
  if (!asked.ok) return badRequest(asked.fault);
  const { form, declaration } = asked.value;
  const payment = await paymentBy(call, form, wording.wallet, CUSTOMS_NAMES);
  if (!payment.ok) return payment.reply;
  if (payment.value.clientNo !== form.need(CUSTOMS_NAMES.clientNo)) {
    return badRequest({ field: CUSTOMS_NAMES.clientNo, complaint: "other_payment" });
  }
  const made = await call.backend.declare(call.caller, { ...declaration, payment: payment.value });
  return made.ok ? dataReply(made.value, ["split", "identity"]) : problemReply(made.problem, CUSTOMS_NAMES);
}

// §9.2, §9.5
async function redeclare(call: Call, wording: CustomsWording): Promise<WireReply> {
  const lookup = readLookup(call.fields, wording, ["customs", ...wording.registration]);
  if (!lookup.ok) return badRequest(lookup.fault);
  const made = await call.backend.redeclare(call.caller, lookup.value);
  if (!made.ok) return problemReply(made.problem, CUSTOMS_NAMES);
  return dataReply(made.value, wording.wallet === "wechat" ? ["explanation"] : ["split", "identity"]);
}

// §9.3, §9.6: only WeChat's asks for the code.
async function findDeclarations(call: Call, wording: CustomsWording): Promise<WireReply> {
  const lookup = readLookup(call.fields, wording, wording.wallet === "wechat" ? ["customs"] : []);
  if (!lookup.ok) return badRequest(lookup.fault);
  return dataReply(await call.backend.findDeclarations(call.caller, lookup.value), ["split", "identity"]);
}

function dataReply(records: readonly DeclarationRecord[], parts: Parameters<typeof declarationData>[1]): WireReply {
  const data = declarationData(records, parts);
  return data === null ? refuse(404) : success(data);
}
