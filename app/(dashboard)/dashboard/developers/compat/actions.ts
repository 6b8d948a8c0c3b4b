"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { CompatFormState, MadeKey } from "#components/dashboard/compat-form.tsx";
import type { Outcome } from "#components/ui/outcome-form.tsx";
import { currentLocale } from "#lib/action.ts";
import { can, fromOwnPage, merchantsOf, requireUser, type User } from "#lib/auth.ts";
import { compatGatewayById, compatRoot } from "#lib/compat/gateways.ts";
import { createCompatKey, type KeyResult, revokeCompatKey, rollCompatKey } from "#lib/compat/keys.ts";
import { env } from "#lib/env.ts";
import { translator } from "#lib/i18n/translator.ts";

const PAGE = "/dashboard/developers/compat";
const created = z.object({
  gateway: z.string().max(40),
  mode: z.enum(["test", "live"]),
  account: z.string().max(64),
  page_url: z.string().max(2000),
  public_key: z.string().max(10_000),
});
const changed = z.object({ key: z.string().max(64), public_key: z.string().max(10_000).default("") });

/** The merchant a form is about and who sends it, when they may change its developers' pages; null otherwise. */
async function editor(form: FormData): Promise<{ user: User; merchantId: string } | null> {
  const user = await requireUser(PAGE);
  if (!(await fromOwnPage())) return null;
  const merchant = (await merchantsOf(user)).find((one) => one.id === form.get("merchant"));
  return merchant && can(user, merchant.id, "edit_developers") ? { user, merchantId: merchant.id } : null;
}

/** Makes a key; what is secret of it is in the answer and nowhere else. */
export async function makeKey(_before: CompatFormState, form: FormData): Promise<CompatFormState> {
  const t = translator(await currentLocale(), "compat");
  const who = await editor(form);
  if (!who) return { problem: t("origin"), field: null, made: null };
  const fields = created.safeParse(Object.fromEntries(form));
  if (!fields.success) return { problem: t("new.problem_gateway_unknown"), field: "gateway", made: null };
  const { gateway, mode, account, page_url: pageUrl, public_key: publicKey } = fields.data;
  const live = mode === "live";
  const accountId = account || null;
  return stateOf(
    await createCompatKey({ merchantId: who.merchantId, gateway, live, accountId, pageUrl, publicKey, createdBy: who.user.id }),
    t,
  );
}

/** Gives a key new secrets, shown once. */
export async function rollKey(_before: CompatFormState, form: FormData): Promise<CompatFormState> {
  const t = translator(await currentLocale(), "compat");
  const who = await editor(form);
  if (!who) return { problem: t("origin"), field: null, made: null };
  const fields = changed.safeParse(Object.fromEntries(form));
  if (!fields.success) return { problem: t("gone"), field: null, made: null };
  return stateOf(await rollCompatKey({ merchantId: who.merchantId, keyId: fields.data.key, publicKey: fields.data.public_key }), t);
}

/** Ends a key. */
export async function revokeKey(_before: Outcome | null, form: FormData): Promise<Outcome> {
  const t = translator(await currentLocale(), "compat");
  const who = await editor(form);
  if (!who) return { kind: "problem", text: t("origin") };
  const revoked = await revokeCompatKey({ merchantId: who.merchantId, keyId: String(form.get("key") ?? "") });
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

function stateOf(result: KeyResult, t: ReturnType<typeof translator<"compat">>): CompatFormState {
  if (!result.ok) return { problem: t(`new.problem_${result.problem}`), field: FIELDS[result.problem], made: null };
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
  return { problem: null, field: null, made };
}
