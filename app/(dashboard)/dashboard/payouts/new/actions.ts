"use server";
import { redirect } from "next/navigation";
import { type BadField, type Channel, channelNamed, readRecipient } from "#app/(dashboard)/dashboard/payouts/needs.ts";
import { refusalText } from "#app/(dashboard)/refusal.ts";
import { moneyText } from "#components/dashboard/money.tsx";
import type { PayoutFormState } from "#components/dashboard/payout-form.tsx";
import { channelText } from "#components/dashboard/payout-words.ts";
import { db } from "#db/client.ts";
import { auditing } from "#db/queries/audit.ts";
import { type AccountRow, readAccount } from "#db/queries/dashboard-accounts.ts";
import { currentLocale } from "#lib/action.ts";
import { isMoneyProblem, parseMoney } from "#lib/domain/money.ts";
import type { PayoutAccount } from "#lib/gateways/payout.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { payOut, REMARK_MAX } from "#lib/payments/pay-out.ts";
import { transportProblem } from "#lib/payments/transport.ts";
import { openAction } from "#lib/staff.ts";

interface Words {
  t: Translator<"dashboard">;
  problem: Translator<"problem">;
  locale: Locale;
}

const INPUTS = ["amount", "kind", "number", "name", "mobile", "bankCode", "bankName", "province", "city", "idCard", "remark"] as const;

/**
 * The payout form's three presses: `check` shows to whom how much will go, `change` goes back, `send` pays out. Everything is
 * checked at each press, and the amount and the account again by payOut. One form sends one payout, whatever is pressed.
 */
export async function pay(_before: PayoutFormState, form: FormData): Promise<PayoutFormState> {
  const locale = await currentLocale();
  const words: Words = { t: translator(locale, "dashboard"), problem: translator(locale, "problem"), locale };
  const text = (name: string) =>
    String(form.get(name) ?? "")
      .replaceAll("\0", "")
      .trim()
      .slice(0, 128);
  const values = Object.fromEntries(INPUTS.map((name) => [name, text(name)]));
  const state = { step: "enter", values, key: text("key").slice(0, 64), errors: {}, message: null, confirm: null, proof: null } as const;
  const intent = form.get("intent");
  const opened = await openAction(intent === "send" ? "payouts.send" : "payouts.check", form);
  // Who has to prove themselves still stands at the last step.
  const proof = !opened.ok && opened.problem.startsWith("confirm_") ? opened.problem : null;
  if (!opened.ok && !proof) return { ...state, message: await refusalText(opened.problem) };
  const allowed = opened.ok ? opened : await openAction("payouts.check", form);
  if (!allowed.ok) return { ...state, message: await refusalText(allowed.problem) };
  const { merchant, user, actor } = allowed;
  const account = await readAccount(db(), merchant.id, text("account"));
  const channel = channelNamed(account && gatewayById(account.gateway), text("channel"));
  if (!account || !channel.ok || transportProblem(account) !== null) return { ...state, message: words.problem("account_not_found") };
  const checked = check(values, channel.value, words);
  if ("errors" in checked) return { ...state, errors: checked.errors, message: words.t("payouts.problems") };
  if (intent === "change") return state;
  if (intent !== "send" || proof)
    return { ...state, step: "confirm", confirm: confirmOf(checked, account, channel.value, values, words), proof };
  const detail = {
    amount: `${values.amount} CNY`,
    account: account.title,
    channel: channel.value.name,
    ending: checked.recipient.number.slice(-4),
  };
  const also = auditing({ actor, merchantId: merchant.id, action: "payouts.send", detail }, "payout");
  const wanted = {
    ...{ merchantId: merchant.id, accountId: account.id, channel: channel.value.name, amountText: values.amount ?? "" },
    ...{ recipient: checked.recipient, remark: values.remark ?? "", actor: user.id, idempotencyKey: state.key },
  };
  const result = await payOut(wanted, db(), also);
  if (result.ok) redirect(`/dashboard/payouts/${result.value.payoutId}`);
  const { code, field } = result.problem;
  const said = words.problem(code as "forbidden");
  return INPUTS.some((one) => one === field)
    ? { ...state, errors: { [field ?? ""]: said }, message: words.t("payouts.problems") }
    : { ...state, message: said };
}

interface Checked {
  amount: string;
  recipient: PayoutAccount;
}

function check(values: Readonly<Record<string, string>>, channel: Channel, words: Words): Checked | { errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const amount = parseMoney(values.amount ?? "", "CNY");
  if (values.amount === "") errors.amount = words.t("payouts.amountMissing");
  else if (isMoneyProblem(amount)) errors.amount = words.problem(`amount_${amount}`);
  else if (amount.minor === 0n) errors.amount = words.problem("amount_zero");
  const read = readRecipient(values, channel);
  if (!read.ok) for (const [field, why] of Object.entries(read.bad)) errors[field] = words.t(`payouts.bad_${why satisfies BadField}`);
  if (channel.remark === "always" && !values.remark) errors.remark = words.t("payouts.bad_needed");
  if ((values.remark ?? "").length > REMARK_MAX) errors.remark = words.t("payouts.bad_text");
  if (isMoneyProblem(amount) || !read.ok || Object.keys(errors).length > 0) return { errors };
  return { amount: moneyText({ amount: amount.minor, currency: amount.currency }, words.locale), recipient: read.recipient };
}

function confirmOf(checked: Checked, account: AccountRow, channel: Channel, values: Readonly<Record<string, string>>, { t }: Words) {
  const { recipient } = checked;
  const bank = channel.banks.find(({ code }) => code === recipient.bankCode)?.name;
  const lines: [string, string | undefined][] = [
    [t("payouts.name"), `${recipient.name} (${t(`payouts.${recipient.kind}`)})`],
    // Four by four, as on the card: that is how people compare them.
    [t("payouts.number"), recipient.number.replace(/(\d{4})(?=\d)/g, "$1 ")],
    [t("payouts.bank"), bank ?? ([recipient.bankName, recipient.bankCode].filter(Boolean).join(" ") || undefined)],
    [t("payouts.mobile"), recipient.mobile],
    [t("payouts.place"), [recipient.province, recipient.city].filter(Boolean).join(" ") || undefined],
    [t("payouts.idCard"), recipient.idCard],
    [t("payouts.remark"), values.remark || undefined],
    [t("payouts.from"), `${account.title} · ${channelText(t, channel.name)}`],
  ];
  return { amount: checked.amount, lines: lines.filter((line): line is [string, string] => line[1] !== undefined) };
}
