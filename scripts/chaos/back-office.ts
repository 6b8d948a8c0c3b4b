import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "#db/client.ts";
import { makeUser } from "#db/queries/dashboard-testing.ts";
import { writeLimits } from "#db/queries/refund-limits.ts";
import { DEMO_MERCHANT } from "#db/seed-demo.ts";
import { ownActor } from "#lib/domain/audit.ts";
import { major } from "#lib/domain/money.ts";
import { startBoss, stopBoss } from "#lib/jobs/queues.ts";
import { approveRequest } from "#lib/payments/decide-request.ts";
import { refundOrder } from "#lib/payments/refund-order.ts";
import { requestRefund } from "#lib/payments/request-refund.ts";

/** Three people of the shop who give money back while the server (and the gateway with it) dies under them. */
export interface BackOffice {
  /** Refunds that two people made so far. */
  approved(): number;
  /** Lets what is wanted be asked for, as far as there are paid orders, and ends. */
  close(): Promise<void>;
}

const PAUSE_MS = 200;
const CANDIDATE = `select o.id as order, a.id as attempt, a.amount::text as amount, a.currency from orders o join attempts a on a.id = o.paid_attempt_id
  where o.merchant_id = $1 and a.refunded_amount = 0 and not exists (select from refund_requests q where q.order_id = o.id)
  order by o.created_at limit 1`;

interface Candidate {
  order: string;
  attempt: string;
  amount: string;
  currency: string;
}

/**
 * Every refund needs a second person here. For each of `most` orders one of them first tries without, then asks; then all three
 * approve at the same moment, the one who asked as well. Their own process lives on: what is killed is the gateway they send to, and
 * the workers that go on with it.
 */
export async function openBackOffice(database: Database, most: number, signal: AbortSignal): Promise<BackOffice> {
  await startBoss({ supervise: false });
  const people = ["maker", "checker", "another"].map(
    (name) => ({ email: `${name}@chaos.example`, roles: { [DEMO_MERCHANT]: "admin" } }) as const,
  );
  const ids: string[] = [];
  for (const person of people) ids.push(await makeUser(database, { ...person, password: "correct horse battery" }));
  await writeLimits(database, DEMO_MERCHANT, [{ currency: "HKD", approvalAbove: 0n, dailyCap: null }]);
  let approved = 0;
  let over = false;
  const work = async (): Promise<void> => {
    for (let asked = 0; asked < most && !signal.aborted; ) {
      const { rows } = await database.$client.query<Candidate>(CANDIDATE, [DEMO_MERCHANT]);
      const [candidate] = rows;
      if (candidate) approved += await giveBack(database, ids, candidate);
      if (candidate) asked += 1;
      else if (over) return;
      else await pause(PAUSE_MS);
    }
  };
  const working = work();
  working.catch(() => {}); // told when it is closed
  return {
    approved: () => approved,
    close: async () => {
      over = true;
      await working.finally(stopBoss);
    },
  };
}

/** Gives how many of those who approved at once made the refund. */
async function giveBack(database: Database, [maker = "", ...checkers]: readonly string[], candidate: Candidate): Promise<number> {
  const { order: orderId, attempt: attemptId, amount, currency } = candidate;
  const amountText = major(BigInt(amount), currency);
  const auditor = ownActor("script", "chaos");
  const wanted = { merchantId: DEMO_MERCHANT, orderId, attemptId, amountText, reason: "chaos", actor: maker, auditor };
  await refundOrder({ ...wanted, asker: "refunder", idempotencyKey: `alone:${orderId}` }, database);
  const request = await requestRefund({ ...wanted, asker: "refunder", idempotencyKey: `asked:${orderId}` }, database);
  if (!request.ok) throw new Error(`a refund could not be asked for: ${request.problem.code}`);
  const { requestId } = request.value;
  const approve = (id: string) =>
    approveRequest({ merchantId: DEMO_MERCHANT, requestId, person: { id, approves: true }, reason: "", auditor }, database);
  return (await Promise.all([maker, ...checkers].map(approve))).filter(({ ok }) => ok).length;
}
