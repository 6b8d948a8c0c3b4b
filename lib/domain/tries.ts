/** How failed tries under one key slow down the next one. */
export interface TryRule {
  key: string;
  windowSeconds: number;
  /** Failures in the window that cost nothing. */
  free: number;
  /** After them: `stop`, none until the oldest is out of the window; `slower`, each waits twice as long as the one before, up to a minute. */
  beyond: "stop" | "slower";
}

/** The failures of a key that are in its window. */
export interface Failures {
  count: number;
  oldestAgeSeconds: number;
  newestAgeSeconds: number;
}

/** The longest a `slower` rule makes anybody wait, in seconds. */
export const SLOWEST_SECONDS = 60;

/** Whole seconds until a try is allowed again; 0: now. */
export function waitSeconds(rule: TryRule, failures: Failures): number {
  if (failures.count < rule.free) return 0;
  const left =
    rule.beyond === "stop"
      ? rule.windowSeconds - failures.oldestAgeSeconds
      : Math.min(SLOWEST_SECONDS, 2 ** (failures.count - rule.free + 1)) - failures.newestAgeSeconds;
  return Math.max(0, Math.ceil(left));
}

/**
 * The network an address belongs to, as far as whoever holds one address may hold others: itself for IPv4, its /64 for IPv6
 * (what one household or one rented server is given).
 */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.toLowerCase().split("%")[0]?.split("::") ?? [];
  const groups = (text: string) => text.split(":").filter(Boolean);
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const whole = [...left, ...Array<string>(zeros).fill("0"), ...right];
  return `${whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
