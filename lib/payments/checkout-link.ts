import { createHash } from "node:crypto";
import { type Database, db } from "#db/client.ts";
import { type CheckoutLink, type LinkWithMerchant, linkBySlug } from "#db/queries/links.ts";
import { orderByReference } from "#db/queries/orders.ts";
import type { Brand } from "#lib/domain/brand.ts";
import { type Currency, storedCurrency } from "#lib/domain/currency.ts";
import { cutText } from "#lib/domain/cut.ts";
import { fail, type ProblemCode, type Result } from "#lib/domain/errors.ts";
import { answersOf, type Chosen, type LinkField, type LinkStanding, linkStanding, priceOf } from "#lib/domain/link.ts";
import type { Money } from "#lib/domain/money.ts";
import { openOrder, TITLE_MAX } from "#lib/payments/open-order.ts";

/** All a link's page shows. No secret and no personal data in it. */
export interface LinkView {
  id: string;
  slug: string;
  title: string;
  description: string;
  currency: Currency;
  /** The price of one piece; null when the shopper chooses or enters it. */
  amount: Money | null;
  choices: { label: string; amount: Money }[] | null;
  minAmount: Money | null;
  maxAmount: Money | null;
  suggestedAmount: Money | null;
  /** The shopper may take 1 to this many; 1 when they cannot choose. Never more than are left. */
  quantityMax: number;
  fields: LinkField[];
  live: boolean;
  standing: LinkStanding;
  opensAt: Date | null;
  expiresAt: Date | null;
  /** When somebody's place may become free again, at the latest; null unless it is `held`. */
  nextFreeAt: Date | null;
  /** What the page was drawn from: sent back with the form. */
  revision: number;
  /** The language the merchant chose for it; null: the browser's. */
  locale: string | null;
  timeZone: string;
  merchant: { name: string; brand: Brand };
}

/** What a link's page shows, whatever its standing, or null when there is no such link. */
export async function readLink(slug: string, database: Database = db()): Promise<LinkView | null> {
  const row = await linkBySlug(database, slug);
  if (!row) return null;
  const { link, merchant } = row;
  const currency = storedCurrency(link.currency);
  const money = (minor: bigint | null): Money | null => (minor === null ? null : { minor, currency });
  const left = link.stock === null ? Number.POSITIVE_INFINITY : Math.max(1, link.stock - link.takenPieces);
  return {
    id: link.id,
    slug,
    title: link.title,
    description: link.description,
    currency,
    amount: money(link.amount),
    choices: link.choices?.map(({ label, amount }) => ({ label, amount: { minor: BigInt(amount), currency } })) ?? null,
    minAmount: money(link.minAmount),
    maxAmount: money(link.maxAmount),
    suggestedAmount: money(link.suggestedAmount),
    quantityMax: Math.min(link.quantityMax ?? 1, left),
    fields: link.fields,
    live: link.live,
    standing: standingOf(row),
    opensAt: link.opensAt,
    expiresAt: link.expiresAt,
    nextFreeAt: row.nextFreeAt,
    revision: link.revision,
    locale: link.locale,
    timeZone: merchant.timeZone,
    merchant: { name: merchant.name, brand: merchant.brand },
  };
}

export interface OpenFromLink {
  slug: string;
  /** Read only where the link leaves the amount open. */
  amountText: string | null;
  /** Position in the list of choices. */
  choice?: string | null | undefined;
  quantity?: string | null | undefined;
  /** Answers to the merchant's questions, by position. */
  answers?: readonly (string | null)[] | undefined;
  /** The revision the page was drawn from; absent: whatever the link is now. */
  revision?: number | undefined;
  locale: string;
  idempotencyKey: string;
}

/**
 * Opens the order of a link's visitor: the price is the link's own (lib/domain/link.ts), the place at a limited link is taken
 * by the very insert, so that the last piece is sold once (migration link_places). The form's `idempotencyKey` (made when it
 * was drawn) makes its double click one order; going back and sending something else is another order.
 */
