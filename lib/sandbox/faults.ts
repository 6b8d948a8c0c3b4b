/**
 * Everything that can be made to go wrong, in one table. Each has a title and an explanation in every language under
 * `fault.<id>` of lib/i18n/messages/<locale>/sandbox.json.
 * `notice`: what the gateway tells afterwards; chosen before the shopper pays.
 * `reply`: the request is fully processed and only its answer suffers: the worst case for a caller.
 * `refuse`: nothing happens at the gateway and it says so.
 */
export const FAULTS = {
  notice_lost: { phase: "notice", seconds: null },
  notice_late: { phase: "notice", seconds: 20 },
  notice_duplicate: { phase: "notice", seconds: null },
  notice_reordered: { phase: "notice", seconds: 30 },
  notice_early: { phase: "notice", seconds: null },
  notice_forged: { phase: "notice", seconds: null },
  notice_wrong_amount: { phase: "notice", seconds: null },
  notice_wrong_currency: { phase: "notice", seconds: null },
  reply_lost: { phase: "reply", seconds: null },
  reply_slow: { phase: "reply", seconds: 30 },
  reply_500: { phase: "reply", seconds: null },
  reply_garbage: { phase: "reply", seconds: null },
  refuse_unavailable: { phase: "refuse", seconds: null },
  refuse_wallet_down: { phase: "refuse", seconds: null },
} as const satisfies Record<string, { phase: "notice" | "reply" | "refuse"; seconds: number | null }>;

export type Fault = keyof typeof FAULTS;
export const FAULT_IDS = Object.keys(FAULTS) as Fault[];

/** Faults that can still be chosen when the shopper stands before the wallet: the create was answered long ago. */
export const WALLET_FAULTS: readonly Fault[] = FAULT_IDS.filter((id) => FAULTS[id].phase === "notice" && id !== "notice_early");
/** Faults that can strike any request, not only a create. */
export const REQUEST_FAULTS: readonly Fault[] = FAULT_IDS.filter((id) => FAULTS[id].phase === "reply");
/** Faults of a notice's currency: no use where notices name none. */
export const CURRENCY_FAULTS: readonly Fault[] = ["notice_wrong_currency"];
/** The longest delay that may be asked for. */
export const FAULT_SECONDS_MAX = 600;

export function isFault(value: unknown): value is Fault {
  return typeof value === "string" && Object.hasOwn(FAULTS, value);
}
