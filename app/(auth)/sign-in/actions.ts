"use server";
import { redirect } from "next/navigation";
import type { SignInState } from "#components/dashboard/sign-in-form.tsx";
import { waitText } from "#components/dashboard/wait-text.ts";
import { db } from "#db/client.ts";
import { currentLocale } from "#lib/action.ts";
import { currentCaller, fromOwnPage, rememberSession, rememberStep } from "#lib/auth.ts";
import { dashboardPath } from "#lib/own-path.ts";
import { startSession } from "#lib/sign-in.ts";

/**
 * Signs in and goes to `next` when that is a dashboard path of our own, or asks for the code first. The password is never
 * sent back.
 */
export async function signIn(_before: SignInState, form: FormData): Promise<SignInState> {
  const email = String(form.get("email") ?? "").trim();
  const password = String(form.get("password") ?? "");
  if (!(await fromOwnPage())) return { email, problem: "origin" };
  if (!email) return { email, problem: "missing_email" };
  if (!password) return { email, problem: "missing_password" };
  const started = await startSession(db(), { email, password, ...(await currentCaller()) });
  // An address from a form is never followed off the dashboard (reliability.md 9).
  const next = dashboardPath(String(form.get("next") ?? ""));
  if (started.ok) {
    await rememberSession(started);
    redirect(next);
  }
  if (started.problem === "code_needed") {
    await rememberStep(started.stepId);
    redirect(`/sign-in/code?next=${encodeURIComponent(next)}`);
  }
  if (started.problem === "wrong") return { email, problem: "wrong" };
  return { email, problem: "too_many", wait: waitText(await currentLocale(), started.waitSeconds) };
}
