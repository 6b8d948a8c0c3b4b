import { storedCurrency } from "#lib/domain/currency.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { formatMajor, isMoneyProblem, MAX_MINOR, type Money, parseMoney } from "#lib/domain/money.ts";

/** One of a list of amounts; `amount` in minor units. */
export interface LinkChoice {
  label: string;
  amount: bigint;
}

/** A choice as its row keeps it: minor units as digits. */
export interface StoredChoice {
  label: string;
  amount: string;
}

export const FIELD_KINDS = ["text", "choice", "number"] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** A question of the merchant's own on the link's page. */
export interface LinkField {
  /** Its name in the order's metadata: `table_number`. */
  key: string;
  /** In the merchant's words. */
  label: string;
  kind: FieldKind;
  required: boolean;
  /** Characters of an answer; a number's digits. */
  maxLength: number;
  /** What a `choice` chooses from; empty otherwise. */
  options: string[];
}

/** Names of the shopper's inputs, by position: an address may carry them (lib/problem-address.ts). */
export const FIELD_INPUTS = ["field_a", "field_b", "field_c"] as const;
export const FIELDS_MAX = FIELD_INPUTS.length;
export const ANSWER_MAX = 200;
export const QUANTITY_MAX = 999;

/** Why a link's page takes no order; `open` when it does. */
export const LINK_STANDINGS = ["open", "retired", "not_yet", "expired", "paid", "held", "sold_out"] as const;
export type LinkStanding = (typeof LINK_STANDINGS)[number];

export interface LinkLimits {
  active: boolean;
  reusable: boolean;
  stock: number | null;
  takenOrders: number;
  takenPieces: number;
  opensAt: Date | null;
  expiresAt: Date | null;
}

/**
 * What a link is at `now` (the database's clock). `openOrders`: how many of its orders are still open, which may yet give
 * their place back: a full link is `held` while there are any. A link for one payment that is paid is `paid`.
 */
export function linkStanding(link: LinkLimits, now: Date, openOrders: number): LinkStanding {
  if (!link.active) return "retired";
  if (link.expiresAt && link.expiresAt <= now) return "expired";
  const full = (!link.reusable && link.takenOrders > 0) || (link.stock !== null && link.takenPieces >= link.stock);
  if (full && openOrders > 0) return "held";
  if (full) return link.reusable ? "sold_out" : "paid";
  return link.opensAt && link.opensAt > now ? "not_yet" : "open";
}

/** What an order of a link asks for, in the link's own terms. */
export interface LinkPrice {
  currency: string;
  amount: bigint | null;
  choices: readonly StoredChoice[] | null;
  minAmount: bigint | null;
  maxAmount: bigint | null;
  quantityMax: number | null;
}

/** What a shopper sent: texts of a form, or null where nothing was sent. */
export interface ShopperInput {
  amount: string | null;
  /** Position in the list, from 0. */
  choice: string | null;
  quantity: string | null;
}

export interface Chosen {
  amount: Money;
  quantity: number;
  /** The chosen label, where there was a choice. */
  choice: string | null;
}

/**
 * The price of what a shopper chose, from the link's own amounts: the browser only says which and how many, and an amount
 * only where the link leaves it open, within its limits. Problems: amount_*, choice_missing, quantity_invalid.
 */
export function priceOf(link: LinkPrice, sent: ShopperInput): Result<Chosen> {
  const currency = storedCurrency(link.currency);
  const quantity = quantityOf(link, sent.quantity);
  if (quantity === null) return fail("quantity_invalid", "quantity", { max: String(link.quantityMax ?? 1) });
  if (link.choices) {
    const chosen = /^\d{1,3}$/.test(sent.choice ?? "") ? link.choices[Number(sent.choice)] : undefined;
    if (!chosen) return fail("choice_missing", "choice");
    return times({ minor: BigInt(chosen.amount), currency }, quantity, chosen.label);
  }
  if (link.amount !== null) return times({ minor: link.amount, currency }, quantity, null);
  const typed = plainDigits((sent.amount ?? "").trim());
  if (typed === "") return fail("amount_missing", "amount");
  const money = parseMoney(typed, currency);
  if (isMoneyProblem(money)) return fail(`amount_${money}`, "amount", { currency });
  const [min, max] = [link.minAmount ?? 1n, link.maxAmount ?? MAX_MINOR].map((minor) => ({ minor, currency }));
  const limits = { min: min ? formatMajor(min) : "", max: max ? formatMajor(max) : "", currency };
  if (min && money.minor < min.minor) return fail("amount_below", "amount", limits);
  if (max && money.minor > max.minor) return fail("amount_above", "amount", limits);
  return { ok: true, value: { amount: money, quantity, choice: null } };
}

function quantityOf(link: LinkPrice, text: string | null): number | null {
  if (link.quantityMax === null || text === null) return 1;
  const typed = text.trim();
  const count = /^\d{1,3}$/.test(typed) ? Number(typed) : 0;
  return count >= 1 && count <= link.quantityMax ? count : null;
}

function times(unit: Money, quantity: number, choice: string | null): Result<Chosen> {
  const amount = { minor: unit.minor * BigInt(quantity), currency: unit.currency };
  if (amount.minor > MAX_MINOR) return fail("amount_range", "quantity", { currency: unit.currency });
  return { ok: true, value: { amount, quantity, choice } };
}

/** "1,234.50" and "1 234.50" are what people type; "1,50" might be one and a half, so it stays what it is: no amount. */
function plainDigits(typed: string): string {
  const dotted = typed.replace("。", ".");
  return /^\d{1,3}([,， ]\d{3})+(\.\d+)?$/.test(dotted) ? dotted.replaceAll(/[,， ]/g, "") : dotted;
}

/**
 * A shopper's answers to the merchant's questions, by the questions' keys; an empty answer is left out. Problems name the
 * input (`field_b`): answer_missing, answer_too_long, answer_choice, answer_number.
 */
export function answersOf(fields: readonly LinkField[], sent: readonly (string | null)[]): Result<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const [index, field] of fields.entries()) {
    const input = FIELD_INPUTS[index] ?? null;
    const answer = (sent[index] ?? "").normalize("NFC").trim();
    if (answer === "" && field.required) return fail("answer_missing", input, { label: field.label });
    if (answer === "") continue;
    if (Array.from(answer).length > field.maxLength)
      return fail("answer_too_long", input, { label: field.label, max: String(field.maxLength) });
    if (field.kind === "choice" && !field.options.includes(answer)) return fail("answer_choice", input, { label: field.label });
    if (field.kind === "number" && !/^\d+$/.test(answer)) return fail("answer_number", input, { label: field.label });
    answers[field.key] = answer;
  }
  return { ok: true, value: answers };
}
