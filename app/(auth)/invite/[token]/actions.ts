"use server";
import { redirect } from "next/navigation";
import { remember } from "#app/(dashboard)/remember.ts";
import { MERCHANT_COOKIE } from "#app/(dashboard)/screen.ts";
import { typedIn } from "#app/(dashboard)/staff-form.ts";
import { type StaffFormState, UNTOUCHED } from "#components/dashboard/staff-form.ts";
import { currentLocale, currentShopper } from "#lib/action.ts";
import { fromOwnPage, rememberSession } from "#lib/auth.ts";
import { INVITATION_DAYS } from "#lib/domain/team.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { rateLimiter } from "#lib/rate-limit.ts";
import { openAction } from "#lib/staff.ts";
import { type JoinProblem, joinTeam, NAME_MAX, type SignUpProblem, signUp } from "#lib/team/join.ts";

const limiter = rateLimiter();
/** Each try costs a hash of a password. */
const RATE = { most: 20, perMs: 600_000 };

/** For somebody new: makes the account the invitation is for, and signs it in. The password is never sent back. */
export async function signUpByInvitation(_before: StaffFormState, form: FormData): Promise<StaffFormState> {
  const locale = await currentLocale();
  const t = translator(locale, "team");
  const { name, token } = typedIn(form, ["name", "token"]);
  const values = { name };
  if (!(await fromOwnPage())) return { ...UNTOUCHED, problem: t("problem.origin"), values };
  const { ip, userAgent } = await currentShopper();
  if (!limiter.allow(ip, RATE)) return { ...UNTOUCHED, problem: t("join.too_many"), values };
  const text = (field: string) => String(form.get(field) ?? "");
  const made = await signUp({ token, name, password: text("password"), again: text("again"), locale, ip, userAgent });
  if (!made.ok) return { ...signUpState(made, locale, t), values };
  await rememberSession({ sessionId: made.sessionId, userId: made.userId });
  await remember(MERCHANT_COOKIE, made.merchantId);
  redirect("/dashboard");
}

/** For somebody who is signed in: joins with the account they have. */
export async function joinByInvitation(_before: StaffFormState, form: FormData): Promise<StaffFormState> {
  const t = translator(await currentLocale(), "team");
  const opened = await openAction("team.join", form);
  if (!opened.ok) return { ...UNTOUCHED, problem: t(opened.problem === "origin" ? "problem.origin" : "problem.forbidden") };
  const { user, actor } = opened;
  const joined = await joinTeam({ token: String(form.get("token") ?? ""), user, actor });
  if (!joined.ok) return { ...UNTOUCHED, problem: linkText(t, joined.problem, user.email) };
  await remember(MERCHANT_COOKIE, joined.merchantId);
  redirect("/dashboard");
}

function linkText(t: Translator<"team">, problem: JoinProblem, email: string): string {
  if (problem === "other_email") return t("join.other_email", { email });
  if (problem === "already_member") return t("join.already_here");
  return t(`join.${problem}`, { days: INVITATION_DAYS });
}

function signUpState(refused: SignUpProblem, locale: Parameters<typeof translator>[0], t: Translator<"team">): StaffFormState {
  const { field, problem } = refused;
  if (field === "form") {
    return { ...UNTOUCHED, problem: problem === "not_possible" ? t("join.not_possible") : linkText(t, problem, "") };
  }
  if (field === "name") return { ...UNTOUCHED, errors: { name: t(`join.name_${problem}`, { most: NAME_MAX }) } };
  return { ...UNTOUCHED, errors: { [field]: translator(locale, "dashboard")(`password.${problem}`) } };
}
