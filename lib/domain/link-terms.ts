import { CURRENCIES, type Currency, isCurrency } from "#lib/domain/currency.ts";
import { fail, type ProblemCode, type Result } from "#lib/domain/errors.ts";
import { FIELDS_MAX, type LinkField, QUANTITY_MAX, type StoredChoice } from "#lib/domain/link.ts";
import { checkFields, type FieldInput } from "#lib/domain/link-fields.ts";
import { isMoneyProblem, MAX_MINOR, parseMoney } from "#lib/domain/money.ts";

export const LINK_TITLE_MAX = 100;
export const LINK_TEXT_MAX = 500;
export const CHOICES_MAX = 20;
export const CHOICE_LABEL_MAX = 60;
export const STOCK_MAX = 1_000_000;
export const SLUG_MAX = 60;
export const SLUG = /^[A-Za-z0-9_-]{3,60}$/;

/** A link's terms as a merchant gives them: amounts as decimal text, instants as ISO 8601; null or absent is "none". */
export interface LinkTermsInput {
  title: string;
  description?: string | null | undefined;
  currency: string;
  amount?: string | null | undefined;
  choices?: readonly { label: string; amount: string }[] | null | undefined;
  min_amount?: string | null | undefined;
  max_amount?: string | null | undefined;
  suggested_amount?: string | null | undefined;
  quantity_max?: number | null | undefined;
  reusable?: boolean | undefined;
  stock?: number | null | undefined;
  opens_at?: string | null | undefined;
  expires_at?: string | null | undefined;
  fields?: readonly FieldInput[] | undefined;
  success_message?: string | null | undefined;
}

/** The same, checked, as a row keeps them. */
export interface LinkTerms extends Pricing {
  title: string;
  description: string;
  currency: Currency;
  quantityMax: number | null;
  reusable: boolean;
  stock: number | null;
  opensAt: Date | null;
  expiresAt: Date | null;
  fields: LinkField[];
  successMessage: string | null;
}

interface Pricing {
  amount: bigint | null;
  choices: StoredChoice[] | null;
  minAmount: bigint | null;
  maxAmount: bigint | null;
  suggestedAmount: bigint | null;
}

/**
 * Checks a link's terms. Each problem names its field (`choices.1.amount`, `fields.0.label`). Exactly one pricing: `amount`,
 * `choices`, or both limits. The dearest order (price × pieces) must be one we can charge. Whether an end in the past is
 * refused is the caller's: an edit of an expired link keeps it.
 */
export function linkTerms(input: LinkTermsInput): Result<LinkTerms> {
  if (!isCurrency(input.currency)) return fail("currency_unsupported", "currency", { currencies: CURRENCIES.join(", ") });
  const title = input.title.trim();
  if (title === "") return fail("title_missing", "title");
  if (title.length > LINK_TITLE_MAX) return fail("title_too_long", "title", { max: String(LINK_TITLE_MAX) });
  const pricing = pricingOf(input, input.currency);
  if (!pricing.ok) return pricing;
  const quantity = quantityOf(input, pricing.value);
  if (!quantity.ok) return quantity;
  const stock = input.stock ?? null;
  if (stock !== null && !(Number.isInteger(stock) && stock >= 1 && stock <= STOCK_MAX))
    return fail("stock_range", "stock", { max: String(STOCK_MAX) });
  const times = timesOf(input);
  if (!times.ok) return times;
  const texts = textsOf(input);
  if (!texts.ok) return texts;
  if ((input.fields?.length ?? 0) > FIELDS_MAX) return fail("fields_too_many", "fields", { max: String(FIELDS_MAX) });
  const fields = checkFields(input.fields ?? []);
  if (!fields.ok) return fields;
  return {
    ok: true,
    value: {
      title,
      currency: input.currency,
      ...pricing.value,
      quantityMax: quantity.value,
      reusable: input.reusable ?? true,
      stock,
      ...times.value,
      ...texts.value,
      fields: fields.value,
    },
  };
}

