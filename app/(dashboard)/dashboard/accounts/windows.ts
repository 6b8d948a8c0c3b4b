import { type Currency, isCurrency } from "#lib/domain/currency.ts";
import type { ProblemCode } from "#lib/domain/errors.ts";
import { formatMajor, isMoneyProblem, parseMoney } from "#lib/domain/money.ts";
import { type StoredWindow, windowsOf } from "#lib/domain/routing.ts";

/** A window as its inputs show it: amounts as decimal text in major units. */
export interface WindowRow {
  currency: string;
  min: string;
  max: string;
}

/** The most windows an account's form has. */
export const WINDOWS_MAX = 20;
const BLANK_ROWS = 2;

/** What is stored as rows for the form, with room for more. */
export function windowRows(stored: readonly StoredWindow[], currencies: readonly Currency[]): WindowRow[] {
  const text = (minor: bigint | null, currency: Currency) => (minor === null ? "" : formatMajor({ minor, currency }));
  const rows = windowsOf(stored).map(({ currency, min, max }) => ({ currency, min: text(min, currency), max: text(max, currency) }));
  const blank = { currency: currencies[0] ?? "CNY", min: "", max: "" };
  return [...rows, ...Array.from({ length: BLANK_ROWS }, () => blank)].slice(0, WINDOWS_MAX);
}

export type WindowProblem = Extract<ProblemCode, "amount_format" | "amount_places" | "amount_range" | "currency_unsupported"> | "order";

/** Reads the form's rows; one without amounts says nothing. Problems by input name. */
export function readWindows(
  form: FormData,
  currencies: readonly Currency[],
): { windows: StoredWindow[]; problems: Record<string, WindowProblem> } {
  const windows: StoredWindow[] = [];
  const problems: Record<string, WindowProblem> = {};
  for (let row = 0; row < WINDOWS_MAX; row += 1) {
    const text = (name: keyof WindowRow) => String(form.get(`window.${row}.${name}`) ?? "").trim();
    const [currency, min, max] = [text("currency"), text("min"), text("max")];
    if (min === "" && max === "") continue;
    if (!isCurrency(currency) || !currencies.includes(currency)) {
      problems[`window.${row}.min`] = "currency_unsupported";
      continue;
    }
    const ends = { min: endOf(min, currency), max: endOf(max, currency) };
    for (const name of ["min", "max"] as const) {
      const end = ends[name];
      if (typeof end === "string") problems[`window.${row}.${name}`] = end;
    }
    if (typeof ends.min === "string" || typeof ends.max === "string") continue;
    if (ends.min !== null && ends.max !== null && ends.min > ends.max) problems[`window.${row}.max`] = "order";
    else windows.push({ currency, min: ends.min?.toString() ?? null, max: ends.max?.toString() ?? null });
  }
  return { windows, problems };
}

function endOf(text: string, currency: Currency): bigint | null | WindowProblem {
  if (text === "") return null;
  const money = parseMoney(text, currency);
  return isMoneyProblem(money) ? `amount_${money}` : money.minor;
}
