/** How one key, or an address that shows none, stands in the minute that runs. */
export interface Quota {
  of: "key" | "address";
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
 * Counts requests per key (or address) in fixed minutes, in this process's memory: it keeps one shop's mistake from slowing the others down,
 * it is no lock. N processes allow N times as much. The clock is an argument, so tests move it.
 */
export function quotas(of: Quota["of"] = "key", now: () => number = Date.now) {
  const windows = new Map<string, { used: number; endsAt: number }>();
  return {
    /** Counts a request, where `counts`; else only says how it stands. */
    take(key: string, perMinute: number, counts = true): Quota {
      const at = now();
      let window = windows.get(key);
      if (!window || window.endsAt <= at) {
        windows.delete(key);
        const oldest = windows.size >= MOST_KEYS ? windows.keys().next() : null;
        if (oldest && !oldest.done) windows.delete(oldest.value);
        window = { used: 0, endsAt: at + WINDOW_SECONDS * 1000 };
        windows.set(key, window);
      }
      const allowed = !counts || window.used < perMinute;
      if (counts && allowed) window.used += 1;
      const resetSeconds = Math.max(1, Math.ceil((window.endsAt - at) / 1000));
      return { of, allowed, limit: perMinute, remaining: Math.max(0, perMinute - window.used), resetSeconds };
    },
  };
}

/** The headers of draft-ietf-httpapi-ratelimit-headers, and Retry-After for who has to wait. */
export function quotaHeaders({ of, allowed, limit, remaining, resetSeconds }: Quota): Record<string, string> {
  return {
    "RateLimit-Policy": `"${of}";q=${limit};w=${WINDOW_SECONDS}`,
    RateLimit: `"${of}";r=${remaining};t=${resetSeconds}`,
    ...(!allowed && { "Retry-After": String(resetSeconds) }),
  };
}