function pricingOf(input: LinkTermsInput, currency: Currency): Result<Pricing> {
  const none: Pricing = { amount: null, choices: null, minAmount: null, maxAmount: null, suggestedAmount: null };
  const [fixed, list] = [input.amount ?? null, input.choices ?? null];
  const limits = [input.min_amount, input.max_amount, input.suggested_amount].some((one) => one != null);
  if ([fixed !== null, list !== null, limits].filter(Boolean).length !== 1) return fail("pricing_invalid", "amount");
  if (fixed !== null) {
    const amount = amountOf(fixed, currency, "amount");
    return amount.ok ? { ok: true, value: { ...none, amount: amount.value } } : amount;
  }
  if (list === null) return limitsOf(input, currency, none);
  if (list.length < 1 || list.length > CHOICES_MAX) return fail("choices_invalid", "choices", { max: String(CHOICES_MAX) });
  const choices: StoredChoice[] = [];
  for (const [index, one] of list.entries()) {
    const label = one.label.trim();
    const known = choices.some((other) => other.label === label);
    if (label === "" || label.length > CHOICE_LABEL_MAX || known)
      return fail("choice_label_invalid", `choices.${index}.label`, { max: String(CHOICE_LABEL_MAX) });
    const amount = amountOf(one.amount, currency, `choices.${index}.amount`);
    if (!amount.ok) return amount;
    choices.push({ label, amount: amount.value.toString() });
  }
  return { ok: true, value: { ...none, choices } };
}

function limitsOf(input: LinkTermsInput, currency: Currency, none: Pricing): Result<Pricing> {
  const min = amountOf(input.min_amount ?? "", currency, "min_amount");
  if (!min.ok) return min;
  const max = amountOf(input.max_amount ?? "", currency, "max_amount");
  if (!max.ok) return max;
  if (max.value < min.value) return fail("limits_invalid", "max_amount");
  const suggested = input.suggested_amount == null ? null : amountOf(input.suggested_amount, currency, "suggested_amount");
  if (suggested && !suggested.ok) return suggested;
  const suggestedAmount = suggested?.value ?? null;
  if (suggestedAmount !== null && (suggestedAmount < min.value || suggestedAmount > max.value))
    return fail("suggested_outside", "suggested_amount");
  return { ok: true, value: { ...none, minAmount: min.value, maxAmount: max.value, suggestedAmount } };
}

function amountOf(text: string, currency: Currency, field: string): Result<bigint> {
  if (text.trim() === "") return fail("amount_missing", field);
  const money = parseMoney(text.trim(), currency);
  if (isMoneyProblem(money)) return fail(`amount_${money}` satisfies ProblemCode, field, { currency });
  return money.minor > 0n ? { ok: true, value: money.minor } : fail("amount_zero", field);
}

function quantityOf(input: LinkTermsInput, pricing: Pricing): Result<number | null> {
  const most = input.quantity_max ?? null;
  if (most === null) return { ok: true, value: null };
  if (pricing.minAmount !== null) return fail("quantity_not_here", "quantity_max");
  const dearest = [pricing.amount ?? 0n, ...(pricing.choices ?? []).map((one) => BigInt(one.amount))].reduce((a, b) => (a > b ? a : b));
  const fine = Number.isInteger(most) && most >= 2 && most <= QUANTITY_MAX && dearest * BigInt(most) <= MAX_MINOR;
  return fine ? { ok: true, value: most } : fail("quantity_range", "quantity_max", { max: String(QUANTITY_MAX) });
}

/** PostgreSQL has no year 0, and reads no year of five digits. */
const YEAR_10000_MS = Date.UTC(10_000, 0);
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

function isKeepable(ms: number): boolean {
  return ms >= 0 && ms < YEAR_10000_MS;
}

function timesOf(input: LinkTermsInput): Result<Pick<LinkTerms, "opensAt" | "expiresAt">> {
  const read = { opens_at: input.opens_at ?? null, expires_at: input.expires_at ?? null };
  for (const name of ["opens_at", "expires_at"] as const) {
    const text = read[name];
    if (text !== null && !(INSTANT.test(text) && isKeepable(Date.parse(text)))) return fail("time_invalid", name);
  }
  const opensAt = read.opens_at === null ? null : new Date(read.opens_at);
  const expiresAt = read.expires_at === null ? null : new Date(read.expires_at);
  if (opensAt && expiresAt && expiresAt <= opensAt) return fail("times_invalid", "expires_at");
  return { ok: true, value: { opensAt, expiresAt } };
}

function textsOf(input: LinkTermsInput): Result<Pick<LinkTerms, "description" | "successMessage">> {
  const description = (input.description ?? "").trim();
  if (description.length > LINK_TEXT_MAX) return fail("text_too_long", "description", { max: String(LINK_TEXT_MAX) });
  const message = (input.success_message ?? "").trim();
  if (message.length > LINK_TEXT_MAX) return fail("text_too_long", "success_message", { max: String(LINK_TEXT_MAX) });
  return { ok: true, value: { description, successMessage: message === "" ? null : message } };
}
