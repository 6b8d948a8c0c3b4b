"use server";
import { redirect } from "next/navigation";
import { readAddress } from "#app/(dashboard)/dashboard/deliveries/filter.ts";
import { reasonOf, refusedReason } from "#app/(dashboard)/reason.ts";
import { refusalText } from "#app/(dashboard)/refusal.ts";
import type { ReasonState } from "#components/dashboard/reason-form.tsx";
import type { Outcome } from "#components/ui/outcome-form.tsx";
import { db } from "#db/client.ts";
import { auditing } from "#db/queries/audit.ts";
import { daySpan } from "#db/queries/dashboard-endpoints.ts";
import { currentLocale } from "#lib/action.ts";
import { fail, type Problem } from "#lib/domain/errors.ts";
import { translator } from "#lib/i18n/translator.ts";
import { openAction, type StaffProblem } from "#lib/staff.ts";
import { replayDeliveries } from "#lib/webhooks/replay.ts";
import { resendDelivery } from "#lib/webhooks/resend.ts";

const DAYS = 7;

async function refusal({ code, values }: Problem): Promise<Outcome> {
  const text = translator(await currentLocale(), "problem")(code as "replay_range", (values ?? {}) as { max: string });
  return { kind: "problem", text };
}

async function refused(problem: StaffProblem): Promise<Outcome> {
  return { kind: "problem", text: (await refusalText(problem)) ?? "" };
}

/** Sends one delivery again, with a reason; its page then says so. */
export async function resend(_before: ReasonState, form: FormData): Promise<ReasonState> {
  const opened = await openAction("deliveries.resend", form);
  const reason = reasonOf(form);
  if (!opened.ok) return refusedReason(reason, opened.problem === "origin" ? "origin_mismatch" : "forbidden");
  if (reason.trim() === "") return refusedReason(reason, "reason_missing");
  const { merchant, actor } = opened;
  const deliveryId = String(form.get("delivery") ?? "").replaceAll("\0", "");
  const also = auditing({ actor, merchantId: merchant.id, action: "deliveries.resend", detail: { reason } }, "delivery");
  const sent = await resendDelivery({ merchantId: merchant.id, deliveryId }, db(), also);
  return sent.ok ? redirect(`/dashboard/deliveries/${deliveryId}?said=resent`) : refusedReason(reason, sent.problem.code);
}

/** Sends again all that a filter shows; without days, of the last seven. */
export async function replay(_before: Outcome | null, form: FormData): Promise<Outcome> {
  const opened = await openAction("deliveries.replay", form);
  if (!opened.ok) return refused(opened.problem);
  const { address, bad } = readAddress(Object.fromEntries([...form].map(([name, value]) => [name, String(value)])));
  if (bad.length > 0) return refusal(fail("form_changed").problem);
  const { merchant, user, actor } = opened;
  const days = await daySpan(db(), address, merchant.timeZone);
  const to = days.to ?? new Date();
  const from = days.from ?? new Date(to.getTime() - DAYS * 86_400_000);
  const { endpoint: endpointId, type, state } = address;
  const detail = { from: from.toISOString(), to: to.toISOString(), endpoint: endpointId ?? null, type: type ?? null, state: state ?? null };
  const also = auditing({ actor, merchantId: merchant.id, action: "deliveries.replay", detail }, "replay");
  const wanted = { merchantId: merchant.id, actor: user.id, endpointId, from, to };
  const asked = await replayDeliveries({ ...wanted, types: type ? [type] : null, states: state ? [state] : null }, db(), also);
  if (!asked.ok) return refusal(asked.problem);
  return { kind: "done", text: translator(await currentLocale(), "webhooks")("deliveries.replaying", { count: asked.value.count }) };
}
