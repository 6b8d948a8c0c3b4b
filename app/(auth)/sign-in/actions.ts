"use server";
import { redirect } from "next/navigation";
import type { SignInState } from "#components/dashboard/sign-in-form.tsx";
import { db } from "#db/client.ts";
import { currentShopper } from "#lib/action.ts";
import { fromOwnPage, rememberSession } from "#lib/auth.ts";
import { dashboardPath } from "#lib/own-path.ts";
import { startSession } from "#lib/sign-in.ts";

/** Signs in and goes to `next` when that is a dashboard path of our own. The password is never sent back. */
export async function signIn(_before: SignInState, form: FormData): Promise<SignInState> {
  const email = String(form.get("email") ?? "").trim();
  const password = String(form.get("password") ?? "");
  if (!(await fromOwnPage())) return { email, problem: "origin" };
  if (!email) return { email, problem: "missing_email" };
  if (!password) return { email, problem: "missing_password" };
  const { ip, userAgent } = await currentShopper();
  const started = await startSession(db(), { email, password, ip, userAgent });
  if (!started.ok) return { email, problem: started.problem };
  await rememberSession(started.sessionId);
  // An address from a form is never followed off the dashboard (reliability.md 9).
  redirect(dashboardPath(String(form.get("next") ?? "")));
}
