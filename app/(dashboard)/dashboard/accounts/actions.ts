"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { baseUrlOf, type Draft, draftOf, shown } from "#app/(dashboard)/dashboard/accounts/draft.ts";
import { schemaFields } from "#app/(dashboard)/dashboard/accounts/schema-fields.ts";
import { refusalText } from "#app/(dashboard)/refusal.ts";
import type { AccountFormState } from "#components/dashboard/account-form.tsx";
import type { Outcome } from "#components/ui/outcome-form.tsx";
import { db, inTransaction } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { insertAccount, readAccount, updateAccount, updateRouting } from "#db/queries/dashboard-accounts.ts";
import { currentLocale } from "#lib/action.ts";
import { newId } from "#lib/domain/ids.ts";
import { ROUTINGS } from "#lib/domain/routing.ts";
import type { Gateway } from "#lib/gateways/gateway.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { log } from "#lib/log.ts";
import { testAccount } from "#lib/payments/test-account.ts";
import { transportProblem } from "#lib/payments/transport.ts";
import { credentialsOf, sealFor } from "#lib/secrets.ts";
import { openAction } from "#lib/staff.ts";

/** Adds an account, or changes one. Secrets left empty stay as they are; none is ever sent back to the form. */
export async function saveAccount(_before: AccountFormState, form: FormData): Promise<AccountFormState> {
  const t = translator(await currentLocale(), "dashboard");
  const opened = await openAction("accounts.save", form);
  if (!opened.ok) {
    const kept = gatewayById(String(form.get("gateway") ?? ""));
    return { problem: await refusalText(opened.problem), confirm: opened.problem, errors: {}, values: kept ? shown(form, kept) : {} };
  }
  const { merchant, actor } = opened;
  const merchantId = merchant.id;
  const id = String(form.get("account") ?? "");
  const row = id ? await readAccount(db(), merchantId, id) : null;
  const gateway = gatewayById(row?.gateway ?? String(form.get("gateway") ?? ""));
  if ((id && !row) || !gateway) return { problem: t("accounts.gone"), confirm: null, errors: {}, values: {} };
  const stored = row && { baseUrl: row.baseUrl, settings: row.settings, credentials: credentialsOf(row) };
  const draft: Draft = draftOf(form, gateway, stored, t);
  if (!draft.ok) return { problem: t("accounts.problems"), confirm: null, errors: draft.errors, values: draft.values };
  const accountId = row?.id ?? newId("account");
  const change = { ...draft.account, credentials: sealFor("gateway_accounts.credentials", accountId, JSON.stringify(draft.credentials)) };
  await inTransaction(db(), async (tx) => {
    if (row) await updateAccount(tx, merchantId, row.id, change);
    else await insertAccount(tx, { ...change, id: accountId, merchantId, gateway: gateway.id });
    const { title, live, active, baseUrl } = draft.account;
    const detail = { new: !row, gateway: gateway.id, title, live, active, baseUrl, newSecrets: newSecrets(form, gateway) };
    await appendAudit(tx, { actor, merchantId, action: "accounts.save", target: { kind: "account", id: accountId }, detail });
  });
  redirect(`/dashboard/accounts/${accountId}?said=saved`);
}

/** Makes one real call with a stored account and says in words what came back. */
export async function tryAccount(_before: Outcome | null, form: FormData): Promise<Outcome> {
  const t = translator(await currentLocale(), "dashboard");
  const opened = await openAction("accounts.test", form);
  if (!opened.ok) return { kind: "problem", text: (await refusalText(opened.problem)) ?? "" };
  const { merchant, actor } = opened;
  const row = await readAccount(db(), merchant.id, String(form.get("account") ?? ""));
  if (!row) return { kind: "problem", text: t("accounts.gone") };
  if (!gatewayById(row.gateway)) return { kind: "problem", text: t("accounts.unknownGateway", { gateway: row.gateway }) };
  if (transportProblem(row) !== null) return { kind: "problem", text: t("accounts.bad_plain_http") };
  if (!baseUrlOf(row.baseUrl, row.settings.insecureTransport === true)) return { kind: "problem", text: t("accounts.bad_base_url") };
  const target = { kind: "account", id: row.id };
  await inTransaction(db(), (tx) => appendAudit(tx, { actor, merchantId: merchant.id, action: "accounts.test", target, detail: {} }));
  // A schema's error may quote what it refused: only its name is logged, and the person saves the form anew.
  const test = await testAccount(row).catch((error: Error) => {
    log.error({ account: row.id, error: error.name }, "account cannot be opened");
    return null;
  });
  // The page's latest calls show what was just sent and what came back.
  revalidatePath(`/dashboard/accounts/${row.id}`);
  if (!test) return { kind: "problem", text: t("accounts.test_unfit") };
  if (test.kind === "ok")
    return { kind: "done", text: t("accounts.test_ok", { operation: operationText(t, test.operation), ms: test.durationMs }) };
  if (test.kind === "none") return { kind: "problem", text: t("accounts.test_none") };
  return { kind: "problem", text: t(`accounts.test_${test.kind}`, { message: test.message }) };
}

/** Sets which of several accounts with the same method is tried first. */
export async function saveRouting(form: FormData): Promise<void> {
  const opened = await openAction("accounts.routing", form);
  const routing = ROUTINGS.find((one) => one === form.get("routing"));
  if (!opened.ok || !routing) redirect("/dashboard/accounts?said=refused");
  const { merchant, actor } = opened;
  await inTransaction(db(), async (tx) => {
    await updateRouting(tx, merchant.id, routing);
    const target = { kind: "merchant", id: merchant.id };
    await appendAudit(tx, { actor, merchantId: merchant.id, action: "accounts.routing", target, detail: { routing } });
  });
  redirect("/dashboard/accounts?said=routing");
}

/** The secrets that were typed anew: their names, for the audit. */
function newSecrets(form: FormData, gateway: Gateway): string {
  const secret = schemaFields("credentials", gateway.credentials, null).filter((field) => field.secret);
  return secret.flatMap((field) => (form.get(`credentials.${field.name}`) ? [field.name] : [])).join(", ");
}

function operationText(t: Translator<"dashboard">, operation: string): string {
  const key = `accounts.can_${operation}` as "accounts.can_query";
  return t.has(key) ? t(key) : operation;
}
