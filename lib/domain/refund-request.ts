/**
 * The states of a refund that somebody asked for and somebody else decides. Only `requested` may move; each end is final.
 * `expired`: nobody decided in REQUEST_DAYS.
 */
export const REQUEST_STATES = ["requested", "approved", "declined", "withdrawn", "expired"] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export const REQUEST_EVENTS = ["approve", "decline", "withdraw", "expire"] as const;
export type RequestEvent = (typeof REQUEST_EVENTS)[number];

const OVER = { approve: null, decline: null, withdraw: null, expire: null } as const;

/** Where an event leads; `null` is illegal. */
export const REQUEST_TRANSITIONS = {
  requested: { approve: "approved", decline: "declined", withdraw: "withdrawn", expire: "expired" },
  approved: OVER,
  declined: OVER,
  withdrawn: OVER,
  expired: OVER,
} as const satisfies Record<RequestState, Record<RequestEvent, RequestState | null>>;

export function nextRequestState(state: RequestState, event: RequestEvent): RequestState | null {
  return REQUEST_TRANSITIONS[state][event];
}

/** How long a request waits for its decision. */
export const REQUEST_DAYS = 7;

/** Why a refund needs somebody else: the maker's role may only ask, or the sum is above the merchant's approval limit. */
export const REQUEST_CAUSES = ["role", "limit"] as const;
export type RequestCause = (typeof REQUEST_CAUSES)[number];
