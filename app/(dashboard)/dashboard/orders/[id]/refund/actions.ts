"use server";
import { redirect } from "next/navigation";
import { orderAddress, permittedOrder } from "#app/(dashboard)/dashboard/orders/[id]/own-order.ts";
import { refundModes } from "#app/(dashboard)/dashboard/orders/[id]/refund/modes.ts";
import { moneyText } from "#components/dashboard/money.tsx";
import type { RefundFormState } from "#components/dashboard/refund-form.tsx";
import { db } from "#db/client.ts";
import { type AttemptRow, readAttempts } from "#db/queries/dashboard-order.ts";
import { currentLocale } from "#lib/action.ts";
import { isCurrency } from "#lib/domain/currency.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { isMoneyProblem, type Money, parseMoney } from "#lib/domain/money.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import type { RefundMode } from "#lib/payments/refund-mode.ts";
import { NOTE_MAX, REASON_MAX, refundOrder } from "#lib/payments/refund-order.ts";

type Values = Pick<RefundFormState, "attemptId" | "amountText" | "reason" | "note" | "key">;
type Words = { t: Translator<"dashboard">; problem: Translator<"problem"> };

/**
 * The refund form's three presses: `check` shows what will happen, `change` goes back, `send` refunds. Everything is checked at
 * each press, and again under the order's lock by refundOrder.
 */
export async function refund(_before: RefundFormState, form: FormData): Promise<RefundFormState> {
  const { user, order } = await permittedOrder(form, "refund_order");
  const locale = await currentLocale();
  const words = { t: translator(locale, "dashboard"), problem: translator(locale, "problem") };
  const values = valuesOf(form);
  const attempts = (await readAttempts(db(), order.merchantId, order.id)).filter((attempt) => attempt.id === values.attemptId);
  const modes = await refundModes(order.merchantId, attempts);
  const checked = check(values, attempts, modes, words);
  if ("message" in checked) return { ...values, step: "enter", ...checked, confirm: null };
  const { attempt, amount, manual } = checked;
  const confirm = { amount: moneyText({ amount: amount.minor, currency: amount.currency }, locale), account: attempt.accountTitle, manual };
  const intent = form.get("intent");
  if (intent === "change") return { ...values, step: "enter", field: null, message: null, confirm: null };
  if (intent !== "send") return { ...values, step: "confirm", field: null, message: null, confirm };
  const result = await refundOrder({
    merchantId: order.merchantId,
    orderId: order.id,
    attemptId: attempt.id,
    amountText: values.amountText,
    reason: values.reason,
    ...(manual && { note: values.note }),
    actor: user.id,
    asker: "refunder",
    // A double click is one refund; going back and asking for another amount is another.
    idempotencyKey: `${values.key}.${attempt.id}.${amount.minor}`,
  });
  if (result.ok) redirect(orderAddress(order.id, { refund: result.value.refundId }));
  const { code, field, values: told } = result.problem;
  const at = field === "amount" || field === "reason" ? field : null;
  return { ...values, step: "enter", field: at, message: words.problem(code as "forbidden", told), confirm: null };
}

function valuesOf(form: FormData): Values {
  const text = (name: string) => String(form.get(name) ?? "").replaceAll("\0", "");
  const [amountText, reason, note] = [text("amount").trim(), text("reason").trim(), text("note").trim()];
  return { attemptId: text("attempt"), amountText, reason, note, key: text("key").slice(0, 64) };
}

type Checked = { attempt: AttemptRow; amount: Money; manual: boolean } | { field: RefundFormState["field"]; message: string };

function check(values: Values, attempts: readonly AttemptRow[], modes: ReadonlyMap<string, RefundMode>, { t, problem }: Words): Checked {
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
