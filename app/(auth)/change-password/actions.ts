"use server";
import { redirect } from "next/navigation";
import type { PasswordState } from "#components/dashboard/password-form.tsx";
import { db } from "#db/client.ts";
import { currentShopper } from "#lib/action.ts";
import { currentUser, fromOwnPage, rememberSession } from "#lib/auth.ts";
import { changePassword } from "#lib/change-password.ts";
import { renewSession } from "#lib/sign-in.ts";

/** Changes the signed-in person's own password, then goes to the dashboard. */
export async function savePassword(_before: PasswordState, form: FormData): Promise<PasswordState> {
  if (!(await fromOwnPage())) return { field: "form", problem: "origin" };
  const user = await currentUser();
  if (!user) redirect("/sign-in?next=/dashboard");
  const { ip, userAgent } = await currentShopper();
  const text = (name: string) => String(form.get(name) ?? "");
  const actor = { kind: "user", id: user.id, name: user.name, ip, userAgent } as const;
  const given = { user, actor, current: text("current"), code: text("code").trim(), next: text("next"), again: text("again") };
  const refused = await changePassword(db(), given);
  if (refused) return refused;
  const sessionId = await renewSession(db(), { userId: user.id, sessionId: user.sessionId, ip, userAgent });
  await rememberSession({ sessionId, userId: user.id });
  redirect(user.mustChangePassword ? "/dashboard?said=password" : "/dashboard/security?said=password");
}
