"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { refusalText } from "#app/(dashboard)/refusal.ts";
import type { CompatFormState, MadeKey } from "#components/dashboard/compat-form.tsx";
import type { Outcome } from "#components/ui/outcome-form.tsx";
import { db } from "#db/client.ts";
import { auditing } from "#db/queries/audit.ts";
import { currentLocale } from "#lib/action.ts";
import { compatGatewayById, compatRoot } from "#lib/compat/gateways.ts";
import { createCompatKey, type KeyResult, revokeCompatKey, rollCompatKey } from "#lib/compat/keys.ts";
import { env } from "#lib/env.ts";
import { translator } from "#lib/i18n/translator.ts";
import { openAction, type StaffProblem } from "#lib/staff.ts";

const PAGE = "/dashboard/developers/compat";
const created = z.object({
  gateway: z.string().max(40),
  mode: z.enum(["test", "live"]),
  account: z.string().max(64),
  page_url: z.string().max(2000),
  public_key: z.string().max(10_000),
});
const changed = z.object({ key: z.string().max(64), public_key: z.string().max(10_000).default("") });

/** Makes a key; what is secret of it is in the answer and nowhere else. */
export async function makeKey(_before: CompatFormState, form: FormData): Promise<CompatFormState> {
  const t = translator(await currentLocale(), "compat");
  const opened = await openAction("compat.make", form);
  if (!opened.ok) return refused(opened.problem, form);
  const { merchant, user, actor } = opened;
  const fields = created.safeParse(Object.fromEntries(form));
  if (!fields.success)
    return { problem: t("new.problem_gateway_unknown"), field: "gateway", confirm: null, made: null, values: typed(form) };
  const { gateway, mode, account, page_url: pageUrl, public_key: publicKey } = fields.data;
  const live = mode === "live";
  const accountId = account || null;
  const also = auditing(
    { actor, merchantId: merchant.id, action: "compat.make", detail: { gateway, live, account: accountId } },
    "compat_key",
  );
  const wanted = { merchantId: merchant.id, gateway, live, accountId, pageUrl, publicKey, createdBy: user.id };
  return stateOf(await createCompatKey(wanted, db(), also), form, t);
}

/** Gives a key new secrets, shown once. */
export async function rollKey(_before: CompatFormState, form: FormData): Promise<CompatFormState> {
  const t = translator(await currentLocale(), "compat");
  const opened = await openAction("compat.roll", form);
  if (!opened.ok) return refused(opened.problem, form);
  const { merchant, actor } = opened;
  const fields = changed.safeParse(Object.fromEntries(form));
  if (!fields.success) return { problem: t("gone"), field: null, confirm: null, made: null, values: typed(form) };
  const also = auditing({ actor, merchantId: merchant.id, action: "compat.roll", detail: {} }, "compat_key");
  const { key: keyId, public_key: publicKey } = fields.data;
  return stateOf(await rollCompatKey({ merchantId: merchant.id, keyId, publicKey }, db(), also), form, t);
}

/** Ends a key. */
export async function revokeKey(_before: Outcome | null, form: FormData): Promise<Outcome> {
  const t = translator(await currentLocale(), "compat");
  const opened = await openAction("compat.revoke", form);
  if (!opened.ok) return { kind: "problem", text: (await refusalText(opened.problem)) ?? "" };
  const { merchant, actor } = opened;
  const also = auditing({ actor, merchantId: merchant.id, action: "compat.revoke", detail: {} }, "compat_key");
  const revoked = await revokeCompatKey({ merchantId: merchant.id, keyId: String(form.get("key") ?? "") }, db(), also);
  if (!revoked.ok) return { kind: "problem", text: t("gone") };
  redirect(`${PAGE}?said=revoked`);
}

const FIELDS = {
  gateway_unknown: "gateway",
  account_unknown: "account",
  page_url_invalid: "page_url",
  public_key_invalid: "public_key",
  key_unknown: null,
} as const;

async function refused(problem: StaffProblem, form: FormData): Promise<CompatFormState> {
  return { problem: await refusalText(problem), field: null, confirm: problem, made: null, values: typed(form) };
}

/** Nothing of these forms is a secret: a public key is one half of a pair. */
function typed(form: FormData): Record<string, string> {
  return Object.fromEntries(["gateway", "mode", "account", "page_url", "public_key"].map((name) => [name, String(form.get(name) ?? "")]));
}

function stateOf(result: KeyResult, form: FormData, t: ReturnType<typeof translator<"compat">>): CompatFormState {
  if (!result.ok) {
    const [problem, field] = [t(`new.problem_${result.problem}`), FIELDS[result.problem]];
    return { problem, field, confirm: null, made: null, values: typed(form) };
  }
  const { key, once } = result;
  const names = compatGatewayById(key.gateway)?.names;
  // The list below the form has it from now on.
  revalidatePath(PAGE);
  if (!names) throw new Error(`a key of no gateway: ${key.gateway}`);
  const numbers: [string, string][] = [[names.caller, key.callerNo]];
  if (names.merchant !== names.caller) numbers.push([names.merchant, key.merchantNo]);
  if (names.app && key.appId) numbers.push([names.app, key.appId]);
  const made: MadeKey = {
    address: compatRoot(env().PUBLIC_URL, key.gateway),
    numbers,
    secret: once.secret ? { name: names.secret ?? "", text: once.secret } : null,
    privateKey: once.privateKey,
    gatewayKey: key.gatewayPublicKey,
  };
  return { problem: null, field: null, confirm: null, made, values: {} };
}
