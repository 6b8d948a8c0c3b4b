import type { DeclarationRecord } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { CUSTOMS_NAMES, type CustomsWording, readDeclaration, readLookup } from "#lib/dialects/hipopay/declaration.ts";
import { type DeclarationPart, declarationData } from "#lib/dialects/hipopay/declaration-data.ts";
import { walletOf } from "#lib/dialects/hipopay/wallet.ts";
import { type Call, paymentBy, type Route } from "#lib/dialects/hipopay-merchant/call.ts";
import { declaredData } from "#lib/dialects/hipopay-merchant/customs-reply.ts";
import { badRequest, problemReply, refuse, success } from "#lib/dialects/hipopay-merchant/reply.ts";
import type { Shape } from "#lib/dialects/hipopay-merchant/shapes.ts";

/** seeds/001 prints WeChat's, "sub-order by sub-order"; Alipay's is that of seeds/000 §9.4 under the paths of real clients (protocols.md §1). */
const WORDINGS: readonly CustomsWording[] = [
  {
    wallet: "wechat",
    prefix: "/wechatpay",
    registration: ["mch_customs_no"],
    split: ["sub_order_no", "sub_order_amount", "transport_amount", "product_amount"],
    splitRequired: true,
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

/** Customs declarations, re-declarations and what became of them. */
export const CUSTOMS_ROUTES: readonly Route[] = WORDINGS.flatMap((wording) => {
  const { prefix } = wording;
  return [
    { method: "POST", path: `${prefix}/declaration`, access: "signed", answer: (call) => declare(call, wording) },
    { method: "POST", path: `${prefix}/redeclaration`, access: "signed", answer: (call) => redeclare(call, wording) },
    { method: "GET", path: `${prefix}/declaration`, access: "signed", answer: (call) => findDeclarations(call, wording) },
  ] satisfies Route[];
});

async function declare(call: Call, wording: CustomsWording): Promise<WireReply> {
  const asked = readDeclaration(call.fields, wording);
  if (!asked.ok) return badRequest(asked.fault);
  const { form, declaration } = asked.value;
  const payment = await paymentBy(call, form, CUSTOMS_NAMES);
  if (!payment.ok) return payment.reply;
  if (walletOf(payment.value) !== wording.wallet) return refuse("PAYMENT_NOT_FOUND");
  if (payment.value.clientNo !== form.need(CUSTOMS_NAMES.clientNo)) {
    return badRequest({ field: CUSTOMS_NAMES.clientNo, complaint: "other_payment" });
  }
  const made = await call.backend.declare(call.caller, { ...declaration, payment: payment.value });
  if (!made.ok) return problemReply(made.problem);
  return answered(wording.wallet === "wechat" ? declaredData(made.value, call) : declarationData(made.value, ["split", "identity"]));
}

async function redeclare(call: Call, wording: CustomsWording): Promise<WireReply> {
  const lookup = readLookup(call.fields, wording, ["customs", ...wording.registration]);
  if (!lookup.ok) return badRequest(lookup.fault);
  const made = await call.backend.redeclare(call.caller, lookup.value);
  if (!made.ok) return made.problem === "not_found" ? refuse("DECLARATION_NOT_FOUND") : problemReply(made.problem);
  return told(made.value, wording.wallet === "wechat" ? ["explanation"] : ["split", "identity"]);
}

// Only WeChat's asks for the code.
async function findDeclarations(call: Call, wording: CustomsWording): Promise<WireReply> {
  const lookup = readLookup(call.fields, wording, wording.wallet === "wechat" ? ["customs"] : []);
  if (!lookup.ok) return badRequest(lookup.fault);
  return told(await call.backend.findDeclarations(call.caller, lookup.value), ["split", "identity"]);
}

function told(records: readonly DeclarationRecord[], parts: readonly DeclarationPart[]): WireReply {
  return answered(declarationData(records, parts));
}

function answered(data: Shape | null): WireReply {
  return data === null ? refuse("DECLARATION_NOT_FOUND") : success(data);
}
