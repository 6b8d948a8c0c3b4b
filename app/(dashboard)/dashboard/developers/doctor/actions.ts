"use server";
import { worded } from "#app/(dashboard)/dashboard/developers/doctor/worded.ts";
import { refusalText } from "#app/(dashboard)/refusal.ts";
import type { DoctorState } from "#components/dashboard/doctor-form.tsx";
import { db } from "#db/client.ts";
import { currentLocale } from "#lib/action.ts";
import { examine } from "#lib/doctor/examine.ts";
import { viewOf } from "#lib/doctor/view.ts";
import { translator } from "#lib/i18n/translator.ts";
import { rateLimiter } from "#lib/rate-limit.ts";
import { openAction } from "#lib/staff.ts";

const limiter = rateLimiter();
/** Each takes up to a second of this process. */
const RATE = { most: 20, perMs: 60_000 };

/** Examines what was pasted, for somebody who may edit the merchant's developers' things. Stores nothing. */
export async function examineMessage(_before: DoctorState, form: FormData): Promise<DoctorState> {
  const t = translator(await currentLocale(), "doctor");
  const text = String(form.get("text") ?? "").replaceAll("\r\n", "\n");
  const holder = String(form.get("holder") ?? "");
  const said = (problem: string): DoctorState => ({ text, holder, problem, result: null });
  const opened = await openAction("doctor.examine", form);
  if (!opened.ok) return said((await refusalText(opened.problem)) ?? "");
  const { merchant, user } = opened;
  if (!limiter.allow(`doctor ${user.id}`, RATE)) return said(t("problem.too_many"));
  const examined = await examine(db(), merchant.id, { text, holderId: holder || null, at: new Date() });
  if (!examined.ok) return said(t(`problem.${examined.problem}`));
  const view = viewOf(examined.value);
  return { text, holder, problem: null, result: worded(t, view) };
}
