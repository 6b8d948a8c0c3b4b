import type { Form } from "#lib/dialects/hipopay/form.ts";
import { readForm as readAny } from "#lib/dialects/hipopay/form.ts";
import type { Fields } from "#lib/dialects/hipopay/parse.ts";
import { badRequest, type Step } from "#lib/dialects/hipopay-agent/reply.ts";

/** The document spells one thing two ways (protocols.md §1): either is read, the first that is not empty wins. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  out_order_no: ["out_order_no", "outer_order_no"],
  refund_no: ["refund_no", "no"],
  outer_refund_no: ["outer_refund_no", "refund_order_no"],
};

/** Every spelling of a field. */
export function spellingsOf(name: string): readonly string[] {
  return SPELLINGS[name] ?? [name];
}

/** Reads and checks an endpoint's fields; what is wrong is a 400 that names the field. */
export function readForm(fields: Fields, required: readonly string[], optional: readonly string[]): Step<Form> {
  const form = readAny(fields, { required, optional, spellings: SPELLINGS });
  return form.ok ? form : { ok: false, reply: badRequest(form.fault) };
}