export async function openOrderFromLink(
  input: OpenFromLink,
  database: Database = db(),
): Promise<Result<{ token: string; orderId: string }>> {
  const row = await linkBySlug(database, input.slug);
  if (!row) return fail("order_not_found");
  const { link } = row;
  const sent = { amount: input.amountText, choice: input.choice ?? null, quantity: input.quantity ?? null };
  const price = priceOf(link, sent);
  const answers = answersOf(link.fields, input.answers ?? []);
  const reference = referenceOf(link, input.idempotencyKey, { price, answers });
  // What this form has opened stays open to it, whatever became of the link since.
  const known = price.ok && answers.ok ? await orderByReference(database, link.merchantId, link.live, reference) : null;
  if (known) return { ok: true, value: { token: known.token, orderId: known.id } };
  const closed = PROBLEM_OF_STANDING[standingOf(row)];
  if (closed) return fail(closed);
  if (input.revision !== undefined && input.revision !== link.revision) return fail("link_changed");
  if (!price.ok) return price;
  if (!answers.ok) return answers;
  return opened(row, input, { reference, price: price.value, answers: answers.value }, database);
}

/** The problem a form gets at a link that takes no order. */
export const PROBLEM_OF_STANDING = {
  open: null,
  retired: "link_inactive",
  not_yet: "link_not_open",
  expired: "link_expired",
  paid: "link_paid",
  held: "link_held",
  sold_out: "link_sold_out",
} as const satisfies Record<LinkStanding, ProblemCode | null>;

interface Accepted {
  reference: string;
  price: Chosen;
  answers: Record<string, string>;
}

async function opened(
  { link }: LinkWithMerchant,
  input: OpenFromLink,
  { reference, price, answers }: Accepted,
  database: Database,
): Promise<Result<{ token: string; orderId: string }>> {
  const order = {
    merchantId: link.merchantId,
    reference,
    amount: price.amount,
    title: titleOf(link, price),
    live: link.live,
    notifyUrl: link.notifyUrl,
    returnUrl: link.returnUrl,
    successMessage: link.successMessage,
    locale: input.locale,
    linkId: link.id,
    quantity: price.quantity,
    accountId: link.accountId,
    metadata: {
      ...answers,
      ...(price.choice !== null && { choice: price.choice }),
      ...(link.quantityMax !== null && { quantity: String(price.quantity) }),
    },
    actor: "shopper",
  };
  try {
    const result = await openOrder(order, database);
    return result.ok ? { ok: true, value: { token: result.value.token, orderId: result.value.id } } : result;
  } catch (error) {
    if (!isFull(error)) throw error;
    // Somebody was faster. Read again: they may be paying still, or fewer pieces may be left than were asked for.
    const now = await linkBySlug(database, input.slug);
    const standing = now && standingOf(now);
    const full = standing && PROBLEM_OF_STANDING[standing];
    const left = now?.link.stock ? now.link.stock - now.link.takenPieces : 0;
    return full || left < 1 ? fail(full ?? "link_sold_out") : fail("quantity_invalid", "quantity", { max: String(left) });
  }
}

const FULL = new Set(["checkout_links_once", "checkout_links_stock"]);

/** Whether the database refused an order because the link has no place left. */
function isFull(error: unknown): boolean {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  const constraint = (cause as { constraint?: unknown } | null)?.constraint;
  return typeof constraint === "string" && FULL.has(constraint);
}

function standingOf({ link, merchant, now, openOrders }: LinkWithMerchant): LinkStanding {
  return linkStanding({ ...link, active: link.active && merchant.active }, now, openOrders);
}

/** "Tea · Large × 2": what the wallet and the receipt call it. */
function titleOf(link: CheckoutLink, { choice, quantity }: Chosen): string {
  const whole = [link.title, choice].filter(Boolean).join(" · ") + (quantity > 1 ? ` × ${quantity}` : "");
  return whole.length <= TITLE_MAX ? whole : `${cutText(whole, TITLE_MAX - 1)}…`;
}

/**
 * The shop has no number of its own here: the form's key is one, and makes the order idempotent. Where the shopper may choose,
 * what they chose is part of it: the same page sent again after going back must not lead to the order of before.
 */
function referenceOf(link: CheckoutLink, idempotencyKey: string, sent: { price: Result<Chosen>; answers: Result<object> }): string {
  const key = /^[A-Za-z0-9_-]{8,40}$/.test(idempotencyKey) ? idempotencyKey : crypto.randomUUID();
  const asks = link.amount === null || link.quantityMax !== null || link.fields.length > 0;
  return `link:${link.slug.slice(0, 18)}:${asks ? digestOf(key, sent) : key}`;
}

function digestOf(key: string, { price, answers }: { price: Result<Chosen>; answers: Result<object> }): string {
  const chosen = price.ok ? [price.value.amount.minor.toString(), price.value.quantity, price.value.choice] : null;
  return createHash("sha256")
    .update(JSON.stringify([key, chosen, answers.ok ? answers.value : null]))
    .digest("base64url")
    .slice(0, 32);
}
