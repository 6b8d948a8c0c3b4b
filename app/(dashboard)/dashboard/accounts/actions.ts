"use server";
import { redirect } from "next/navigation";
import { baseUrlOf, type Draft, draftOf } from "#app/(dashboard)/dashboard/accounts/draft.ts";
import type { AccountFormState } from "#components/dashboard/account-form.tsx";
import type { Outcome } from "#components/ui/outcome-form.tsx";
import { db } from "#db/client.ts";
import { insertAccount, readAccount, updateAccount, updateRouting } from "#db/queries/dashboard-accounts.ts";
import { currentLocale } from "#lib/action.ts";
import { can, fromOwnPage, merchantsOf, requireUser } from "#lib/auth.ts";
import { newId } from "#lib/domain/ids.ts";
import { ROUTINGS } from "#lib/domain/routing.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { log } from "#lib/log.ts";
import { testAccount } from "#lib/payments/test-account.ts";
import { transportProblem } from "#lib/payments/transport.ts";
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
  if (transportProblem(row) !== null) return { kind: "problem", text: t("accounts.bad_plain_http") };
  if (!baseUrlOf(row.baseUrl, row.settings.insecureTransport === true)) return { kind: "problem", text: t("accounts.bad_base_url") };
  // A schema's error may quote what it refused: only its name is logged, and the person saves the form anew.
  const test = await testAccount(row).catch((error: Error) => {
    log.error({ account: row.id, error: error.name }, "account cannot be opened");
    return null;
  });
  if (!test) return { kind: "problem", text: t("accounts.test_unfit") };
  if (test.kind === "ok")
    return { kind: "done", text: t("accounts.test_ok", { operation: operationText(t, test.operation), ms: test.durationMs }) };
  if (test.kind === "none") return { kind: "problem", text: t("accounts.test_none") };
  return { kind: "problem", text: t(`accounts.test_${test.kind}`, { message: test.message }) };
}

/** Sets which of several accounts with the same method is tried first. */
export async function saveRouting(form: FormData): Promise<void> {
  const merchantId = await editable(form);
  const routing = ROUTINGS.find((one) => one === form.get("routing"));
  if (merchantId && routing) await updateRouting(db(), merchantId, routing);
  redirect(`/dashboard/accounts?said=${merchantId && routing ? "routing" : "refused"}`);
}

function operationText(t: Translator<"dashboard">, operation: string): string {
  const key = `accounts.can_${operation}` as "accounts.can_query";
  return t.has(key) ? t(key) : operation;
}
