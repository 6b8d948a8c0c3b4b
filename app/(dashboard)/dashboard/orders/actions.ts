"use server";
import { redirect } from "next/navigation";
import { fieldsOf, listAddress, parseFilter } from "#app/(dashboard)/dashboard/orders/filter.ts";
import { db } from "#db/client.ts";
import { listAccounts } from "#db/queries/dashboard-accounts.ts";
import { addView, deleteView, renameView, setDefaultView, type ViewOwner, type ViewProblem } from "#db/queries/order-views.ts";
import { storableText } from "#db/storable.ts";
import type { MerchantAction } from "#lib/domain/staff-actions.ts";
import { openAction } from "#lib/staff.ts";

/** Keeps the list as it is looked at under a name. */
export async function saveView(form: FormData): Promise<void> {
  const { owner, address, name, fields } = await opened("orders.save_view", form);
  const made = await addView(db(), owner, { name, filter: fields, isDefault: form.get("default") === "yes" });
  redirect(typeof made === "string" ? address({ view_problem: made, view_name: name }) : address({ said: "view_saved" }));
}

/** Gives a view of one's own another name. */
export async function renameOrderView(form: FormData): Promise<void> {
  const { owner, address, name } = await opened("orders.edit_view", form);
  const problem = await renameView(db(), owner, idOf(form), name);
  redirect(problem ? address({ view_problem: problem, view_name: name, view_id: idOf(form) }) : address({ said: "view_renamed" }));
}

/** Makes a view what the list opens with, or lets it open with everything again. */
export async function chooseDefaultView(form: FormData): Promise<void> {
  const { owner, address } = await opened("orders.edit_view", form);
  const problem: ViewProblem | null = await setDefaultView(db(), owner, form.get("default") === "yes" ? idOf(form) : null);
  redirect(problem ? address({ view_problem: problem, view_name: "" }) : address({ said: "view_default" }));
}

/** Forgets a view of one's own. */
export async function forgetView(form: FormData): Promise<void> {
  const { owner, address } = await opened("orders.delete_view", form);
  await deleteView(db(), owner, idOf(form));
  redirect(address({ said: "view_forgotten" }));
}

interface OpenedView {
  owner: ViewOwner;
  /** The list as it was looked at, with more to say. */
  address: (more: Record<string, string>) => string;
  fields: Record<string, string>;
  name: string;
}

// Who may not look at these orders is shown the list's own refusal. What a form calls fields is read as an address is.
async function opened(action: MerchantAction & `orders.${string}_view`, form: FormData): Promise<OpenedView> {
  const open = await openAction(action, form);
  if (!open.ok) redirect("/dashboard/orders");
  const merchantId = open.merchant.id;
  const parsed = parseFilter(Object.fromEntries(new URLSearchParams(text(form, "fields"))), {
    accounts: await listAccounts(db(), merchantId),
  });
  const address = (more: Record<string, string>) => listAddress(merchantId, parsed, { view: "here", ...more });
  return { owner: { userId: open.user.id, merchantId }, address, fields: fieldsOf(parsed), name: text(form, "name").trim() };
}

function idOf(form: FormData): string {
  return text(form, "id").slice(0, 64);
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? storableText(value.replaceAll("\0", "")).slice(0, 2000) : "";
}
