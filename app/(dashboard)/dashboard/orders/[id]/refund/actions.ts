"use server";
import { redirect } from "next/navigation";
import { orderAddress, ownOrder } from "#app/(dashboard)/dashboard/orders/[id]/own-order.ts";
import { type Checked, checkWanted, keyOf, valuesOf, type Words } from "#app/(dashboard)/dashboard/orders/[id]/refund/check.ts";
import { refundModes } from "#app/(dashboard)/dashboard/orders/[id]/refund/modes.ts";
import { pressedBefore } from "#app/(dashboard)/dashboard/orders/[id]/refund/pressed.ts";
import { askerOf } from "#app/(dashboard)/dashboard/orders/[id]/refund/rules.ts";
import { moneyText } from "#components/dashboard/money.tsx";
import type { RefundFormState } from "#components/dashboard/refund-form.tsx";
import { db } from "#db/client.ts";
import { type OrderDetail, readAttempts } from "#db/queries/dashboard-order.ts";
import { currentLocale } from "#lib/action.ts";
import type { User } from "#lib/auth.ts";
import type { AuditActor } from "#lib/domain/audit.ts";
import type { Problem } from "#lib/domain/errors.ts";
import { formatMoment } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import { type RefundOrder, refundOrder, wayOf } from "#lib/payments/refund-order.ts";
import { requestRefund } from "#lib/payments/request-refund.ts";
import { openAction } from "#lib/staff.ts";

/**
 * The refund form's three presses: `check` shows what will happen, `change` goes back, `send` does it: refunds, or asks somebody
 * else to approve where the merchant's limits or the person's role want that (and the confirmation has said so). Everything is
 * checked at each press, and again under the order's lock. Refunding, not asking, needs a person who proved themselves lately.
 */
export async function refund(_before: RefundFormState, form: FormData): Promise<RefundFormState> {
  const { order } = await ownOrder(String(form.get("order") ?? ""));
  const opened = await openAction("refunds.request", form, order.merchantId);
  if (!opened.ok) redirect(orderAddress(order.id, { problem: opened.problem === "origin" ? "origin_mismatch" : "forbidden" }));
  const { user } = opened;
  const locale = await currentLocale();
  const words = { t: translator(locale, "dashboard"), problem: translator(locale, "problem") };
  const values = valuesOf(form);
  const attempts = (await readAttempts(db(), order.merchantId, order.id)).filter((attempt) => attempt.id === values.attemptId);
  const intent = form.get("intent");
  const before = intent === "send" ? await pressedBefore(db(), order.merchantId, user.id, values, attempts[0]) : null;
  if (before) redirect(before.kind === "refund" ? orderAddress(order.id, { refund: before.id }) : requestedAddress(before.id));
  const checked = checkWanted(values, attempts, await refundModes(order.merchantId, attempts), words);
  const shown = { ...values, field: null, message: null, confirm: null, unproven: null };
  if ("message" in checked) return { ...shown, step: "enter", ...checked };
  if (intent === "change") return { ...shown, step: "enter" };
  const asker = askerOf(user, order.merchantId);
  const way = (await wayOf(db(), order, { asker, actor: user.id, amount: checked.amount.minor })) === "refund" ? "refund" : "request";
  const confirming = (more: Partial<RefundFormState>): RefundFormState => ({
    ...{ ...shown, step: "confirm", confirm: { ...confirmOf(checked, locale), way } },
    ...more,
  });
  if (intent !== "send") return confirming({});
  // What is done is what was read: one who confirmed a refund is not taken at their word for a request, nor the other way round.
  if (form.get("way") !== way) return confirming({ message: way === "request" ? translator(locale, "refunds")("changed_way") : null });
  const wanted = {
    ...{ merchantId: order.merchantId, orderId: order.id, attemptId: checked.attempt.id, amountText: values.amountText },
    ...{ reason: values.reason, ...(checked.manual && { note: values.note }), actor: user.id },
    idempotencyKey: keyOf(values, checked.attempt) ?? values.key,
  };
  const sent = way === "refund" ? await send(form, order, wanted) : await ask(user, opened.actor, wanted, asker);
  if ("unproven" in sent) return confirming(sent);
  return { ...shown, step: "enter", ...told(sent, order, locale, words) };
}

type Wanted = Omit<RefundOrder, "asker" | "auditor">;

async function send(form: FormData, order: OrderDetail, wanted: Wanted): Promise<Problem | { unproven: string }> {
  const opened = await openAction("refunds.send", form, order.merchantId);
  if (!opened.ok && opened.problem.startsWith("confirm_")) return { unproven: opened.problem };
  if (!opened.ok) redirect(orderAddress(order.id, { problem: opened.problem === "origin" ? "origin_mismatch" : "forbidden" }));
  const result = await refundOrder({ ...wanted, asker: "refunder", auditor: opened.actor });
  if (result.ok) redirect(orderAddress(order.id, { refund: result.value.refundId }));
  return result.problem;
}

async function ask(user: User, auditor: AuditActor, wanted: Wanted, asker: "refunder" | "requester"): Promise<Problem> {
  const result = await requestRefund({ ...wanted, actor: user.id, asker, auditor });
  if (result.ok) redirect(requestedAddress(result.value.requestId));
  return result.problem;
}

const requestedAddress = (requestId: string) => `/dashboard/refunds/${requestId}?said=requested`;

function confirmOf({ attempt, amount, manual }: Extract<Checked, { manual: boolean }>, locale: Locale) {
  return { amount: moneyText({ amount: amount.minor, currency: amount.currency }, locale), account: attempt.accountTitle, manual };
}

/** A use case's no at the field it is about, its moment in the merchant's zone. */
function told({ code, field, values }: Problem, order: OrderDetail, locale: Locale, { problem }: Words) {
  const at = values?.at ? { at: formatMoment(new Date(values.at), locale, order.timeZone) } : {};
  const message = problem(code as "forbidden", { ...values, ...at });
  return { field: field === "amount" || field === "reason" ? field : null, message } as const;
}
