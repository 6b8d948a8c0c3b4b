import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { orderAddress, ownOrder } from "#app/(dashboard)/dashboard/orders/[id]/own-order.ts";
import { refund } from "#app/(dashboard)/dashboard/orders/[id]/refund/actions.ts";
import { refundModes } from "#app/(dashboard)/dashboard/orders/[id]/refund/modes.ts";
import { type RefundRules, refundRules } from "#app/(dashboard)/dashboard/orders/[id]/refund/rules.ts";
import { screenTitle } from "#app/(dashboard)/screen.ts";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { digitsText, moneyText } from "#components/dashboard/money.tsx";
import { RefundForm } from "#components/dashboard/refund-form.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { methodText } from "#components/dashboard/states.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { type AttemptRow, type RefundRow, readAttempts, readRefunds } from "#db/queries/dashboard-order.ts";
import { currentLocale } from "#lib/action.ts";
import { can } from "#lib/auth.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import type { RefundMode } from "#lib/payments/refund-mode.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("refund.title");

/** Refunds part or all of one paid try: amounts first, then a confirmation, then the gateway. */
export default async function RefundPage({ params }: { params: Promise<{ id: string }> }) {
  const { user, order } = await ownOrder((await params).id);
  const locale = await currentLocale();
  const t = translator(locale, "dashboard");
  if (!can(user, order.merchantId, "request_refund")) return <Refusal t={t} merchant={{ name: order.merchantName }} />;
  const asking = translator(locale, "refunds");
  const [attempts, refunds, rules] = await Promise.all([
    readAttempts(db(), order.merchantId, order.id),
    readRefunds(db(), order.merchantId, order.id),
    refundRules(user, order, locale, asking),
  ]);
  const paid = attempts.filter((attempt) => attempt.state === "paid" && attempt.refundedAmount < attempt.amount);
  const modes = await refundModes(order.merchantId, paid);
  const choices = paid.flatMap((attempt) => {
    const mode = modes.get(attempt.id);
    return mode ? [choiceOf(attempt, mode, refunds, t, locale)] : [];
  });
  const [first] = choices;
  return (
    <div className="mx-auto grid max-w-xl gap-5">
      <a
        href={orderAddress(order.id)}
        className="inline-flex min-h-9 items-center gap-1 justify-self-start text-sm text-ink-soft hover:text-ink"
      >
        <Icon name="back" className="size-4" />
        {t("order.title", { reference: order.reference })}
      </a>
      <h1 className="text-xl font-semibold">{rules.always ? asking("form_title") : t("refund.title")}</h1>
      {choices.length < paid.length ? <Notice kind="problem">{t("refund.account_shut")}</Notice> : null}
      {first ? <Rules rules={rules} t={asking} /> : null}
      {first ? (
        <RefundForm
          submit={refund}
          orderId={order.id}
          choices={choices}
          initial={{
            attemptId: choices.length === 1 ? first.id : "",
            amountText: choices.length === 1 ? first.remainingText : "",
            reason: "",
            note: "",
            key: randomUUID(),
            step: "enter",
            field: null,
            message: null,
            confirm: null,
            unproven: null,
          }}
          words={words(t, asking, order.currency)}
          person={confirmView(user, locale)}
        />
      ) : (
        <Empty
          title={t("refund.nothing")}
          text={t("refund.nothingText")}
          next={[{ href: orderAddress(order.id), word: t("common.back") }]}
        />
      )}
    </div>
  );
}

/** What a refund of this person's will meet, before anything is typed. */
function Rules({ rules, t }: { rules: RefundRules; t: Translator<"refunds"> }) {
  return (
    <>
      {rules.waiting.map(({ id, text }) => (
        <Notice key={id} kind="hint">
          {text}{" "}
          <a href={`/dashboard/refunds/${id}`} className="underline underline-offset-3">
            {t("form_waitingLink")}
          </a>
        </Notice>
      ))}
      {rules.told.length > 0 ? (
        <div role="note" className="grid gap-1 rounded-card border border-line bg-surface px-4 py-3 text-sm">
          {rules.told.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
      ) : null}
    </>
  );
}

/** A paid try with what of it is back, on its way, and left. */
function choiceOf(attempt: AttemptRow, mode: RefundMode, refunds: readonly RefundRow[], t: Translator<"dashboard">, locale: Locale) {
  const own = refunds.filter((one) => one.attemptId === attempt.id);
  const sum = (states: readonly string[]) => own.filter((one) => states.includes(one.state)).reduce((total, one) => total + one.amount, 0n);
  const money = (amount: bigint) => moneyText({ amount, currency: attempt.currency }, locale);
  const remaining = attempt.amount - attempt.refundedAmount;
  return {
    id: attempt.id,
    label: t("refund.option", { amount: money(attempt.amount), method: methodText(t, attempt.method), remaining: money(remaining) }),
    mode,
    modeText: mode === "gateway" ? null : t(mode === "manual" ? "refund.manual" : "refund.fullOnly", { account: attempt.accountTitle }),
    remainingText: digitsText({ amount: remaining, currency: attempt.currency }),
    figures: [
      [t("refund.paid"), money(attempt.amount)],
      [t("refund.done"), money(sum(["succeeded", "manual"]))],
      [t("refund.pending"), money(sum(["reserved", "sent", "unknown"]))],
      [t("refund.remaining"), money(remaining)],
    ] as [string, string][],
  };
}

function words(t: Translator<"dashboard">, asking: Translator<"refunds">, currency: string) {
  return {
    which: t("refund.which"),
    amount: t("refund.amount", { currency }),
    amountHint: t.raw("refund.amountHint") as string,
    reason: t("refund.reason"),
    reasonHint: t("refund.reasonHint"),
    note: t("refund.note"),
    noteHint: t("refund.noteHint"),
    amountFixed: t("refund.amountFixed"),
    next: t("refund.continue"),
    confirmTitle: t.raw("refund.confirmTitle") as string,
    confirmText: t.raw("refund.confirmText") as string,
    confirm: t.raw("refund.confirm") as string,
    manualTitle: t.raw("refund.manualTitle") as string,
    manualText: t.raw("refund.manualText") as string,
    manualConfirm: t.raw("refund.manualConfirm") as string,
    askTitle: asking.raw("ask_title") as string,
    askText: asking("ask_text"),
    askManual: asking.raw("ask_manual") as string,
    ask: asking("ask"),
    change: t("refund.change"),
    busy: t("common.working"),
  };
}
