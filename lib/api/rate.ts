/** How one key stands in the minute that runs. */
export interface Quota {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Seconds until the count starts anew. */
  resetSeconds: number;
}

export const WINDOW_SECONDS = 60;
/** Keys counted at once; beyond it the oldest are forgotten. */
const MOST_KEYS = 20_000;

/**
 * Counts requests per key in fixed minutes, in this process's memory: it keeps one shop's mistake from slowing the others down,
 * it is no lock. N processes allow N times as much. The clock is an argument, so tests move it.
 */
export function quotas(now: () => number = Date.now): { take(key: string, perMinute: number): Quota } {
  const windows = new Map<string, { used: number; endsAt: number }>();
  return {
    take(key, perMinute) {
      const at = now();
      let window = windows.get(key);
      if (!window || window.endsAt <= at) {
        windows.delete(key);
        const oldest = windows.size >= MOST_KEYS ? windows.keys().next() : null;
        if (oldest && !oldest.done) windows.delete(oldest.value);
        window = { used: 0, endsAt: at + WINDOW_SECONDS * 1000 };
        windows.set(key, window);
      }
      const allowed = window.used < perMinute;
      if (allowed) window.used += 1;
      const resetSeconds = Math.max(1, Math.ceil((window.endsAt - at) / 1000));
      return { allowed, limit: perMinute, remaining: perMinute - window.used, resetSeconds };
    },
  };
}

/** The headers of draft-ietf-httpapi-ratelimit-headers, and Retry-After for who has to wait. */
export function quotaHeaders({ allowed, limit, remaining, resetSeconds }: Quota): Record<string, string> {
  return {
    "RateLimit-Policy": `"key";q=${limit};w=${WINDOW_SECONDS}`,
    RateLimit: `"key";r=${remaining};t=${resetSeconds}`,
    ...(!allowed && { "Retry-After": String(resetSeconds) }),
  };
}
