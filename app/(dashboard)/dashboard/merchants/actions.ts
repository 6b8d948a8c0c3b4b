"use server";
import { revalidatePath } from "next/cache";
import { placeOf } from "#app/(dashboard)/dashboard/settings/read-place.ts";
import { sendInvitation } from "#app/(dashboard)/dashboard/team/send-invitation.ts";
import { refused, typedIn } from "#app/(dashboard)/staff-form.ts";
import { type InviteState, NOT_INVITED } from "#components/dashboard/invite-form.tsx";
import { type StaffFormState, UNTOUCHED } from "#components/dashboard/staff-form.ts";
import { currentLocale } from "#lib/action.ts";
import { forgetKeys } from "#lib/api/known-keys.ts";
import { MERCHANT_NAME_MAX, readFace } from "#lib/domain/brand.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { openAction } from "#lib/staff.ts";
import { createMerchant } from "#lib/team/merchants.ts";
import { changeSettings } from "#lib/team/settings.ts";

const FIELDS = ["name", "locale", "timeZone", "owner"] as const;

/** Makes a merchant and the invitation of its first owner, whose link is in the answer. */
export async function makeMerchant(_before: InviteState, form: FormData): Promise<InviteState> {
  const locale = await currentLocale();
  const [t, team] = [translator(locale, "settings"), translator(locale, "team")];
  const values = typedIn(form, FIELDS);
  const opened = await openAction("merchants.create", form);
  if (!opened.ok) return { ...NOT_INVITED, ...refused(opened.problem, problemWords(t), values) };
  const read = await readMerchant(t, values);
  if (!read.ok) return { ...NOT_INVITED, problem: t("problem.fields"), errors: read.errors, values };
  const { user, actor } = opened;
  const made = await createMerchant({ ...read.merchant, ownerEmail: values.owner, by: user, actor });
  if (!made.ok) return { ...NOT_INVITED, problem: t("problem.fields"), errors: { owner: team("form.email_invalid") }, values };
  const title = t("merchants.made", { name: read.merchant.name, email: made.invitation.email });
  return { ...NOT_INVITED, link: await sendInvitation(made.invitation, { title, role: "owner", user, merchant: read.merchant, t: team }) };
}

/** Changes a merchant's name, language and zone. */
export async function editMerchant(_before: StaffFormState, form: FormData): Promise<StaffFormState> {
  const t = translator(await currentLocale(), "settings");
  const values = typedIn(form, FIELDS);
  const opened = await openAction("merchants.edit", form);
  if (!opened.ok) return refused(opened.problem, problemWords(t), values);
  const read = await readMerchant(t, values);
  if (!read.ok) return { ...UNTOUCHED, problem: t("problem.fields"), errors: read.errors, values };
  const merchantId = String(form.get("merchant") ?? "");
  const done = await changeSettings({ merchantId, actor: opened.actor, action: "merchants.edit", patch: () => read.merchant });
  return done ? saved(t) : { ...UNTOUCHED, problem: t("merchants.gone"), values };
}

/** Lets a merchant take no new money (docs/decisions says what that means). Other processes know it within two seconds. */
export async function closeMerchant(_before: StaffFormState, form: FormData): Promise<StaffFormState> {
  const t = translator(await currentLocale(), "settings");
  const opened = await openAction("merchants.close", form);
  return opened.ok ? setActive(t, form, opened.actor, false) : refused(opened.problem, problemWords(t));
}

export async function reopenMerchant(_before: StaffFormState, form: FormData): Promise<StaffFormState> {
  const t = translator(await currentLocale(), "settings");
  const opened = await openAction("merchants.reopen", form);
  return opened.ok ? setActive(t, form, opened.actor, true) : refused(opened.problem, problemWords(t));
}

type Actor = Parameters<typeof changeSettings>[0]["actor"];

async function setActive(t: Translator<"settings">, form: FormData, actor: Actor, active: boolean): Promise<StaffFormState> {
  const action = active ? "merchants.reopen" : "merchants.close";
  const done = await changeSettings({ merchantId: String(form.get("merchant") ?? ""), actor, action, patch: () => ({ active }) });
  if (!done) return { ...UNTOUCHED, problem: t("merchants.gone") };
  forgetKeys();
  return saved(t);
}

async function readMerchant(t: Translator<"settings">, values: Record<(typeof FIELDS)[number], string>) {
  const face = readFace({ name: values.name, colour: "", contact: "" });
  const place = await placeOf(values);
  if (face.ok && place) return { ok: true, merchant: { name: face.name, ...place } } as const;
  const name = face.ok ? null : t(`brand.${face.errors.name === "long" ? "long" : "missing"}`, { most: MERCHANT_NAME_MAX });
  const errors = { ...(name && { name }), ...(!place && { timeZone: t("place.zone_unknown") }) };
  return { ok: false, errors } as const;
}

function saved(t: Translator<"settings">): StaffFormState {
  revalidatePath("/dashboard/merchants", "layout");
  return { ...UNTOUCHED, done: t("saved") };
}

function problemWords(t: Translator<"settings">) {
  return { origin: t("problem.origin"), forbidden: t("problem.forbidden") };
}
