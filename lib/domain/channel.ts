/**
 * A channel is what a payment can be created through: a gateway account, or one method of it. One that keeps failing is
 * marked down for a while, so that shoppers are not sent into a wall one after another; then one of them finds out whether
 * it works again (half open) before all others follow. Pure: rows and clocks are the caller's.
 */

/** What a failure was, and what it says something about: the account whatever it does, or the one method. */
export const CAUSES = {
  /** The request surely never arrived. */
  unreachable: "account",
  /** No answer, or one that cannot be read. */
  unclear: "account",
  /** The account's keys, clock or rights. */
  rejected: "account",
  /** Too many requests at once, says the gateway. */
  busy: "method",
  /** The wallet's own side of this method. */
  wallet: "method",
  unsupported: "method",
} as const satisfies Record<string, "account" | "method">;
export type Cause = keyof typeof CAUSES;

/** Every threshold there is. */
export const THRESHOLDS = {
  /** So many failures in a row … */
  failures: 3,
  /** … each within so many seconds of the one before it, mark a channel down. */
  withinSeconds: 120,
  /** For how long, the first time, the second time in a row, …; the last one repeats. */
  downSeconds: [30, 60, 120, 300, 600],
  /** How long the one who tries again keeps others from it. */
  probeSeconds: 30,
  /** A channel that was down and has not failed for so long is as good as new, seconds. */
  forgottenSeconds: 3600,
} as const;

/** A channel with failures behind it; one without is not written down at all. */
export interface Troubled {
  failures: number;
  lastFailedAt: Date;
  /** How often in a row it was marked down. */
  downs: number;
  downUntil: Date | null;
  /** Somebody is trying it until then. */
  probeUntil: Date | null;
}

/** `half_open`: it was down, its time is over, and nobody has tried it yet. */
export type ChannelState = "up" | "half_open" | "down";

export function channelState(known: Troubled | null, now: Date): ChannelState {
  if (!known?.downUntil || since(known, now) > THRESHOLDS.forgottenSeconds) return "up";
  const held = known.downUntil > now || (known.probeUntil !== null && known.probeUntil > now);
  return held ? "down" : "half_open";
}

/** The state of what needs several channels at once: as bad as the worst of them. */
export function worst(states: readonly ChannelState[]): ChannelState {
  if (states.includes("down")) return "down";
  return states.includes("half_open") ? "half_open" : "up";
}

/**
 * The channel after one more failure. Down from the third in a row on; one that fails when tried again is down anew, for
 * longer. A failure of a request that was on its way when it went down changes nothing but the count.
 */
export function afterFailure(known: Troubled | null, now: Date): Troubled {
  const recent = known && since(known, now) <= (known.downs > 0 ? THRESHOLDS.forgottenSeconds : THRESHOLDS.withinSeconds) ? known : null;
  const failures = (recent?.failures ?? 0) + 1;
  const counted = { failures, lastFailedAt: now, downs: recent?.downs ?? 0, downUntil: recent?.downUntil ?? null, probeUntil: null };
  if (recent?.downUntil && recent.downUntil > now) return { ...counted, probeUntil: recent.probeUntil };
  if (failures < THRESHOLDS.failures) return counted;
  return { ...counted, downs: counted.downs + 1, downUntil: new Date(now.getTime() + downSeconds(counted.downs) * 1000) };
}

function downSeconds(downsBefore: number): number {
  const { downSeconds: steps } = THRESHOLDS;
  return steps[Math.min(downsBefore, steps.length - 1)] ?? steps[0];
}

function since(known: Troubled, now: Date): number {
  return (now.getTime() - known.lastFailedAt.getTime()) / 1000;
}
