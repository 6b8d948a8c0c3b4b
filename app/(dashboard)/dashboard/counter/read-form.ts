import { randomUUID } from "node:crypto";
import type { CounterFormState } from "#components/dashboard/counter-form.tsx";
import { authCodeDigits, methodOfAuthCode } from "#lib/domain/auth-code.ts";
import { type Currency, isCurrency } from "#lib/domain/currency.ts";
import { isMoneyProblem, parseMoney } from "#lib/domain/money.ts";
import type { Translator } from "#lib/i18n/translator.ts";

export interface Words {
  t: Translator<"dashboard">;
  problem: Translator<"problem">;
}

/** What the form goes on with: everything that was entered but the code. */
export type Values = Omit<CounterFormState, "field" | "message">;

export type Reading = { values: Values } & (
  | { ok: true; currency: Currency; code: string }
  | { ok: false; field: CounterFormState["field"]; message: string }
);

/**
 * Reads the counter's form. Problems in the order in which a person fills it in: amount, then code. A code scanned into the
 * amount's field is recognised, thrown away and said; `values` never holds one.
 */
export function readCounterForm(form: FormData, { t, problem }: Words): Reading {
  const text = (name: string, max: number) =>
    String(form.get(name) ?? "")
      .replaceAll("\0", "")
      .trim()
      .slice(0, max);
  const entered = text("amount", 64);
  const misplaced = methodOfAuthCode(authCodeDigits(entered)) !== null;
  const key = text("key", 64);
  const values: Values = {
    turn: (Number(text("turn", 6)) || 0) + 1,
    amountText: misplaced ? "" : entered.slice(0, 32),
    currency: text("currency", 3),
    kind: form.get("kind") === "live" ? "live" : "test",
    title: text("title", 200),
    reference: text("reference", 80),
    key: /^[A-Za-z0-9_-]{8,40}$/.test(key) ? key : randomUUID(),
  };
  const no = (field: CounterFormState["field"], message: string): Reading => ({ values, ok: false, field, message });
  if (misplaced) return no("amount", t("counter.codeInAmount"));
  const { currency } = values;
  if (!isCurrency(currency)) return no("amount", problem("currency_unsupported"));
  if (values.amountText === "") return no("amount", t("counter.amountMissing"));
  const amount = parseMoney(values.amountText, currency);
  if (isMoneyProblem(amount)) return no("amount", problem(`amount_${amount}`));
  if (amount.minor === 0n) return no("amount", problem("amount_zero"));
  const code = codeProblem(String(form.get("code") ?? ""), { t, problem });
  return "message" in code ? no("code", code.message) : { values, ok: true, currency, code: code.digits };
}

/** The digits of a scanned code, or what is wrong with them in words that do not repeat them. */
export function codeProblem(scanned: string, { t, problem }: Words): { digits: string } | { message: string } {
  const digits = authCodeDigits(scanned);
  if (digits === "") return { message: t("counter.codeMissing") };
  if (!/^\d+$/.test(digits)) return { message: t("counter.codeDigits") };
  return methodOfAuthCode(digits) === null ? { message: problem("auth_code_invalid") } : { digits };
}
