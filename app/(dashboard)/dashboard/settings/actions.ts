"use server";
import { revalidatePath } from "next/cache";
import { readLimitsForm } from "#app/(dashboard)/dashboard/settings/read-limits.ts";
import { placeOf } from "#app/(dashboard)/dashboard/settings/read-place.ts";
import { refused, typedIn } from "#app/(dashboard)/staff-form.ts";
import type { DeskSecretsState } from "#components/dashboard/desk-secrets-form.tsx";
import { type StaffFormState, UNTOUCHED } from "#components/dashboard/staff-form.ts";
import type { MerchantSettings } from "#db/queries/merchant-settings.ts";
import { currentLocale } from "#lib/action.ts";
import { CONTACT_MAX, MERCHANT_NAME_MAX, readFace } from "#lib/domain/brand.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { rollDeskSecret, showDeskSecrets } from "#lib/payments/desk-secret.ts";
import { openAction } from "#lib/staff.ts";
import { changeSettings, saveLimits } from "#lib/team/settings.ts";

const PAGE = "/dashboard/settings";

/** Name, colour and contact, as shoppers see them. */
export async function saveBrand(_before: StaffFormState, form: FormData): Promise<StaffFormState> {
  const t = translator(await currentLocale(), "settings");
  const values = typedIn(form, ["name", "colour", "contact"]);
  const opened = await openAction("settings.brand", form);
  if (!opened.ok) return refused(opened.problem, problemWords(t), values);
  const face = readFace(values);
  if (!face.ok) {
    const { name, colour, contact } = face.errors;
    const errors = {
      ...(name && { name: t(`brand.${name === "missing" ? "missing" : "long"}`, { most: MERCHANT_NAME_MAX }) }),
      ...(colour && { colour: t("brand.colourProblem") }),
      ...(contact && { contact: t("brand.long", { most: CONTACT_MAX }) }),
    };
    return { ...UNTOUCHED, problem: t("problem.fields"), errors, values };
  }
  const { name, colour, contact } = face;
  const brandOf = ({ brand: { logoUrl } }: MerchantSettings) => ({
    ...(logoUrl && { logoUrl }),
    ...(colour && { colour }),
    ...(contact && { supportContact: contact }),
  });
  await changeSettings({ ...about(opened), action: "settings.brand", patch: (now) => ({ name, brand: brandOf(now) }) });
  return saved(t);
}

export async function savePlace(_before: StaffFormState, form: FormData): Promise<StaffFormState> {
  const t = translator(await currentLocale(), "settings");
  const values = typedIn(form, ["locale", "timeZone"]);
  const opened = await openAction("settings.place", form);
  if (!opened.ok) return refused(opened.problem, problemWords(t), values);
  const place = await placeOf(values);
  if (!place) return { ...UNTOUCHED, errors: { timeZone: t("place.zone_unknown") }, values };
  await changeSettings({ ...about(opened), action: "settings.place", patch: () => place });
  return saved(t);
}

export async function savePolicies(_before: StaffFormState, form: FormData): Promise<StaffFormState> {
  const t = translator(await currentLocale(), "settings");
  const values = typedIn(form, ["late", "surplus"]);
  const opened = await openAction("settings.policies", form);
  if (!opened.ok) return refused(opened.problem, problemWords(t), values);
  // Whatever is not the word for it leaves the money to a person.
  const policy = (typed: string) => (typed === "refund" ? "refund" : "review");
  const patch = { latePolicy: policy(values.late), surplusPolicy: policy(values.surplus) } as const;
  await changeSettings({ ...about(opened), action: "settings.policies", patch: () => patch });
  return saved(t);
}

export async function saveRefundLimits(_before: StaffFormState, form: FormData): Promise<StaffFormState> {
  const t = translator(await currentLocale(), "settings");
  const read = readLimitsForm(form, (currency) => t("limits.amount", { currency }));
  const opened = await openAction("settings.limits", form);
  if (!opened.ok) return refused(opened.problem, problemWords(t), read.values);
  if (!read.ok) return { ...UNTOUCHED, problem: t("problem.fields"), errors: read.errors, values: read.values };
  await saveLimits({ ...about(opened), limits: read.limits });
  return saved(t);
}

export async function saveTwoStep(_before: StaffFormState, form: FormData): Promise<StaffFormState> {
  const t = translator(await currentLocale(), "settings");
  const values = typedIn(form, ["required"]);
  const opened = await openAction("settings.two_step", form);
  if (!opened.ok) return refused(opened.problem, problemWords(t), values);
  await changeSettings({ ...about(opened), action: "settings.two_step", patch: () => ({ requireTotp: values.required === "on" }) });
  return saved(t);
}

export async function saveDesk(_before: StaffFormState, form: FormData): Promise<StaffFormState> {
  const t = translator(await currentLocale(), "settings");
  const values = typedIn(form, ["unsigned"]);
  const opened = await openAction("settings.desk", form);
  if (!opened.ok) return refused(opened.problem, problemWords(t), values);
  const deskUnsigned = (["test", "live"] as const).find((one) => one === values.unsigned) ?? "no";
  await changeSettings({ ...about(opened), action: "settings.desk", patch: () => ({ deskUnsigned }) });
  return saved(t);
}

/** Shows both secrets that sign `/desk` addresses, or makes one of them anew. */
export async function deskSecretsAction(_before: DeskSecretsState, form: FormData): Promise<DeskSecretsState> {
  const t = translator(await currentLocale(), "settings");
  const roll = (["test", "live"] as const).find((one) => one === form.get("do"));
  const opened = roll ? await openAction("settings.desk_roll", form) : await openAction("settings.desk_secrets", form);
  if (!opened.ok) return { ...refused(opened.problem, problemWords(t)), secrets: null };
  if (!roll) return { ...UNTOUCHED, secrets: await showDeskSecrets(about(opened)) };
  return { ...UNTOUCHED, done: t("desk.rolled"), secrets: await rollDeskSecret({ ...about(opened), mode: roll }) };
}

function about<A>({ merchant, actor }: { merchant: { id: string }; actor: A }) {
  return { merchantId: merchant.id, actor };
}

function saved(t: Translator<"settings">): StaffFormState {
  revalidatePath(PAGE);
  return { ...UNTOUCHED, done: t("saved") };
}

function problemWords(t: Translator<"settings">) {
  return { origin: t("problem.origin"), forbidden: t("problem.forbidden") };
}
