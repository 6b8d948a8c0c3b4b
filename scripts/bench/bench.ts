import type { World } from "../world.ts";

/** What every bench is given. */
export interface Bench {
  world: World;
  /** Where webhooks go: a server of this process that answers 204. */
  shopUrl: string;
  say(line: Record<string, unknown>): void;
}

/** A figure against its target. */
export function judged(value: number, op: "at least" | "at most", target: number): { target: string; ok: boolean } {
  return { target: `${op} ${target}`, ok: op === "at least" ? value >= target : value <= target };
}
