"use server";
import { notFound, redirect } from "next/navigation";
import { HERE } from "#app/(dashboard)/dashboard/refunds/filter.ts";
import type { DecideState } from "#components/dashboard/refund-decide-form.tsx";
import { db } from "#db/client.ts";
import { type RequestDetail, readRequest } from "#db/queries/dashboard-refunds.ts";
import { currentLocale } from "#lib/action.ts";
import { can, requireUser, scopeOf } from "#lib/auth.ts";
import type { ProblemCode } from "#lib/domain/errors.ts";
import { formatMoment } from "#lib/i18n/format.ts";
import { translator } from "#lib/i18n/translator.ts";
import { approveRequest, declineRequest } from "#lib/payments/decide-request.ts";
import { withdrawRequest } from "#lib/payments/end-request.ts";
import { REASON_MAX } from "#lib/payments/refund-order.ts";
import { openAction } from "#lib/staff.ts";

/** The request a form is about, of a merchant its sender belongs to; 404 for a foreign and for an unknown one alike. */
async function ownRequest(form: FormData): Promise<RequestDetail> {
  const id = String(form.get("request") ?? "");
  const user = await requireUser(HERE);
  const request = /^[\w-]{1,64}$/.test(id) ? await readRequest(db(), scopeOf(user), id) : null;
  return request ?? notFound();
}

const address = (id: string, came: Record<string, string>) => `${HERE}/${id}?${new URLSearchParams(came)}`;

/** Approves or declines, as the button says. What no longer fits is told where it was pressed, with what was typed. */
export async function decide(_before: DecideState, form: FormData): Promise<DecideState> {
  const request = await ownRequest(form);
  const declining = form.get("intent") === "decline";
  const problem = translator(await currentLocale(), "problem");
  const decision = String(form.get("decision") ?? "").slice(0, REASON_MAX);
  const again = (more: Partial<DecideState>): DecideState => ({ decision, field: null, message: null, unproven: null, ...more });
  const opened = await openAction(declining ? "refunds.decline" : "refunds.approve", form, request.merchantId);
  if (!opened.ok) {
    if (opened.problem.startsWith("confirm_")) return again({ unproven: opened.problem });
    return again({ message: problem(opened.problem === "origin" ? "origin_mismatch" : "forbidden") });
  }
  const { user, actor } = opened;
  const person = { id: user.id, approves: can(user, request.merchantId, "approve_refund") };
  const input = { merchantId: request.merchantId, requestId: request.id, person, reason: decision, auditor: actor };
  const result = declining ? await declineRequest(input) : await approveRequest(input);
  if (result.ok) redirect(address(request.id, { said: declining ? "declined" : "approved" }));
  const { code, field, values } = result.problem;
  // Somebody else was quicker: the page says how it ended.
  if (code === "request_ended") redirect(address(request.id, { problem: code }));
  const at = values?.at ? { at: formatMoment(new Date(values.at), await currentLocale(), request.timeZone) } : {};
  return again({ field: field === "reason" ? "decision" : null, message: problem(code as "forbidden", { ...values, ...at }) });
}

/** Takes one's own request back. */
export async function withdraw(form: FormData): Promise<void> {
  const request = await ownRequest(form);
  const opened = await openAction("refunds.withdraw", form, request.merchantId);
  const refuse = (problem: ProblemCode): never => redirect(address(request.id, { problem }));
  if (!opened.ok) return refuse(opened.problem === "origin" ? "origin_mismatch" : "forbidden");
  const { merchantId, id: requestId } = request;
  const result = await withdrawRequest({ merchantId, requestId, actor: opened.user.id, auditor: opened.actor });
  if (!result.ok) return refuse(result.problem.code);
  redirect(address(request.id, { said: "withdrawn" }));
}
