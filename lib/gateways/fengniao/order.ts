import { z } from "zod";
import { isMoneyProblem, type Money, parseMoney } from "#lib/domain/money.ts";

/** Reading and writing that every operation of seeds/004 shares. */

/** Text, or nothing: numbers arrive here as their source text (wire.ts `parseJson`), null as absent. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

/** 100,000,000 yuan, the most any `total_amount` may be. */
export const MAX_FEN = 10_000_000_000n;

/** Why a number of ours cannot be sent, or null: 64 letters, digits and underscores at most. */
export function numberProblem(value: string): string | null {
  return /^[A-Za-z0-9_]{1,64}$/.test(value) ? null : "a number is 1 to 64 letters, digits and underscores";
}

/** Why an amount cannot be sent, or null. */
export function amountProblem({ minor, currency }: Money): string | null {
  if (currency !== "CNY") return "amounts are in CNY";
  return minor > 0n && minor <= MAX_FEN ? null : "an amount is between 0.01 and 100000000 yuan";
}

/** Reads yuan; null when it is no amount of at most two places. */
export function yuan(value: string): Money | null {
  const money = parseMoney(value, "CNY");
  return isMoneyProblem(money) ? null : money;
}

/**
 * Why an answer is not about what was asked, or null. Every create and every payout answers our number and the amount
 * (seeds/004 §2.1–2.15, §2.23): an answer without them is about something else too.
 */
export function echoProblem(
  answered: { out_trade_no: string; total_amount: string },
  asked: { number: string; amount: Money },
): string | null {
  if (answered.out_trade_no !== asked.number) return "the answer is about another number of ours";
  return yuan(answered.total_amount)?.minor === asked.amount.minor ? null : "the answer is about another amount";
}

/** Adds a problem of a reply to its parsing, so that the call ends `unknown`. */
export function unclear(issues: z.RefinementCtx, message: string): never {
  issues.addIssue({ code: "custom", message });
  return z.NEVER;
}
