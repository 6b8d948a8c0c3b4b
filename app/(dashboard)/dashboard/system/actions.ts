"use server";
import { redirect } from "next/navigation";
import { db, inTransaction } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { handleFailedJob, type ManualStep } from "#lib/jobs/failed-jobs.ts";
import { openAction } from "#lib/staff.ts";

/** Takes up a job the queue has given up. */
export async function retryJob(form: FormData): Promise<void> {
  await handle("retry", form);
}

/** Throws a job the queue has given up away; what it was about makes another while it is due. */
export async function discardJob(form: FormData): Promise<void> {
  await handle("discard", form);
}

async function handle(step: ManualStep, form: FormData): Promise<never> {
  const action = step === "retry" ? "system.retry_job" : "system.discard_job";
  const opened = await openAction(action, form);
  if (!opened.ok) redirect("/dashboard/system?said=refused");
  const [queue, id] = [String(form.get("queue") ?? ""), String(form.get("job") ?? "")];
  const done = await inTransaction(db(), async (tx) => {
    const handled = await handleFailedJob(tx, step, queue, id);
    if (handled) await appendAudit(tx, { actor: opened.actor, merchantId: null, action, target: { kind: "job", id }, detail: { queue } });
    return handled;
  });
  redirect(`/dashboard/system?said=${done ? step : "gone"}`);
}
