"use server";
import { redirect } from "next/navigation";
import { baseUrlOf, type Draft, draftOf } from "#app/(dashboard)/dashboard/accounts/draft.ts";
import type { AccountFormState } from "#components/dashboard/account-form.tsx";
import type { Outcome } from "#components/ui/outcome-form.tsx";
import { db } from "#db/client.ts";
import { insertAccount, readAccount, updateAccount } from "#db/queries/dashboard-accounts.ts";
import { currentLocale } from "#lib/action.ts";
import { can, fromOwnPage, merchantsOf, requireUser } from "#lib/auth.ts";
import { newId } from "#lib/domain/ids.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { translator } from "#lib/i18n/translator.ts";
import { testAccount } from "#lib/payments/test-account.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

/** The merchant a form is about, when its sender may edit that merchant's accounts; null otherwise. */
async function editable(form: FormData): Promise<string | null> {
  const user = await requireUser("/dashboard/accounts");
  if (!(await fromOwnPage())) return null;
  const merchant = (await merchantsOf(user)).find((one) => one.id === form.get("merchant"));
  return merchant && can(user, merchant.id, "edit_accounts") ? merchant.id : null;
}

/** Adds an account, or changes one. Secrets left empty stay as they are; none is ever sent back to the form. */
export async function saveAccount(_before: AccountFormState, form: FormData): Promise<AccountFormState> {
  const t = translator(await currentLocale(), "dashboard");
  const merchantId = await editable(form);
  if (!merchantId) return { problem: t("accounts.origin"), errors: {}, values: {} };
  const id = String(form.get("account") ?? "");
  const row = id ? await readAccount(db(), merchantId, id) : null;
  const gateway = gatewayById(row?.gateway ?? String(form.get("gateway") ?? ""));
  if ((id && !row) || !gateway) return { problem: t("accounts.gone"), errors: {}, values: {} };
  const stored = row ? (JSON.parse(unsealFor("gateway_accounts.credentials", row.id, row.credentials)) as Record<string, unknown>) : null;
  const draft: Draft = draftOf(form, gateway, stored, t);
  if (!draft.ok) return { problem: t("accounts.problems"), errors: draft.errors, values: draft.values };
  const accountId = row?.id ?? newId("account");
  const change = { ...draft.account, credentials: sealFor("gateway_accounts.credentials", accountId, JSON.stringify(draft.credentials)) };
  if (row) await updateAccount(db(), merchantId, row.id, change);
  else await insertAccount(db(), { ...change, id: accountId, merchantId, gateway: gateway.id });
  redirect(`/dashboard/accounts/${accountId}?said=saved`);
}

/** Makes one real call with a stored account and says in words what came back. */
export async function tryAccount(_before: Outcome | null, form: FormData): Promise<Outcome> {
  const t = translator(await currentLocale(), "dashboard");
  const merchantId = await editable(form);
  if (!merchantId) return { kind: "problem", text: t("accounts.origin") };
  const row = await readAccount(db(), merchantId, String(form.get("account") ?? ""));
  if (!row) return { kind: "problem", text: t("accounts.gone") };
  if (!gatewayById(row.gateway)) return { kind: "problem", text: t("accounts.unknownGateway", { gateway: row.gateway }) };
  if (!baseUrlOf(row.baseUrl)) return { kind: "problem", text: t("accounts.bad_base_url") };
  const test = await testAccount(row);
  if (test.kind === "ok") return { kind: "done", text: t("accounts.test_ok", { operation: test.operation, ms: test.durationMs }) };
  if (test.kind === "none") return { kind: "problem", text: t("accounts.test_none") };
  return { kind: "problem", text: t(`accounts.test_${test.kind}`, { message: test.message }) };
}
