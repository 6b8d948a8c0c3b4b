import type { RefundLimits } from "#db/queries/refund-limits.ts";
import { CURRENCIES } from "#lib/domain/currency.ts";
import { isMoneyProblem, parseMoney } from "#lib/domain/money.ts";

/** The limits a form names, or the problem at each input. A currency that the form does not have is left alone; an empty input is no limit. */
export type LimitsRead = { values: Record<string, string> } & (
  | { ok: true; limits: RefundLimits[] }
  | { ok: false; errors: Record<string, string> }
);

/** Reads `approval.<currency>` and `daily.<currency>`, decimal text in major units. */
export function readLimitsForm(form: FormData, words: (currency: string) => string): LimitsRead {
  const values: Record<string, string> = {};
  const errors: Record<string, string> = {};
  const limits: RefundLimits[] = [];
  for (const currency of CURRENCIES) {
    const names = { approvalAbove: `approval.${currency}`, dailyCap: `daily.${currency}` };
    if (!form.has(names.approvalAbove) && !form.has(names.dailyCap)) continue;
    const amount = (name: string): bigint | null => {
      const text = String(form.get(name) ?? "").slice(0, 40);
      values[name] = text;
      if (text.trim() === "") return null;
      const money = parseMoney(text.trim(), currency);
      if (!isMoneyProblem(money)) return money.minor;
      errors[name] = words(currency);
      return null;
    };
    limits.push({ currency, approvalAbove: amount(names.approvalAbove), dailyCap: amount(names.dailyCap) });
  }
  return Object.keys(errors).length > 0 ? { ok: false, errors, values } : { ok: true, limits, values };
}
