"use server";
import { redirect } from "next/navigation";
import type { CodeState } from "#components/dashboard/sign-in-code-form.tsx";
import { waitText } from "#components/dashboard/wait-text.ts";
import { db } from "#db/client.ts";
import { currentLocale } from "#lib/action.ts";
import { currentCaller, currentStep, fromOwnPage, rememberSession } from "#lib/auth.ts";
import { translator } from "#lib/i18n/translator.ts";
import { dashboardPath } from "#lib/own-path.ts";
import { finishSignIn } from "#lib/sign-in.ts";

/** The second step of a sign-in: the code. Only now does a session begin. */
export async function enterCode(_before: CodeState, form: FormData): Promise<CodeState> {
  const locale = await currentLocale();
  const t = translator(locale, "safety");
  if (!(await fromOwnPage())) return { problem: t("code.origin") };
  const stepId = await currentStep();
  if (!stepId) redirect("/sign-in?error=step_gone");
  const code = String(form.get("code") ?? "").trim();
  if (!code) return { problem: t("code.missing") };
  const finished = await finishSignIn(db(), { stepId, code, ...(await currentCaller()) });
  if (finished.ok) {
    await rememberSession(finished);
    redirect(dashboardPath(String(form.get("next") ?? "")));
  }
  if (finished.problem === "gone") redirect("/sign-in?error=step_gone");
  return { problem: finished.problem === "wrong" ? t("code.wrong") : waitText(locale, finished.waitSeconds) };
}
