"use server";
import { redirect } from "next/navigation";
import type { KeyFormState, KeyFormValues } from "#components/dashboard/api-key-form.tsx";
import type { RollKeyState } from "#components/dashboard/api-key-roll.tsx";
import { currentLocale } from "#lib/action.ts";
import { createKey, OVERLAP_HOURS, revokeKey, rollKey } from "#lib/api/keys.ts";
import { isScope } from "#lib/api/scopes.ts";
import { can, fromOwnPage, merchantsOf, requireUser } from "#lib/auth.ts";
import { translator } from "#lib/i18n/translator.ts";

const HERE = "/dashboard/developers/keys";
const DAY_MS = 86_400_000;
const DAYS = ["0", "30", "90", "365"];

/** Who sends a form and for which merchant, when they may edit its developers' things and the form is from a page of ours. */
async function editable(form: FormData): Promise<{ merchantId: string; userId: string } | null> {
  const user = await requireUser(HERE);
  if (!(await fromOwnPage())) return null;
  const merchant = (await merchantsOf(user)).find((one) => one.id === form.get("merchant"));
  return merchant && can(user, merchant.id, "edit_developers") ? { merchantId: merchant.id, userId: user.id } : null;
}

function valuesOf(form: FormData): KeyFormValues {
  const days = String(form.get("days") ?? "0");
  return {
    name: String(form.get("name") ?? "")
      .trim()
      .slice(0, 200),
    live: form.get("live") === "on",
    days: DAYS.includes(days) ? days : "0",
    scopes: form.getAll("scope").map(String),
  };
}

/** Makes a key; it is in the answer, once. What was typed survives a problem. */
export async function makeKey(_before: KeyFormState, form: FormData): Promise<KeyFormState> {
  const t = translator(await currentLocale(), "api");
  const values = valuesOf(form);
  const problem = (field: KeyFormState["field"], text: string): KeyFormState => ({ problem: text, field, made: null, values });
  const allowed = await editable(form);
  if (!allowed) return problem(null, t("keys.error.origin"));
  const { name, live, days } = values;
  const scopes = values.scopes.filter(isScope);
  if (name.length < 1 || name.length > 60) return problem("name", t("keys.error.name"));
  if (scopes.length === 0) return problem("scopes", t("keys.error.scopes"));
  const expiresAt = days === "0" ? null : new Date(Date.now() + Number(days) * DAY_MS);
  const made = await createKey({ merchantId: allowed.merchantId, createdBy: allowed.userId, name, live, scopes, expiresAt });
  if (!made.ok) return problem(null, t("keys.error.limit"));
  return { problem: null, field: null, made: { secret: made.value.secret, href: `${HERE}/${made.value.id}` }, values };
}

/** Makes a key that takes another's place, and shows it once. */
export async function roll(_before: RollKeyState, form: FormData): Promise<RollKeyState> {
  const t = translator(await currentLocale(), "api");
  const allowed = await editable(form);
  if (!allowed) return { problem: t("keys.error.origin"), made: null };
  const overlapHours = OVERLAP_HOURS.find((hours) => String(hours) === form.get("overlap")) ?? 24;
  const keyId = String(form.get("key") ?? "");
  const rolled = await rollKey({ merchantId: allowed.merchantId, keyId, overlapHours, actor: allowed.userId });
  if (!rolled.ok) return { problem: t("keys.error.gone"), made: null };
  return { problem: null, made: { secret: rolled.value.secret, href: `${HERE}/${rolled.value.id}` } };
}

/** Ends a key for good. */
export async function revoke(form: FormData): Promise<void> {
  const allowed = await editable(form);
  const keyId = String(form.get("key") ?? "");
  const revoked = allowed && (await revokeKey({ merchantId: allowed.merchantId, keyId }));
  redirect(revoked?.ok ? `${HERE}/${keyId}?said=revoked` : `${HERE}?said=refused`);
}
