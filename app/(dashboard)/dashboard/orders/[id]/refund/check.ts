import type { RefundFormState } from "#components/dashboard/refund-form.tsx";
import type { AttemptRow } from "#db/queries/dashboard-order.ts";
import { isCurrency } from "#lib/domain/currency.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { isMoneyProblem, type Money, parseMoney } from "#lib/domain/money.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { RefundMode } from "#lib/payments/refund-mode.ts";
import { NOTE_MAX, REASON_MAX } from "#lib/payments/refund-order.ts";

export type Values = Pick<RefundFormState, "attemptId" | "amountText" | "reason" | "note" | "key">;
export type Words = { t: Translator<"dashboard">; problem: Translator<"problem"> };

/** What was typed into the refund form, as it was typed. */
export function valuesOf(form: FormData): Values {
  const text = (name: string) => String(form.get(name) ?? "").replaceAll("\0", "");
  const [amountText, reason, note] = [text("amount").trim(), text("reason").trim(), text("note").trim()];
  return { attemptId: text("attempt"), amountText, reason, note, key: text("key").slice(0, 64) };
}

/**
 * What a form asks for, as the use cases are told it once: a double click is one refund, going back and asking for another amount
 * is another. Null while it names no amount or try.
 */
export function keyOf(values: Pick<Values, "key" | "amountText">, attempt: Pick<AttemptRow, "id" | "currency">): string | null {
  const amount = moneyOf(values.amountText, attempt.currency);
  return amount.ok ? `${values.key}.${attempt.id}.${amount.value.minor}` : null;
}

export type Checked = { attempt: AttemptRow; amount: Money; manual: boolean } | { field: RefundFormState["field"]; message: string };

/** The refund that was asked for, or what is wrong with it and at which field. */
export function checkWanted(
  values: Values,
  attempts: readonly AttemptRow[],
  modes: ReadonlyMap<string, RefundMode>,
  { t, problem }: Words,
): Checked {
  const attempt = attempts.find((one) => one.id === values.attemptId);
  if (!attempt) return { field: "attempt", message: t("refund.attempt_missing") };
  if (attempt.state !== "paid") return { field: "attempt", message: problem("attempt_not_paid") };
  const mode = modes.get(attempt.id);
  if (!mode) return { field: "attempt", message: t("refund.account_shut") };
  if (values.amountText === "") return { field: "amount", message: t("refund.amount_missing") };
  const amount = moneyOf(values.amountText, attempt.currency);
  if (!amount.ok) return { field: "amount", message: problem(amount.problem.code as "amount_format") };
  if (amount.value.minor === 0n) return { field: "amount", message: t("refund.zero") };
  if (amount.value.minor > attempt.amount - attempt.refundedAmount) return { field: "amount", message: problem("refund_exceeds") };
  if (mode === "full_only" && amount.value.minor !== attempt.amount) return { field: "amount", message: problem("refund_full_only") };
  if (values.reason === "") return { field: "reason", message: problem("reason_missing") };
  if (values.reason.length > REASON_MAX) return { field: "reason", message: t("refund.reason_long") };
  if (mode === "manual" && values.note === "") return { field: "note", message: t("refund.note_missing") };
  if (values.note.length > NOTE_MAX) return { field: "note", message: t("refund.reason_long") };
  return { attempt, amount: amount.value, manual: mode === "manual" };
}

function moneyOf(text: string, currency: string): Result<Money> {
  if (!isCurrency(currency)) return fail("currency_unsupported", "amount");
  const amount = parseMoney(text, currency);
  return isMoneyProblem(amount) ? fail(`amount_${amount}`, "amount") : { ok: true, value: amount };
}
