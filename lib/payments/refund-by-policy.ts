import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import { appendAudit } from "#db/queries/audit.ts";
import type { Attempt } from "#db/queries/locks.ts";
import { insertRefund } from "#db/queries/refunds.ts";
import { merchants } from "#db/schema/merchants.ts";
import { ownActor } from "#lib/domain/audit.ts";
import { major } from "#lib/domain/money.ts";
import { sendJob } from "#lib/jobs/queues.ts";
import { amountData, type Draft, moneyOf, record } from "#lib/payments/change.ts";
import { newRefund } from "#lib/payments/new-refund.ts";
import { refundMode } from "#lib/payments/refund-mode.ts";

/**
 * Money that came late or twice goes back at once where the merchant's policy says so; else an admin decides. The
 * reservation is part of the caller's change, the refund's row is written here, and a job sends it after the commit.
 */
export async function refundByPolicy(tx: Tx, change: Draft, paid: Attempt, why: "late" | "surplus"): Promise<void> {
  const [merchant] = await tx
    .select({ late: merchants.latePolicy, surplus: merchants.surplusPolicy })
    .from(merchants)
    .where(eq(merchants.id, change.order.merchantId));
  if (merchant?.[why] !== "refund") return;
  const account = await accountById(tx, paid.accountId);
  const mode = account && refundMode(account, paid.method);
  // Only a person can pay back by hand, or mend an account that cannot be opened: the order is flagged, and stays so.
  if (!mode || mode === "manual") {
    change.order.needsReview = true;
    return;
  }
  const refund = newRefund(paid, paid.amount, `policy: ${why}`, "policy", `policy:${paid.id}`, change.now);
  paid.refundedAmount += refund.amount;
  change.order.refundedAmount += refund.amount;
  if (!(await insertRefund(tx, refund))) throw new Error(`refund of ${paid.id} by policy: written before`);
  record(change, "refund.created", "policy", { refund: refund.id, ...amountData(moneyOf(refund)) }, paid);
  await sendJob(tx, "refund", { refundId: refund.id });
  await appendAudit(tx, {
    actor: ownActor("policy", why),
    merchantId: change.order.merchantId,
    action: "refunds.create",
    target: { kind: "refund", id: refund.id },
    detail: { order: change.order.id, amount: `${major(refund.amount, refund.currency)} ${refund.currency}` },
  });
}
