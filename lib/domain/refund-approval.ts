/**
 * Who wants money to go back: a person whose role may refund, one whose role may only ask, or a program (a shop's API key, the
 * command line), which nobody can be shown a form to.
 */
export const REFUND_ASKERS = ["refunder", "requester", "program"] as const;
export type RefundAsker = (typeof REFUND_ASKERS)[number];

/** What becomes of it: it goes out at once, it waits for somebody else, or it is refused and told where to ask. */
export type RefundWay = "refund" | "request" | "refuse";

const WAYS = {
  refunder: { within: "refund", above: "request" },
  requester: { within: "request", above: "request" },
  program: { within: "refund", above: "refuse" },
} as const satisfies Record<RefundAsker, Record<"within" | "above", RefundWay>>;

/**
 * Whether this refund needs a second person. The limit looks at `earlier` too, the sum of what the same asker refunded of the
 * same order, so that many small refunds are as one large. (Small refunds of many orders are the daily cap's to stop.)
 * All in minor units of one currency; `approvalAbove` null: no limit, 0: always.
 */
export function refundWay(asked: { asker: RefundAsker; amount: bigint; earlier: bigint; approvalAbove: bigint | null }): RefundWay {
  const above = asked.approvalAbove !== null && asked.amount + asked.earlier > asked.approvalAbove;
  return WAYS[asked.asker][above ? "above" : "within"];
}

/**
 * Who may decide a request: anybody who may approve refunds in its merchant but whoever asked. It goes by the person, not by
 * the role: a second membership makes nobody a second person, and a platform admin is a person too.
 */
export function mayDecide(person: { id: string; approves: boolean }, request: { requestedBy: string }): boolean {
  return person.approves && person.id !== request.requestedBy;
}

/** What is left of a day's cap, never below zero: a cap may have been lowered after more had gone. Null: no cap. */
export function leftOfDay(dailyCap: bigint | null, used: bigint): bigint | null {
  if (dailyCap === null) return null;
  return used < dailyCap ? dailyCap - used : 0n;
}
