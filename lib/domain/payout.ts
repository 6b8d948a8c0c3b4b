/**
 * The states of a payout: money sent to somebody's bank account. `sent`: the request may have left. `unknown`: no readable
 * answer; only a query of the same number solves it, it is never sent anew. `pending`: the gateway has it and the bank is at
 * it. `failed` may still turn out paid, and money is the truth; `paid` never regresses.
 */
export const PAYOUT_STATES = ["sent", "unknown", "pending", "paid", "failed"] as const;
export type PayoutState = (typeof PAYOUT_STATES)[number];

export const PAYOUT_EVENTS = ["accept", "lose", "succeed", "fail"] as const;
export type PayoutEvent = (typeof PAYOUT_EVENTS)[number];

/** Where an event leads; `null` is illegal. */
export const PAYOUT_TRANSITIONS = {
  sent: { accept: "pending", lose: "unknown", succeed: "paid", fail: "failed" },
  unknown: { accept: "pending", lose: null, succeed: "paid", fail: "failed" },
  pending: { accept: null, lose: null, succeed: "paid", fail: "failed" },
  paid: { accept: null, lose: null, succeed: null, fail: null },
  failed: { accept: null, lose: null, succeed: "paid", fail: null },
} as const satisfies Record<PayoutState, Record<PayoutEvent, PayoutState | null>>;

/** The state after `event`, or null when the table forbids it. */
export function nextPayoutState(state: PayoutState, event: PayoutEvent): PayoutState | null {
  return PAYOUT_TRANSITIONS[state][event];
}

/** Whether the gateway still has to be asked about it. */
export function isOpenPayout(state: PayoutState): boolean {
  return state === "sent" || state === "unknown" || state === "pending";
}

/** Waits before a payout is asked about, seconds; the last one repeats for as long as it is open. */
export const PAYOUT_QUERY_SECONDS = [10, 30, 60, 300, 900, 3600] as const;

/** The wait after `tries` questions, seconds. */
export function payoutQuerySeconds(tries: number): number {
  return PAYOUT_QUERY_SECONDS[Math.min(tries, PAYOUT_QUERY_SECONDS.length - 1)] ?? 3600;
}

/**
 * A gateway that does not know a number this long after it was sent never got it, milliseconds: far longer than any request
 * of ours can be under way (10 s) or wait in somebody's proxy.
 */
export const PAYOUT_NEVER_ARRIVED_MS = 15 * 60_000;

/** What a word of the gateway means for a payout. `flag`: a person must look; nothing moves. */
export type PayoutVerdict = { do: PayoutEvent } | { do: "nothing" } | { do: "flag"; why: "amount_mismatch" | "paid_then_failed" };

/**
 * Judges a gateway's word. Pure; the caller holds the row's lock. An amount that is not the payout's moves nothing and is
 * flagged; so is a failure of one that was paid (the bank sent it back): neither is ours to decide.
 */
export function judgePayout(
  payout: { state: PayoutState; amount: bigint },
  standing: { kind: "paid" | "pending" | "failed" | "unknown"; amount: bigint | null },
): PayoutVerdict {
  if (standing.amount !== null && standing.amount !== payout.amount) return { do: "flag", why: "amount_mismatch" };
  if (standing.kind === "failed" && payout.state === "paid") return { do: "flag", why: "paid_then_failed" };
  const event = EVENTS[standing.kind];
  return nextPayoutState(payout.state, event) === null ? { do: "nothing" } : { do: event };
}

const EVENTS = { paid: "succeed", pending: "accept", failed: "fail", unknown: "lose" } as const satisfies Record<string, PayoutEvent>;
