import { type Database, db } from "#db/client.ts";
import { type CheckoutLink, linkBySlug } from "#db/queries/links.ts";
import type { Brand } from "#lib/domain/brand.ts";
import type { Currency } from "#lib/domain/currency.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { formatMajor, isMoneyProblem, type Money, parseMoney } from "#lib/domain/money.ts";
import { moneyOf } from "#lib/payments/change.ts";
import { openOrder } from "#lib/payments/open-order.ts";

export interface LinkView {
  slug: string;
  title: string;
  description: string;
  currency: Currency;
  /** Null when the shopper enters the amount, within the two limits. */
  amount: Money | null;
  minAmount: Money | null;
  maxAmount: Money | null;
  live: boolean;
  active: boolean;
  locale: string;
  merchant: { name: string; brand: Brand };
}

/** What a link's page shows, or null when there is no such link. */
export async function readLink(slug: string, database: Database = db()): Promise<LinkView | null> {
  const row = await linkBySlug(database, slug);
  if (!row) return null;
  const { link, merchant } = row;
  return {
    slug,
    title: link.title,
    description: link.description,
    ...amountsOf(link),
    live: link.live,
    active: link.active && merchant.active,
    locale: merchant.locale,
    merchant: { name: merchant.name, brand: merchant.brand },
  };
}

/**
 * Opens the order of a link's visitor. `amountText` is read only where the link leaves the amount open; a fixed amount
 * never comes from the browser. The form's `idempotencyKey` (made when it was drawn) makes its double click one order.
 */
export async function openOrderFromLink(
  input: { slug: string; amountText: string | null; locale: string; idempotencyKey: string },
  database: Database = db(),
): Promise<Result<{ token: string; orderId: string }>> {
  const row = await linkBySlug(database, input.slug);
  if (!row) return fail("order_not_found");
  const { link, merchant } = row;
  if (!link.active || !merchant.active) return fail("link_inactive");
  const amount = amountFor(link, input.amountText);
  if (!amount.ok) return amount;
  const opened = await openOrder(
    {
      merchantId: link.merchantId,
      reference: referenceOf(link, input.idempotencyKey),
      amount: amount.value,
      title: link.title,
      live: link.live,
      notifyUrl: link.notifyUrl,
      returnUrl: link.returnUrl,
      locale: input.locale,
      linkId: link.id,
      accountId: link.accountId,
      actor: "shopper",
    },
    database,
  );
  return opened.ok ? { ok: true, value: { token: opened.value.token, orderId: opened.value.id } } : opened;
}

function amountFor(link: CheckoutLink, text: string | null): Result<Money> {
  const { amount, minAmount, maxAmount, currency } = amountsOf(link);
  if (amount) return { ok: true, value: amount };
  const typed = plainDigits((text ?? "").trim());
  if (typed === "") return fail("amount_missing", "amount");
  const money = parseMoney(typed, currency);
  if (isMoneyProblem(money)) return fail(`amount_${money}`, "amount", { currency });
  const limits = { min: minAmount ? formatMajor(minAmount) : "", max: maxAmount ? formatMajor(maxAmount) : "", currency };
  if (minAmount && money.minor < minAmount.minor) return fail("amount_below", "amount", limits);
  if (maxAmount && money.minor > maxAmount.minor) return fail("amount_above", "amount", limits);
  return { ok: true, value: money };
}

/** "1,234.50" and "1 234.50" are what people type; "1,50" might be one and a half, so it stays what it is: no amount. */
function plainDigits(typed: string): string {
  const dotted = typed.replace("。", ".");
  return /^\d{1,3}([,， ]\d{3})+(\.\d+)?$/.test(dotted) ? dotted.replaceAll(/[,， ]/g, "") : dotted;
}

function amountsOf(link: CheckoutLink): Pick<LinkView, "amount" | "minAmount" | "maxAmount" | "currency"> {
  const money = (amount: bigint | null): Money | null => (amount === null ? null : moneyOf({ amount, currency: link.currency }));
  const { currency } = moneyOf({ amount: 0n, currency: link.currency });
  return { amount: money(link.amount), minAmount: money(link.minAmount), maxAmount: money(link.maxAmount), currency };
}

/** The shop has no number of its own here: the form's key is one, and makes the order idempotent. */
function referenceOf(link: CheckoutLink, idempotencyKey: string): string {
  const key = /^[A-Za-z0-9_-]{8,40}$/.test(idempotencyKey) ? idempotencyKey : crypto.randomUUID();
  return `link:${link.slug.slice(0, 18)}:${key}`;
}
