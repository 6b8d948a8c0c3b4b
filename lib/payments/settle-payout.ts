import type { Tx } from "#db/client.ts";
import { type LockedPayout, type NewPayoutEvent, type Payout, savePayout } from "#db/queries/payouts.ts";
import type { PayoutEventType } from "#db/schema/payouts.ts";
import { isOpenPayout, judgePayout, nextPayoutState, type PayoutEvent, payoutQuerySeconds } from "#lib/domain/payout.ts";
import type { PayoutStanding } from "#lib/gateways/payout.ts";
import { amountData, moneyOf } from "#lib/payments/change.ts";
import { tellPayout } from "#lib/payments/tell-payout.ts";

const TYPES = {
  accept: "payout.pending",
  lose: "payout.unknown",
  succeed: "payout.paid",
  fail: "payout.failed",
} as const satisfies Record<PayoutEvent, PayoutEventType>;

/** Where the gateway's word came from. */
export type PayoutSource = "create" | "query" | "notification";

export interface AlongPayout {
  /** The notice that told us, for the history; the caller knows that it is new. */
  notice?: NewPayoutEvent;
  /** Why it ended as it did, as a problem code. */
  problem?: string | null;
  /** One question more was asked. */
  asked?: boolean;
  message?: string | undefined;
  /** Why a person must look at it whatever the word says, in a sentence. */
  flag?: string | undefined;
}

/**
 * The only writer of a payout's state after it was sent: judges the gateway's word (pure), moves the row along its table and
 * appends the history, in the caller's transaction under the row's lock. The same word again changes nothing. As long as it
 * is open it has a time at which it is asked about again.
 */
export async function settlePayout(
  tx: Tx,
  { payout, now }: LockedPayout,
  standing: PayoutStanding,
  source: PayoutSource,
  along: AlongPayout = {},
): Promise<Payout> {
  const verdict = judgePayout(payout, { kind: standing.kind, amount: standing.amount?.minor ?? null });
  const copy: Payout = { ...payout, tries: payout.tries + (along.asked ? 1 : 0) };
  const events: NewPayoutEvent[] = along.notice ? [along.notice] : [];
  const actor = source === "query" ? "sweep" : "gateway";
  const facts = { source, gatewayCode: standing.code, message: along.message, ...amountData(moneyOf(payout)) };
  if (verdict.do === "flag") {
    // Said once: the flag stays until a person has looked.
    if (!payout.needsReview) events.push({ type: "payout.flagged", actor, data: { ...facts, why: verdict.why } });
    copy.needsReview = true;
  } else if (verdict.do !== "nothing") {
    copy.state = nextPayoutState(payout.state, verdict.do) ?? payout.state;
    copy.problem = verdict.do === "fail" ? (along.problem ?? "gateway_refused") : verdict.do === "lose" ? "gateway_unclear" : null;
    events.push({ type: TYPES[verdict.do], actor, data: facts });
  }
  if (along.flag !== undefined && !copy.needsReview) {
    events.push({ type: "payout.flagged", actor, data: { ...facts, why: along.flag } });
    copy.needsReview = true;
  }
  if (standing.amount === null || standing.amount.minor === payout.amount) {
    copy.gatewayRef ??= standing.gatewayRef;
    copy.fee = standing.fee ?? payout.fee;
  }
  const open = isOpenPayout(copy.state);
  // One that failed by our reckoning, of which the gateway says something else, is asked about until it answers clearly.
  const hinted = standing.kind === "unknown" && (source === "notification" || payout.nextTryAt !== null);
  const doubtful = copy.state === "failed" && (standing.kind === "pending" || hinted) && payout.state === "failed";
  copy.nextTryAt = open || doubtful ? new Date(now.getTime() + payoutQuerySeconds(copy.tries) * 1000) : null;
  copy.settledAt = open ? null : (payout.settledAt ?? now);
  copy.leaseUntil = null;
  await savePayout(tx, copy, events);
  await tellPayout(tx, copy, events, payout.eventSequence + 1, now);
  return copy;
}
