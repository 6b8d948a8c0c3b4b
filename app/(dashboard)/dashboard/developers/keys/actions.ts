"use server";
import { redirect } from "next/navigation";
import { refusalText } from "#app/(dashboard)/refusal.ts";
import type { KeyFormState, KeyFormValues } from "#components/dashboard/api-key-form.tsx";
import type { RollKeyState } from "#components/dashboard/api-key-roll.tsx";
import { db } from "#db/client.ts";
import { auditing } from "#db/queries/audit.ts";
import { currentLocale } from "#lib/action.ts";
import { createKey, OVERLAP_HOURS, revokeKey, rollKey } from "#lib/api/keys.ts";
import { isScope } from "#lib/api/scopes.ts";
import { translator } from "#lib/i18n/translator.ts";
import { openAction } from "#lib/staff.ts";

const HERE = "/dashboard/developers/keys";
const DAY_MS = 86_400_000;
const DAYS = ["0", "30", "90", "365"];

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
  const problem = (field: KeyFormState["field"], text: string | null): KeyFormState => ({
    problem: text,
    field,
    confirm: null,
    made: null,
    values,
  });
  const opened = await openAction("keys.make", form);
  if (!opened.ok) return { ...problem(null, await refusalText(opened.problem)), confirm: opened.problem };
  const { name, live, days } = values;
  const scopes = values.scopes.filter(isScope);
  if (name.length < 1 || name.length > 60) return problem("name", t("keys.error.name"));
  if (scopes.length === 0) return problem("scopes", t("keys.error.scopes"));
  const expiresAt = days === "0" ? null : new Date(Date.now() + Number(days) * DAY_MS);
  const { merchant, user, actor } = opened;
  const detail = { name, live, scopes: scopes.join(", "), expires: expiresAt?.toISOString() ?? null };
  const also = auditing({ actor, merchantId: merchant.id, action: "keys.make", detail }, "key");
  const made = await createKey({ merchantId: merchant.id, createdBy: user.id, name, live, scopes, expiresAt }, db(), also);
  if (!made.ok) return problem(null, t("keys.error.limit"));
  return { problem: null, field: null, confirm: null, made: { secret: made.value.secret, href: `${HERE}/${made.value.id}` }, values };
}

/** Makes a key that takes another's place, and shows it once. */
export async function roll(_before: RollKeyState, form: FormData): Promise<RollKeyState> {
  const t = translator(await currentLocale(), "api");
  const opened = await openAction("keys.roll", form);
  if (!opened.ok) return { problem: await refusalText(opened.problem), confirm: opened.problem, made: null };
  const { merchant, user, actor } = opened;
  const overlapHours = OVERLAP_HOURS.find((hours) => String(hours) === form.get("overlap")) ?? 24;
  const keyId = String(form.get("key") ?? "");
  const also = auditing({ actor, merchantId: merchant.id, action: "keys.roll", detail: { overlapHours } }, "key");
  const rolled = await rollKey({ merchantId: merchant.id, keyId, overlapHours, actor: user.id }, db(), also);
  if (!rolled.ok) return { problem: t("keys.error.gone"), confirm: null, made: null };
  return { problem: null, confirm: null, made: { secret: rolled.value.secret, href: `${HERE}/${rolled.value.id}` } };
}

/** Ends a key for good. */
export async function revoke(form: FormData): Promise<void> {
  const opened = await openAction("keys.revoke", form);
  if (!opened.ok) redirect(`${HERE}?said=refused`);
  const { merchant, actor } = opened;
  const keyId = String(form.get("key") ?? "");
  const also = auditing({ actor, merchantId: merchant.id, action: "keys.revoke", detail: {} }, "key");
  const revoked = await revokeKey({ merchantId: merchant.id, keyId }, db(), also);
  redirect(revoked.ok ? `${HERE}/${keyId}?said=revoked` : `${HERE}?said=refused`);
}
