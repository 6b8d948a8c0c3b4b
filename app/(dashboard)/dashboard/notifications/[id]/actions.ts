"use server";
import { redirect } from "next/navigation";
import { problemText } from "#app/(dashboard)/dashboard/notifications/words.ts";
import type { ReasonState } from "#components/dashboard/reason-form.tsx";
import { currentLocale } from "#lib/action.ts";
import { translator } from "#lib/i18n/translator.ts";
import { type Decided, type Decision, type DecisionProblem, setAside as setAsideNotification } from "#lib/payments/decide-notification.ts";
import { matchOrphan } from "#lib/payments/match-orphan.ts";
import { replayNotification } from "#lib/payments/replay-notification.ts";
import { openAction } from "#lib/staff.ts";

type Action = "notifications.match" | "notifications.replay" | "notifications.set_aside";

/** Gives an orphan to an order, if the gateway says that its number is paid. */
export async function match(_before: ReasonState, form: FormData): Promise<ReasonState> {
  return decide("notifications.match", form, async (decision, orderId) =>
    orderId === "" ? { ok: false, problem: "order_missing" } : matchOrphan({ ...decision, orderId }),
  );
}

/** Works a notification through again: the gateway's answer decides. */
export async function replay(_before: ReasonState, form: FormData): Promise<ReasonState> {
  return decide("notifications.replay", form, (decision) => replayNotification(decision));
}

/** Takes one off the list of what waits, with a reason; moves no money. */
export async function setAside(_before: ReasonState, form: FormData): Promise<ReasonState> {
  return decide("notifications.set_aside", form, (decision) => setAsideNotification(decision));
}

const FIELDS: Partial<Record<DecisionProblem, ReasonState["field"]>> = { reason_missing: "reason", order_missing: "choice" };

async function decide(
  name: Action,
  form: FormData,
  carryOut: (decision: Decision, orderId: string) => Promise<Decided>,
): Promise<ReasonState> {
  const text = (field: string) => String(form.get(field) ?? "").replaceAll("\0", "");
  const typed = { reason: text("reason"), chosen: text("choice") };
  const locale = await currentLocale();
  const words = translator(locale, "inbox");
  const opened = await openAction(name, form);
  if (!opened.ok) {
    const { problem } = opened;
    if (problem === "origin" || problem === "forbidden")
      return { ...typed, field: null, message: words(`problem.${problem}`), confirm: null };
    return { ...typed, field: null, message: null, confirm: problem };
  }
  const notificationId = text("notification");
  const decision = { merchantId: opened.merchant.id, notificationId, reason: typed.reason, actor: opened.actor };
  const decided = await carryOut(decision, typed.chosen);
  if (decided.ok && decided.payoutId) redirect(`/dashboard/payouts/${decided.payoutId}?said=asked`);
  if (decided.ok) redirect(`/dashboard/notifications/${encodeURIComponent(notificationId)}?said=1`);
  return { ...typed, field: FIELDS[decided.problem] ?? null, message: problemText(decided, locale), confirm: null };
}
