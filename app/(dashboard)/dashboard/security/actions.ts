"use server";
import { redirect } from "next/navigation";
import type { TwoStepState } from "#components/dashboard/two-step-enrol.tsx";
import { db, inTransaction } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { revokeOwnSession, revokeSessionsOf } from "#db/queries/dashboard-sessions.ts";
import { currentLocale } from "#lib/action.ts";
import { ENROL_PATH } from "#lib/auth.ts";
import type { StaffAction } from "#lib/domain/staff-actions.ts";
import { translator } from "#lib/i18n/translator.ts";
import { type Opened, openAction, type StaffProblem } from "#lib/staff.ts";
import * as twoStep from "#lib/two-step.ts";

const HERE = "/dashboard/security";

/** Proves who sits here, before the page shows an app's key. */
export async function proveFirst(_before: TwoStepState, form: FormData): Promise<TwoStepState> {
  const opened = await openAction("safety.begin", form);
  if (!opened.ok) return refused(opened.problem);
  redirect(ENROL_PATH);
}

/** Switches two-step sign-in on when the code is the app's; the recovery codes are in the answer, once. */
export async function enrol(_before: TwoStepState, form: FormData): Promise<TwoStepState> {
  const t = translator(await currentLocale(), "safety");
  const opened = await openAction("safety.enrol", form);
  if (!opened.ok) return refused(opened.problem);
  const code = String(form.get("code") ?? "").trim();
  if (!code) return { problem: t("code.missing"), confirm: null, codes: null };
  const { id: userId, sessionId } = opened.user;
  const codes = await inTransaction(db(), async (tx) => {
    const made = await twoStep.confirmEnrolment(tx, { userId, sessionId, code });
    if (made) await appendAudit(tx, entryOf(opened, "safety.enrol"));
    return made;
  });
  return codes ? { problem: null, confirm: null, codes } : { problem: t("enrol.wrong"), confirm: null, codes: null };
}

/** Ten new recovery codes; they are in the answer, once. */
export async function renewCodes(_before: TwoStepState, form: FormData): Promise<TwoStepState> {
  const opened = await openAction("safety.recovery_codes", form);
  if (!opened.ok) return refused(opened.problem);
  if (!opened.user.twoStep) redirect(HERE);
  const codes = await inTransaction(db(), async (tx) => {
    const made = await twoStep.renewRecoveryCodes(tx, opened.user.id);
    await appendAudit(tx, entryOf(opened, "safety.recovery_codes"));
    return made;
  });
  return { problem: null, confirm: null, codes };
}

/** Switches two-step sign-in off, where no merchant of the person's asks for it. */
export async function switchOff(_before: TwoStepState, form: FormData): Promise<TwoStepState> {
  const opened = await openAction("safety.switch_off", form);
  if (!opened.ok) return refused(opened.problem);
  const { id: userId, sessionId, twoStepAskedBy } = opened.user;
  if (twoStepAskedBy) return refused("forbidden");
  await inTransaction(db(), async (tx) => {
    if (await twoStep.switchOff(tx, { userId, sessionId })) await appendAudit(tx, entryOf(opened, "safety.switch_off"));
  });
  redirect(`${HERE}?said=off`);
}

/** Ends one of the person's own sessions. */
export async function endOwnSession(form: FormData): Promise<void> {
  const opened = await openAction("safety.end_session", form);
  if (!opened.ok) redirect(`${HERE}?said=refused`);
  const sessionId = String(form.get("session") ?? "").slice(0, 100);
  const ended = await inTransaction(db(), async (tx) => {
    const was = await revokeOwnSession(tx, opened.user.id, sessionId);
    if (was) await appendAudit(tx, { ...entryOf(opened, "safety.end_session"), target: { kind: "session", id: sessionId } });
    return was;
  });
  redirect(`${HERE}?said=${ended ? "ended" : "gone"}`);
}

/** Ends all of the person's sessions but this one. */
export async function endOtherSessions(form: FormData): Promise<void> {
  const opened = await openAction("safety.end_sessions", form);
  if (!opened.ok) redirect(`${HERE}?said=refused`);
  await inTransaction(db(), async (tx) => {
    const count = await revokeSessionsOf(tx, opened.user.id, opened.user.sessionId);
    await appendAudit(tx, { ...entryOf(opened, "safety.end_sessions"), detail: { ended: count } });
  });
  redirect(`${HERE}?said=ended_all`);
}

type OpenedOwn = Extract<Opened<null>, { ok: true }>;

function entryOf({ actor, user }: OpenedOwn, action: StaffAction) {
  return { actor, merchantId: null, action, target: { kind: "user", id: user.id }, detail: {} };
}

async function refused(problem: StaffProblem): Promise<TwoStepState> {
  if (problem !== "origin" && problem !== "forbidden") return { problem: null, confirm: problem, codes: null };
  return { problem: translator(await currentLocale(), "safety")(`problem.${problem}`), confirm: null, codes: null };
}
