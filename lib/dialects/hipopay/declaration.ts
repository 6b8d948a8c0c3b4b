import type { DeclarationLookup, NewDeclaration } from "#lib/dialects/backend.ts";
import { CUSTOMS_CODES } from "#lib/dialects/hipopay/customs-codes.ts";
import { add, compare, decimal } from "#lib/dialects/hipopay/decimal.ts";
import { type Read, wrong } from "#lib/dialects/hipopay/fault.ts";
import { type Form, readForm } from "#lib/dialects/hipopay/form.ts";
import type { Fields } from "#lib/dialects/hipopay/parse.ts";
import type { Wallet } from "#lib/dialects/hipopay/wallet.ts";

/** Both documents' customs sections name a payment this way, whatever its wallet (seeds/000 §9, seeds/001). */
export const CUSTOMS_NAMES = { no: "payment_no", clientNo: "out_order_no" } as const;
const IDENTITY = ["cert_id", "name"] as const;

/** What one document asks for in one wallet's declaration. */
export interface CustomsWording {
  wallet: Wallet;
  prefix: string;
  /** Fields every declaration has beyond the two numbers and the code. */
  registration: readonly string[];
  /** The order's part that is declared: all of these, or none where the document lets a whole order be declared. */
  split: readonly string[];
  splitRequired: boolean;
  others: readonly string[];
}

/** A checked declaration, its payment still to be found by the two numbers. */
export interface AskedDeclaration {
  form: Form;
  declaration: Omit<NewDeclaration, "payment">;
}

/** Reads a declaration: known codes, groups complete, payable = transport + product (seeds/000 §9.1, seeds/001). */
export function readDeclaration(fields: Fields, wording: CustomsWording): Read<AskedDeclaration> {
  const numbers = [CUSTOMS_NAMES.no, CUSTOMS_NAMES.clientNo, "customs", ...wording.registration];
  const form = readForm(fields, {
    required: wording.splitRequired ? [...numbers, ...wording.split] : numbers,
    optional: [...(wording.splitRequired ? [] : wording.split), ...IDENTITY, ...wording.others],
  });
  if (!form.ok) return form;
  const customs = customsCodes(form.value, wording.wallet);
  if (!customs.ok) return customs;
  const bad = incomplete(form.value, wording.split) ?? incomplete(form.value, IDENTITY) ?? unbalanced(form.value);
  if (bad) return bad;
  const declaration = { ...declarationOf(form.value), wallet: wording.wallet, customs: customs.value ?? [] };
  return { ok: true, value: { form: form.value, declaration } };
}

/** Reads which declarations are meant: one of the three numbers is needed, and what `required` names. */
export function readLookup(fields: Fields, wording: CustomsWording, required: readonly string[]): Read<DeclarationLookup> {
  const known = [
    CUSTOMS_NAMES.no,
    CUSTOMS_NAMES.clientNo,
    "sub_order_no",
    "customs",
    ...wording.registration,
    ...wording.split,
    ...IDENTITY,
  ];
  const form = readForm(fields, { required, optional: [...new Set(known)].filter((name) => !required.includes(name)) });
  if (!form.ok) return form;
  const customs = customsCodes(form.value, wording.wallet);
  if (!customs.ok) return customs;
  const [paymentNo, clientNo, subOrderNo] = [CUSTOMS_NAMES.no, CUSTOMS_NAMES.clientNo, "sub_order_no"].map((name) => form.value.get(name));
  if (!paymentNo && !clientNo && !subOrderNo) return wrong("payment_no, out_order_no, sub_order_no", "all_missing");
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

function customsCodes(form: Form, wallet: Wallet): Read<readonly string[] | null> {
  const codes = form.get("customs")?.split(",") ?? null;
  const known = codes === null || (codes.every((code) => CUSTOMS_CODES[wallet].has(code)) && new Set(codes).size === codes.length);
  return known ? { ok: true, value: codes } : wrong("customs", "not_customs");
}

function incomplete(form: Form, together: readonly string[]): ReturnType<typeof wrong> | null {
  const missing = together.filter((name) => form.get(name) === null);
  const [first] = missing;
  return first === undefined || missing.length === together.length ? null : wrong(first, "incomplete", together);
}

function unbalanced(form: Form): ReturnType<typeof wrong> | null {
  const [whole, transport, product] = ["sub_order_amount", "transport_amount", "product_amount"].map((name) => form.get(name));
  if (!whole || !transport || !product) return null;
  const sum = add(decimal(transport), decimal(product));
  return compare(decimal(whole), sum) === 0 ? null : wrong("sub_order_amount", "unbalanced");
}
