"use server";
import { redirect } from "next/navigation";
import { db, inTransaction } from "#db/client.ts";
import { moveAccount, resumeAccount } from "#db/queries/account-health.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { openAction } from "#lib/staff.ts";

/** Puts an account one place up (`step` up) or down in the order accounts are tried. */
export async function move(form: FormData): Promise<void> {
  const opened = await openAction("accounts.move", form);
  if (!opened.ok) redirect("/dashboard/accounts?said=refused");
  const { merchant, actor } = opened;
  const [id, step] = [String(form.get("account") ?? ""), form.get("step") === "up" ? "up" : "down"];
  const moved = await inTransaction(db(), async (tx) => {
    const done = await moveAccount(tx, merchant.id, id, step === "up" ? -1 : 1);
    const target = { kind: "account", id };
    if (done) await appendAudit(tx, { actor, merchantId: merchant.id, action: "accounts.move", target, detail: { step } });
    return done;
  });
  redirect(`/dashboard/accounts${moved ? "?said=moved" : ""}#order`);
}

/** Lets shoppers through a paused account again at once. */
export async function resume(form: FormData): Promise<void> {
  const opened = await openAction("accounts.resume", form);
  if (!opened.ok) redirect("/dashboard/accounts?said=refused");
  const { merchant, actor } = opened;
  const id = String(form.get("account") ?? "");
  await inTransaction(db(), async (tx) => {
    const scopes = await resumeAccount(tx, merchant.id, id);
    const detail = { channels: scopes.join(", ") };
    if (scopes.length > 0)
      await appendAudit(tx, { actor, merchantId: merchant.id, action: "accounts.resume", target: { kind: "account", id }, detail });
  });
  redirect(`/dashboard/accounts/${encodeURIComponent(id)}?said=resumed`);
}
