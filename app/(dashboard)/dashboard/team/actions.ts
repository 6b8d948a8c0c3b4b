"use server";
import { redirect } from "next/navigation";
import { sendInvitation } from "#app/(dashboard)/dashboard/team/send-invitation.ts";
import { refused, typedIn } from "#app/(dashboard)/staff-form.ts";
import { type InviteState, NOT_INVITED } from "#components/dashboard/invite-form.tsx";
import { type StaffFormState, UNTOUCHED } from "#components/dashboard/staff-form.ts";
import { currentLocale } from "#lib/action.ts";
import { INVITATIONS_MAX, ROLES_DOWN } from "#lib/domain/team.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { openAction } from "#lib/staff.ts";
import { invite, renew, withdraw } from "#lib/team/invitations.ts";
import { changeRole, type MemberOutcome, removeMember, signOutMember } from "#lib/team/members.ts";

/** Invites somebody: the link is in the answer, this once. */
export async function inviteMember(_before: InviteState, form: FormData): Promise<InviteState> {
  const t = translator(await currentLocale(), "team");
  const values = typedIn(form, ["email", "role"]);
  const role = ROLES_DOWN.find((one) => one === values.role);
  const opened = await openAction("team.invite", form);
  if (!opened.ok) return { ...NOT_INVITED, ...refused(opened.problem, problemWords(t), values) };
  if (!role) return { ...NOT_INVITED, values, errors: { role: t("form.role_missing") } };
  const { user, merchant, actor } = opened;
  const made = await invite({ merchantId: merchant.id, email: values.email, role, by: user, actor });
  if (!made.ok) {
    const { problem } = made;
    const errors = problem === "forbidden" ? { role: t("problem.forbidden") } : { email: t(`form.${problem}`, { most: INVITATIONS_MAX }) };
    return { ...NOT_INVITED, values, errors };
  }
  return { ...NOT_INVITED, link: await sendInvitation(made, { title: t("link.made", { email: made.email }), role, user, merchant, t }) };
}

/** Makes a new link for an invitation. */
export async function resendInvitation(_before: InviteState, form: FormData): Promise<InviteState> {
  const t = translator(await currentLocale(), "team");
  const opened = await openAction("team.resend", form);
  if (!opened.ok) return { ...NOT_INVITED, ...refused(opened.problem, problemWords(t)) };
  const { user, merchant, actor } = opened;
  const made = await renew({ merchantId: merchant.id, id: String(form.get("invitation") ?? ""), by: user, actor });
  if (!made.ok) return { ...NOT_INVITED, problem: t(made.problem === "gone" ? "one.gone" : "problem.forbidden") };
  const title = t("link.renewed", { email: made.email });
  return { ...NOT_INVITED, link: await sendInvitation(made, { title, role: made.role, user, merchant, t }) };
}

export async function withdrawInvitation(_before: StaffFormState, form: FormData): Promise<StaffFormState> {
  const t = translator(await currentLocale(), "team");
  const opened = await openAction("team.withdraw", form);
  if (!opened.ok) return refused(opened.problem, problemWords(t));
  const { user, merchant, actor } = opened;
  const done = await withdraw({ merchantId: merchant.id, id: String(form.get("invitation") ?? ""), by: user, actor });
  if (!done.ok) return { ...UNTOUCHED, problem: t(done.problem === "gone" ? "one.gone" : "problem.forbidden") };
  redirect("/dashboard/team?said=withdrawn");
}

export async function giveRole(_before: StaffFormState, form: FormData): Promise<StaffFormState> {
  const t = translator(await currentLocale(), "team");
  const { role: typed, member: userId } = typedIn(form, ["role", "member"]);
  const role = ROLES_DOWN.find((one) => one === typed);
  const opened = await openAction("team.role", form);
  if (!opened.ok) return refused(opened.problem, problemWords(t), { role: typed });
  if (!role) return { ...UNTOUCHED, problem: t("form.role_missing") };
  const { user, merchant, actor } = opened;
  const done = await changeRole({ merchantId: merchant.id, userId, role, by: user, actor });
  if (!done.ok) return { ...UNTOUCHED, problem: t(`problem.${done.problem}`), values: { role: typed } };
  redirect(userId === user.id ? "/dashboard/team?said=role" : `/dashboard/team/${userId}?said=role`);
}

export async function takeOut(_before: StaffFormState, form: FormData): Promise<StaffFormState> {
  const t = translator(await currentLocale(), "team");
  const { member: userId } = typedIn(form, ["member"]);
  const opened = await openAction("team.remove", form);
  if (!opened.ok) return refused(opened.problem, problemWords(t));
  const { user, merchant, actor } = opened;
  const done = await removeMember({ merchantId: merchant.id, userId, by: user, actor });
  if (!done.ok) return refusedMember(t, done);
  redirect(userId === user.id ? "/dashboard" : "/dashboard/team?said=removed");
}

export async function endSessions(_before: StaffFormState, form: FormData): Promise<StaffFormState> {
  const t = translator(await currentLocale(), "team");
  const { member: userId } = typedIn(form, ["member"]);
  const opened = await openAction("team.sign_out", form);
  if (!opened.ok) return refused(opened.problem, problemWords(t));
  const { user, merchant, actor } = opened;
  const done = await signOutMember({ merchantId: merchant.id, userId, exceptSession: user.sessionId, by: user, actor });
  if (!done.ok) return refusedMember(t, done);
  redirect(`/dashboard/team/${userId}?said=signed_out`);
}

function refusedMember(t: Translator<"team">, { problem }: Extract<MemberOutcome, { ok: false }>): StaffFormState {
  return { ...UNTOUCHED, problem: t(`problem.${problem}`) };
}

function problemWords(t: Translator<"team">) {
  return { origin: t("problem.origin"), forbidden: t("problem.forbidden") };
}
