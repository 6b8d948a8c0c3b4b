/** How often something may happen for one key: `most` times in `perMs`. */
export interface Rate {
  most: number;
  perMs: number;
}

interface Window {
  used: number;
  endsAt: number;
}

/** Keys held at once, so that nobody fills the memory; beyond it the oldest are forgotten. */
const MOST_KEYS = 20_000;

/**
 * A counter of fixed windows in this process's memory. It slows abuse down, it is no lock: N processes allow N times
 * as much, and money never depends on it. The clock is an argument, so tests move it.
 */
export function rateLimiter(now: () => number = Date.now) {
  const windows = new Map<string, Window>();
  return {
    /** True when the key may go on; counts the try. */
    allow(key: string, rate: Rate): boolean {
      const at = now();
      const known = windows.get(key);
      if (known && known.endsAt > at) {
        if (known.used >= rate.most) return false;
        known.used += 1;
        return true;
      }
      windows.delete(key);
      while (windows.size >= MOST_KEYS) {
        const oldest = windows.keys().next();
        if (oldest.done) break;
        windows.delete(oldest.value);
      }
      windows.set(key, { used: 1, endsAt: at + rate.perMs });
      return true;
    },
  };
}
