"use server";
import { redirect } from "next/navigation";
import { type Reading, readCounterForm } from "#app/(dashboard)/dashboard/counter/read-form.ts";
import { refusalText } from "#app/(dashboard)/refusal.ts";
import type { CounterFormState } from "#components/dashboard/counter-form.tsx";
import { db } from "#db/client.ts";
import { auditing } from "#db/queries/audit.ts";
import { currentLocale } from "#lib/action.ts";
import type { Problem } from "#lib/domain/errors.ts";
import { localeOf } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import { type ScanFor, scanPay } from "#lib/payments/scan-pay.ts";
import { openAction } from "#lib/staff.ts";

const HERE = "/dashboard/counter";

/**
 * The counter's one press: charges the scanned code for a new order, then shows how it goes. Without a code it only checks the
 * amount and asks for the code. Whatever is wrong is said at its field; the code itself goes nowhere but to the gateway.
 */
export async function charge(_before: CounterFormState, form: FormData): Promise<CounterFormState> {
  const locale = await currentLocale();
  const words = { t: translator(locale, "dashboard"), problem: translator(locale, "problem") };
  const read: Reading = readCounterForm(form, words);
  const { values } = read;
  const opened = await openAction("counter.charge", form);
  if (!opened.ok) return { ...values, field: null, message: await refusalText(opened.problem) };
  const { merchant, user, actor } = opened;
  if (!read.ok) return { ...values, field: read.field, message: read.message };
  const wanted: ScanFor = {
    amountText: values.amountText,
    currency: read.currency,
    title: values.title || translator(localeOf({ order: merchant.locale }), "dashboard")("counter.defaultTitle"),
    live: values.kind === "live",
    idempotencyKey: values.key,
    ...(values.reference && { reference: values.reference }),
  };
  const detail = { amount: `${values.amountText} ${read.currency}`, live: wanted.live };
  const also = auditing({ actor, merchantId: merchant.id, action: "counter.charge", detail }, "order");
  const asked = { merchantId: merchant.id, authCode: read.code, for: wanted, actor: user.id, clientIp: actor.ip };
  const result = await scanPay(asked, db(), also);
  if (result.ok) redirect(`${HERE}/${result.value.orderId}`);
  const { problem } = result;
  // The shop's number led to an order that is over: its page would show another shopper's payment as this one's.
  if (values.reference && OVER.has(problem.code)) return { ...values, field: "reference", message: words.t("counter.referenceOver") };
  // The order is there and waits for another code: the next page says why and takes it.
  if (problem.values?.order) redirect(`${HERE}/${problem.values.order}?problem=${problem.code}`);
  return { ...values, field: fieldOf(problem), message: words.problem(problem.code as "forbidden", problem.values) };
}

/** Charges another code for an order that is there: the first was refused, or its shopper did not confirm. */
export async function chargeAgain(form: FormData): Promise<void> {
  const orderId = String(form.get("order") ?? "");
  const at = /^[\w-]{1,64}$/.test(orderId) ? `${HERE}/${orderId}` : HERE;
  const back = (code: string): never => redirect(`${at}?problem=${code}`);
  const opened = await openAction("counter.charge", form);
  if (!opened.ok) return back(opened.problem === "origin" ? "origin_mismatch" : "forbidden");
  const { merchant, user, actor } = opened;
  const authCode = String(form.get("code") ?? "").slice(0, 128);
  const also = auditing({ actor, merchantId: merchant.id, action: "counter.charge", detail: { again: true } }, "order");
  const result = await scanPay({ merchantId: merchant.id, authCode, for: { orderId }, actor: user.id, clientIp: actor.ip }, db(), also);
  if (!result.ok) back(result.problem.code);
  redirect(at);
}

const OVER: ReadonlySet<string> = new Set(["order_not_open", "order_expired"]);

const FIELDS: Readonly<Record<string, CounterFormState["field"]>> = {
  amount: "amount",
  auth_code: "code",
  title: "title",
  reference: "reference",
};

function fieldOf(problem: Problem): CounterFormState["field"] {
  return FIELDS[problem.field ?? ""] ?? null;
}
