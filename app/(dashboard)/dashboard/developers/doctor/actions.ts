"use server";
import { worded } from "#app/(dashboard)/dashboard/developers/doctor/worded.ts";
import type { DoctorState } from "#components/dashboard/doctor-form.tsx";
import { db } from "#db/client.ts";
import { currentLocale } from "#lib/action.ts";
import { can, fromOwnPage, merchantsOf, requireUser } from "#lib/auth.ts";
import { examine } from "#lib/doctor/examine.ts";
import { viewOf } from "#lib/doctor/view.ts";
import { translator } from "#lib/i18n/translator.ts";
import { rateLimiter } from "#lib/rate-limit.ts";

const limiter = rateLimiter();
/** Each takes up to a second of this process. */
const RATE = { most: 20, perMs: 60_000 };

/** Examines what was pasted, for somebody who may edit the merchant's developers' things. Stores nothing. */
export async function examineMessage(_before: DoctorState, form: FormData): Promise<DoctorState> {
  const t = translator(await currentLocale(), "doctor");
  const user = await requireUser("/dashboard/developers/doctor");
  const text = String(form.get("text") ?? "").replaceAll("\r\n", "\n");
  const holder = String(form.get("holder") ?? "");
  const said = (problem: string): DoctorState => ({ text, holder, problem, result: null });
  const merchant = (await merchantsOf(user)).find((one) => one.id === form.get("merchant"));
  if (!(await fromOwnPage()) || !merchant || !can(user, merchant.id, "edit_developers")) return said(t("problem.origin"));
  if (!limiter.allow(`doctor ${user.id}`, RATE)) return said(t("problem.too_many"));
  const examined = await examine(db(), merchant.id, { text, holderId: holder || null, at: new Date() });
  if (!examined.ok) return said(t(`problem.${examined.problem}`));
  const view = viewOf(examined.value);
  return { text, holder, problem: null, result: worded(t, view) };
}
