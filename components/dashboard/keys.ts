import type { SCREENS } from "#components/dashboard/screens.ts";

type ScreenName = (typeof SCREENS)[number]["name"];

/** The letter after `g` that goes to a screen: one for each, none twice. */
export const SCREEN_KEYS = {
  home: "h",
  orders: "o",
  counter: "c",
  refunds: "r",
  links: "l",
  payouts: "p",
  notifications: "n",
  deliveries: "d",
  accounts: "a",
  developers: "v",
  team: "t",
  alerts: "e",
  audit: "u",
  settings: "s",
  merchants: "m",
  system: "y",
} as const satisfies Record<ScreenName, string>;

/** What of a key's press decides whether it is a shortcut. */
export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  /** Where it was pressed: a tag's name in capitals, an input's type, and whether its text is edited. */
  target: { tag: string; type: string; editable: boolean } | null;
}

export type Act = "search" | "next" | "previous" | "open" | "go" | "help";
const ACTS: Readonly<Record<string, Act>> = { "/": "search", j: "next", k: "previous", Enter: "open", g: "go", "?": "help" };
const NOT_TYPED = new Set(["checkbox", "radio", "button", "submit", "reset", "range", "color", "file", "image"]);

/** What a press asks for; null while somebody types (also in an input method's window) or holds a modifier. */
export function actOf(press: Press): Act | null {
  if (!isPlain(press)) return null;
  return Object.hasOwn(ACTS, press.key) ? (ACTS[press.key] ?? null) : null;
}

/** True for a key that is meant for the page and for nothing in it. Shift may be held: it makes `?` and, on some keyboards, `/`. */
export function isPlain({ ctrlKey, metaKey, altKey, isComposing, target }: Press): boolean {
  if (ctrlKey || metaKey || altKey || isComposing) return false;
  if (target === null) return true;
  if (target.editable || target.tag === "TEXTAREA" || target.tag === "SELECT") return false;
  return target.tag !== "INPUT" || NOT_TYPED.has(target.type);
}

/** The row to go to from the `at`-th of `count` (-1: none yet): the first or the last at either end, and it stays there. */
export function rowAfter(at: number, count: number, act: "next" | "previous"): number {
  if (count === 0) return -1;
  if (at < 0) return act === "next" ? 0 : count - 1;
  return act === "next" ? Math.min(at + 1, count - 1) : Math.max(at - 1, 0);
}
