import type { DeclarationLookup, DeclarationRecord, NewDeclaration, WireReply } from "#lib/dialects/dialect.ts";
import { type Call, paymentBy, type Route } from "#lib/dialects/hipopay-agent/call.ts";
import { CUSTOMS_CODES } from "#lib/dialects/hipopay-agent/customs-codes.ts";
import { declarationData } from "#lib/dialects/hipopay-agent/customs-reply.ts";
import { add, compare, decimal } from "#lib/dialects/hipopay-agent/decimal.ts";
import { type Form, readForm } from "#lib/dialects/hipopay-agent/form.ts";
import { badField, problemReply, refuse, type Step, success } from "#lib/dialects/hipopay-agent/reply.ts";
import type { Wallet } from "#lib/dialects/hipopay-agent/shapes.ts";

/** Both wallets' customs section names a payment this way (seeds/000 §9). */
const NAMES = { no: "payment_no", clientNo: "out_order_no" } as const;
const IDENTITY = ["cert_id", "name"] as const;

interface Wording {
  wallet: Wallet;
  prefix: string;
  /** Fields every declaration has beyond the two numbers and the code. */
  registration: readonly string[];
  /** All of these or none: the order is declared in parts. */
  split: readonly string[];
  others: readonly string[];
}

const WORDINGS: readonly Wording[] = [
  {
    wallet: "wechat",
    prefix: "/wechatpay",
    registration: ["mch_customs_no"],
    split: ["sub_order_no", "sub_order_amount", "transport_amount", "product_amount"],
    others: ["duty", "action_type"],
  },
  {
    wallet: "alipay",
    prefix: "/alipay",
    registration: ["mch_customs_no", "merchant_customs_name"],
    split: ["sub_order_no", "sub_order_amount"],
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
async function declare(call: Call, wording: Wording): Promise<WireReply> {
  const required = [NAMES.no, NAMES.clientNo, "customs", ...wording.registration];
  const form = readForm(call.fields, required, [...wording.split, ...IDENTITY, ...wording.others]);
  if (!form.ok) return form.reply;
  const customs = customsCodes(form.value, wording.wallet);
  if (!customs.ok) return customs.reply;
  const refusal = incomplete(form.value, wording.split) ?? incomplete(form.value, IDENTITY) ?? unbalanced(form.value);
  if (refusal) return refusal;
  const payment = await paymentBy(call, form.value, wording.wallet, NAMES);
  if (!payment.ok) return payment.reply;
  if (payment.value.clientNo !== form.value.need(NAMES.clientNo)) return badField(NAMES.clientNo, "与 payment_no 不符");
  const made = await call.backend.declare(call.caller, {
    ...declarationOf(form.value),
    wallet: wording.wallet,
    payment: payment.value,
    customs: customs.value ?? [],
  });
  if (!made.ok) return problemReply(made.problem, NAMES);
  return dataReply(made.value, ["split", "identity"]);
}

// §9.2, §9.5
async function redeclare(call: Call, wording: Wording): Promise<WireReply> {
  const lookup = lookupOf(call, wording, ["customs", ...wording.registration]);
  if (!lookup.ok) return lookup.reply;
  const made = await call.backend.redeclare(call.caller, lookup.value);
  if (!made.ok) return problemReply(made.problem, NAMES);
  return dataReply(made.value, wording.wallet === "wechat" ? ["explanation"] : ["split", "identity"]);
}

// §9.3, §9.6: only WeChat's asks for the code.
async function findDeclarations(call: Call, wording: Wording): Promise<WireReply> {
  const lookup = lookupOf(call, wording, wording.wallet === "wechat" ? ["customs"] : []);
  if (!lookup.ok) return lookup.reply;
  return dataReply(await call.backend.findDeclarations(call.caller, lookup.value), ["split", "identity"]);
}

function lookupOf(call: Call, wording: Wording, required: readonly string[]): Step<DeclarationLookup> {
  const optional = [NAMES.no, NAMES.clientNo, "customs", ...wording.registration, ...wording.split, ...IDENTITY];
  const form = readForm(
    call.fields,
    required,
    optional.filter((name) => !required.includes(name)),
  );
  if (!form.ok) return form;
  const customs = customsCodes(form.value, wording.wallet);
  if (!customs.ok) return customs;
  const [paymentNo, clientNo, subOrderNo] = [NAMES.no, NAMES.clientNo, "sub_order_no"].map((name) => form.value.get(name));
  if (!paymentNo && !clientNo && !subOrderNo) return { ok: false, reply: refuse(400, "payment_no, out_order_no, sub_order_no 不能都为空") };
  const value = {
    wallet: wording.wallet,
    paymentNo: paymentNo ?? null,
    clientNo: clientNo ?? null,
    subOrderNo: subOrderNo ?? null,
    customs: customs.value,
    merchantCustomsNo: form.value.get("mch_customs_no"),
    merchantCustomsName: form.value.get("merchant_customs_name"),
  };
  return { ok: true, value };
}

function declarationOf(form: Form): Omit<NewDeclaration, "wallet" | "payment" | "customs"> {
  return {
    merchantCustomsNo: form.need("mch_customs_no"),
    merchantCustomsName: form.get("merchant_customs_name"),
    action: form.get("action_type") === "MODIFY" ? "MODIFY" : "ADD",
    dutyFen: form.get("duty"),
    subOrderNo: form.get("sub_order_no"),
    subOrderAmount: form.get("sub_order_amount"),
    transportAmount: form.get("transport_amount"),
    productAmount: form.get("product_amount"),
    certId: form.get("cert_id"),
    name: form.get("name"),
  };
}

function customsCodes(form: Form, wallet: Wallet): Step<readonly string[] | null> {
  const codes = form.get("customs")?.split(",") ?? null;
  const known = codes === null || (codes.every((code) => CUSTOMS_CODES[wallet].has(code)) && new Set(codes).size === codes.length);
  return known ? { ok: true, value: codes } : { ok: false, reply: badField("customs", "未知或重复的海关编号") };
}

function incomplete(form: Form, together: readonly string[]): WireReply | null {
  const missing = together.filter((name) => form.get(name) === null);
  const [first] = missing;
  return first === undefined || missing.length === together.length ? null : badField(first, `不能为空(${together.join(", ")} 需同时传)`);
}

// §9.1: payable = transport + product.
function unbalanced(form: Form): WireReply | null {
  const [whole, transport, product] = ["sub_order_amount", "transport_amount", "product_amount"].map((name) => form.get(name));
  if (!whole || !transport || !product) return null;
  const sum = add(decimal(transport), decimal(product));
  return compare(decimal(whole), sum) === 0 ? null : badField("sub_order_amount", "应等于物流费加商品价格");
}

function dataReply(records: readonly DeclarationRecord[], parts: Parameters<typeof declarationData>[1]): WireReply {
  const data = declarationData(records, parts);
  return data === null ? refuse(404) : success(data);
}
