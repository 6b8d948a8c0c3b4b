import { sql } from "drizzle-orm";
import { type Database, db, inTransaction, type Tx } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import type { Order } from "#db/queries/locks.ts";
import { endpointFor, insertOrder, orderByReference } from "#db/queries/orders.ts";
import { storableText } from "#db/storable.ts";
import type { DeskEntry } from "#lib/domain/desk.ts";
import { fail, type Problem, type Result } from "#lib/domain/errors.ts";
import { newId, newToken } from "#lib/domain/ids.ts";
import { MAX_MINOR, type Money } from "#lib/domain/money.ts";
import { ORDER_LIFETIME_MAX_SECONDS, ORDER_LIFETIME_SECONDS } from "#lib/domain/schedules.ts";
import { amountData, commit, draft, moneyOf, record } from "#lib/payments/change.ts";
import type { NoticeFormatId } from "#lib/webhooks/format.ts";

export interface OpenOrder {
  merchantId: string;
  /** The shop's own number, 1–64 characters; made up when absent. The same number again gives the same order. */
  reference?: string | undefined;
  amount: Money;
  title: string;
  live: boolean;
  notifyUrl?: string | null | undefined;
  /** How that address wants to be told; Standard Webhooks when absent. */
  noticeFormat?: NoticeFormatId | undefined;
  returnUrl?: string | null | undefined;
  locale?: string | null | undefined;
  /** Seconds the order stays payable: 60 to 7 days; 30 minutes when absent. */
  lifetimeSeconds?: number | undefined;
  metadata?: Record<string, string> | undefined;
  linkId?: string | null | undefined;
  /** Pieces of the link's thing; 1 when absent. */
  quantity?: number | undefined;
  /** The merchant's words for the paid page. */
  successMessage?: string | null | undefined;
  /** How it came in by `/desk`. */
  desk?: DeskEntry | undefined;
  /** Payable through this account only; null: through any of the merchant's. */
  accountId?: string | null | undefined;
  /** Who opens it: `shopper`, `shop` or a user's id. */
  actor: string;
  /** Writes more with a new order, in its transaction; what it throws undoes both. */
  inSameCommit?: ((tx: Tx, order: Order) => Promise<void>) | undefined;
}

const REFERENCE = /^[\x21-\x7e]{1,64}$/;
export const TITLE_MAX = 128;
export const URL_MAX = 1024;
export const LIFETIME_MIN_SECONDS = 60;
/** URL drops or encodes these; the text itself, which is what we keep and send in headers, would still have them. */
const UNSENDABLE = /\p{Cc}|\p{Surrogate}/u;

/**
 * Opens an order: amount and currency are fixed here and never again, the expiry is counted by the server. Idempotent by
 * the shop's reference, in test and live mode apart: the same reference with the same amount answers the order that is there (`created` false), with
 * another amount `reference_taken`.
 */
export async function openOrder(
  input: OpenOrder,
  database: Database = db(),
): Promise<Result<{ id: string; token: string; created: boolean }>> {
  const problem = orderProblem(input);
  if (problem) return { ok: false, problem };
  const reference = input.reference ?? newId("order").slice(4);
  return inTransaction(database, async (tx): Promise<Result<{ id: string; token: string; created: boolean }>> => {
    if (input.accountId && !(await ownAccount(tx, input))) return fail("account_not_found", "account");
    const notifyUrl = input.notifyUrl || null;
    const order = await insertOrder(tx, {
      id: newId("order"),
      token: newToken(),
      merchantId: input.merchantId,
      reference,
      linkId: input.linkId ?? null,
      quantity: input.quantity ?? 1,
      successMessage: input.successMessage ?? null,
      desk: input.desk ?? null,
      accountId: input.accountId ?? null,
      title: storableText(input.title.trim()),
      currency: input.amount.currency,
      amount: input.amount.minor,
      live: input.live,
      notifyUrl,
      endpointId: notifyUrl ? await endpointFor(tx, input.merchantId, notifyUrl, input.noticeFormat) : null,
      returnUrl: input.returnUrl || null,
      locale: input.locale ?? null,
      metadata: Object.fromEntries(Object.entries(input.metadata ?? {}).map((pair) => pair.map(storableText))),
      expiresAt: sql`now() + make_interval(secs => ${input.lifetimeSeconds ?? ORDER_LIFETIME_SECONDS})`,
    });
    if (!order) {
      const known = await orderByReference(tx, input.merchantId, input.live, reference);
      if (!known) throw new Error(`reference ${reference}: neither written nor found`);
      const same = known.amount === input.amount.minor && known.currency === input.amount.currency;
      return same ? { ok: true, value: { id: known.id, token: known.token, created: false } } : fail("reference_taken", "reference");
    }
    const change = draft({ order, now: order.createdAt });
    record(change, "order.created", input.actor, { ...amountData(moneyOf(order)), reference }, null);
    await commit(tx, change);
    await input.inSameCommit?.(tx, order);
    return { ok: true, value: { id: order.id, token: order.token, created: true } };
  });
}

/** An account of this merchant that takes the same kind of money, test or live. */
async function ownAccount(tx: Tx, { accountId, merchantId, live }: OpenOrder): Promise<boolean> {
  const row = accountId ? await accountById(tx, accountId) : null;
  return row?.merchantId === merchantId && row.live === live;
}

/** What is wrong with an order before anything is looked up; null when nothing is. */
export function orderProblem(input: OpenOrder): Problem | null {
  const title = input.title.trim();
  if (title.length === 0) return { code: "title_missing", field: "title" };
  if (title.length > TITLE_MAX) return { code: "title_too_long", field: "title", values: { max: String(TITLE_MAX) } };
  if (input.amount.minor <= 0n) return { code: "amount_zero", field: "amount" };
  if (input.amount.minor > MAX_MINOR) return { code: "amount_range", field: "amount" };
  if (input.reference !== undefined && !REFERENCE.test(input.reference)) return { code: "reference_invalid", field: "reference" };
  if (input.notifyUrl && !isWebAddress(input.notifyUrl)) return { code: "url_invalid", field: "notify_url" };
  if (input.returnUrl && !isWebAddress(input.returnUrl)) return { code: "url_invalid", field: "return_url" };
  const lifetime = input.lifetimeSeconds ?? ORDER_LIFETIME_SECONDS;
  const reasonable = Number.isInteger(lifetime) && lifetime >= LIFETIME_MIN_SECONDS && lifetime <= ORDER_LIFETIME_MAX_SECONDS;
  return reasonable ? null : { code: "lifetime_invalid", field: "expires_in" };
}

/** http(s), no user info, of a sane length: what a redirect or a webhook may lead to. Where it may connect is checked again at the call. */
export function isWebAddress(text: string): boolean {
  if (text.length > URL_MAX || UNSENDABLE.test(text) || !URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === "https:" || url.protocol === "http:") && !url.username && !url.password && url.hostname !== "";
}
