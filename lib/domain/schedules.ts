/** Every schedule of the product, in seconds, in one place. */

/** The query sweep of an attempt, seconds from its start (reliability.md 6). */
export const SWEEP_STEPS = [5, 15, 30, 60, 120, 300] as const;
export const SWEEP_EVERY_SECONDS = 300;
/** The five-minute rhythm lasts until this long after the attempt's expiry, … */
export const SWEEP_AFTER_EXPIRY_SECONDS = 1800;
/** … then hourly for a day; then the bill is the last word. */
export const SWEEP_HOURLY_SECONDS = 3600;
export const SWEEP_HOURLY_FOR_SECONDS = 86_400;

/**
 * When to ask the gateway next about an attempt that is still undecided, or null when the sweep is over.
 * `startedAt`, `expiresAt`, `now` are instants; the answer is always later than `now`.
 */
export function nextSweepAt(startedAt: Date, expiresAt: Date, now: Date): Date | null {
  const start = startedAt.getTime();
  const later = (ms: number): boolean => ms > now.getTime();
  for (const step of SWEEP_STEPS) if (later(start + step * 1000)) return new Date(start + step * 1000);
  const steadyEnd = Math.max(expiresAt.getTime(), start) + SWEEP_AFTER_EXPIRY_SECONDS * 1000;
  const steady = afterMultiple(start, SWEEP_EVERY_SECONDS * 1000, now.getTime());
  if (steady <= steadyEnd) return new Date(steady);
  const hourly = afterMultiple(steadyEnd, SWEEP_HOURLY_SECONDS * 1000, Math.max(now.getTime(), steadyEnd));
  return hourly <= steadyEnd + SWEEP_HOURLY_FOR_SECONDS * 1000 ? new Date(hourly) : null;
}

/** A scanned code the shopper has still to confirm is asked about this often, … */
export const SCAN_EVERY_SECONDS = 2;
/** … for this long; then it is closed at the gateway where that is possible. WeChat and Alipay give a shopper 30 to 60 s. */
export const SCAN_DEADLINE_SECONDS = 60;

/** When to ask next about a scanned code: every two seconds until its deadline, then as any other attempt. */
export function nextScanAt(startedAt: Date, expiresAt: Date, now: Date): Date | null {
  const next = now.getTime() + SCAN_EVERY_SECONDS * 1000;
  return next <= startedAt.getTime() + SCAN_DEADLINE_SECONDS * 1000 ? new Date(next) : nextSweepAt(startedAt, expiresAt, now);
}

/** A closing whose job was sent along is claimed anew by the ticker when that job has not done it by then, seconds. */
export const CLOSE_LEASE_SECONDS = 15;
const CLOSE_AGAIN_SECONDS = 10;
const CLOSE_SOON_FOR_SECONDS = 300;

/** When to try again to close an attempt whose standing was not clear: soon while somebody waits for it, then with the sweep. */
export function nextCloseAt(startedAt: Date, expiresAt: Date, now: Date): Date | null {
  const soon = now.getTime() - startedAt.getTime() < CLOSE_SOON_FOR_SECONDS * 1000;
  return soon ? new Date(now.getTime() + CLOSE_AGAIN_SECONDS * 1000) : nextSweepAt(startedAt, expiresAt, now);
}

/** Waits before each further try of a webhook delivery: ten tries over 75 hours (Standard Webhooks). */
export const DELIVERY_RETRY_SECONDS = [5, 30, 300, 1800, 7200, 18_000, 36_000, 72_000, 134_665] as const;

/** How much earlier or later than that a retry may come, as a part of the wait: so that retries do not come all at once. */
export const DELIVERY_JITTER = 0.1;

/** The wait before try `tries + 1` on a schedule, moved by `random` in [0, 1) to ± `jitter`; null when the tries are used up. */
export function nextDeliverySeconds(waits: readonly number[], tries: number, jitter: number, random: number): number | null {
  const base = waits[tries - 1];
  return base === undefined ? null : base * (1 - jitter + 2 * jitter * random);
}

/** Waits before a refund whose answer was lost is asked about or sent again, seconds; the last one repeats. */
export const REFUND_RETRY_SECONDS = [5, 15, 60, 300, 1800, 3600] as const;

/** How long an order stays payable unless the shop says otherwise, seconds. */
export const ORDER_LIFETIME_SECONDS = 1800;
/** The longest lifetime a shop may ask for, seconds. */
export const ORDER_LIFETIME_MAX_SECONDS = 7 * 86_400;
/** "I have paid" and landings ask the gateway at most once in this many seconds per attempt. */
export const RECHECK_SECONDS = 5;

function afterMultiple(from: number, every: number, now: number): number {
  return from + (Math.floor((now - from) / every) + 1) * every;
}
