import { createHash } from "node:crypto";
import { type Currency, isCurrency } from "#lib/domain/currency.ts";
import type { Money } from "#lib/domain/money.ts";

/** How a merchant's accounts that have the same method are ordered: by hand, by share, or by the amount. */
export const ROUTINGS = ["first", "weighted", "by_amount"] as const;
export type Routing = (typeof ROUTINGS)[number];

/** The amounts an account takes in one currency, both ends included; null is no limit. */
export interface AmountWindow {
  currency: Currency;
  min: bigint | null;
  max: bigint | null;
}

/** A window as its row keeps it: minor units as digits. */
export interface StoredWindow {
  currency: string;
  min: string | null;
  max: string | null;
}

/** What routing needs to know of an account. */
export interface Routed {
  id: string;
  /** Lower is tried first. */
  position: number;
  /** Its share when routed by weight; 0 comes after all others. */
  weight: number;
  windows: readonly AmountWindow[];
}

/** Whether an account takes this amount: it has a window of the currency that holds it, or none of that currency. */
export function takesAmount(windows: readonly AmountWindow[], amount: Money): boolean {
  const own = windows.filter((one) => one.currency === amount.currency);
  return own.length === 0 || own.some((one) => holds(one, amount.minor));
}

/**
 * The accounts that take this amount, the one to try first first; each at most once. `first`: as the merchant ordered
 * them. `weighted`: drawn by weight from the order's id, so that two tabs of one order agree. `by_amount`: the narrowest
 * window that holds the amount first, accounts without one last. Ties as the merchant ordered them.
 */
export function route<Account extends Routed>(
  accounts: readonly Account[],
  routing: Routing,
  order: { id: string; amount: Money },
): Account[] {
  const able = accounts.filter((one) => takesAmount(one.windows, order.amount)).sort(byHand);
  return POLICIES[routing](able, order);
}

type Policy = <Account extends Routed>(accounts: Account[], order: { id: string; amount: Money }) => Account[];

const POLICIES = {
  first: (accounts) => accounts,
  weighted: (accounts, order) => drawn(accounts, order.id),
  by_amount: (accounts, order) => narrowestFirst(accounts, order.amount),
} as const satisfies Record<Routing, Policy>;

/** Draws without putting back: the chance of each is its share of what is left. */
function drawn<Account extends Routed>(accounts: readonly Account[], orderId: string): Account[] {
  const left = accounts.filter((one) => one.weight > 0);
  const result: Account[] = [];
  while (left.length > 0) {
    const total = left.reduce((sum, one) => sum + BigInt(one.weight), 0n);
    let ticket = numberOf(`${orderId} ${result.length}`) % total;
    const at = left.findIndex((one) => {
      ticket -= BigInt(one.weight);
      return ticket < 0n;
    });
    result.push(...left.splice(at, 1));
  }
  return [...result, ...accounts.filter((one) => one.weight <= 0)];
}

function narrowestFirst<Account extends Routed>(accounts: readonly Account[], amount: Money): Account[] {
  return accounts
    .map((account) => ({ account, width: narrowest(account.windows, amount) }))
    .sort((a, b) => (a.width === b.width ? 0 : b.width === null || (a.width !== null && a.width < b.width) ? -1 : 1))
    .map(({ account }) => account);
}

/** The width of the narrowest window that holds the amount; null when none has two ends. */
function narrowest(windows: readonly AmountWindow[], amount: Money): bigint | null {
  const widths = windows
    .filter((one) => one.currency === amount.currency && holds(one, amount.minor))
    .flatMap(({ min, max }) => (max === null ? [] : [max - (min ?? 0n)]));
  return widths.reduce<bigint | null>((least, width) => (least === null || width < least ? width : least), null);
}

function holds(window: AmountWindow, minor: bigint): boolean {
  return (window.min === null || minor >= window.min) && (window.max === null || minor <= window.max);
}

function byHand(a: Routed, b: Routed): number {
  return a.position - b.position || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** 64 bits of a digest: far more than any sum of weights, so the remainder favours nobody. */
function numberOf(text: string): bigint {
  return createHash("sha256").update(text).digest().readBigUInt64BE();
}

const DIGITS = /^\d{1,16}$/;

/** A row's windows as money; one that is none (an edited row) is left out: it would otherwise shut its account for ever. */
export function windowsOf(stored: readonly StoredWindow[]): AmountWindow[] {
  return stored.flatMap(({ currency, min, max }) => {
    const legible = isCurrency(currency) && [min, max].every((one) => one === null || DIGITS.test(one));
    return legible ? [{ currency, min: min === null ? null : BigInt(min), max: max === null ? null : BigInt(max) }] : [];
  });
}
