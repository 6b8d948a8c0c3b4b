import { createHmac } from "node:crypto";
import { type Database, db } from "#db/client.ts";
import { merchantIsClosed } from "#db/queries/accounts.ts";
import { type Also, nothingAlong } from "#db/queries/audit.ts";
import type { Order } from "#db/queries/locks.ts";
import { orderById } from "#db/queries/orders.ts";
import { claimCode, releaseCode } from "#db/queries/scanned-codes.ts";
import { isLiveAttempt } from "#lib/domain/attempt.ts";
import { authCodeDigits, methodOfAuthCode } from "#lib/domain/auth-code.ts";
import type { Currency } from "#lib/domain/currency.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { CHARGES_AT_ONCE } from "#lib/domain/methods.ts";
import { isMoneyProblem, parseMoney } from "#lib/domain/money.ts";
import { candidatesFor } from "#lib/payments/candidates.ts";
import { type OpenOrder, openOrder } from "#lib/payments/open-order.ts";
import { tryAccounts } from "#lib/payments/try-accounts.ts";
import { secrets } from "#lib/secrets.ts";

/** What the till asks for: a new order, or one that is there. */
export type ScanFor =
  | { orderId: string }
  | {
      /** Decimal text in the currency, major units. */
      amountText: string;
      currency: Currency;
      title: string;
      live: boolean;
      /** Made when the form was drawn: its double press is one order and one charge. 8–40 letters, digits, - or _. */
      idempotencyKey: string;
      /** The shop's own number; the form's key when absent. */
      reference?: string | undefined;
      accountId?: string | null | undefined;
      notifyUrl?: string | null | undefined;
    };

export interface ScanPay {
  merchantId: string;
  /** What the scanner read from the shopper's wallet. Never stored nor logged: only a keyed digest of it. */
  authCode: string;
  for: ScanFor;
  /** A user's id. */
  actor: string;
  /** The till's address. */
  clientIp: string;
}

/**
 * Scan pay: the merchant scans the code a shopper's wallet shows, and the create charges at once. The wallet is read from
 * the code; which account, as for any method. One try: a code is used once (until it surely charged nothing), and while one
 * scanned code of an order is undecided no other is charged. A shopper who has to confirm leaves it pending: jobs ask every
 * two seconds until it is known, or its minute is over (recheck-attempt.ts, close-attempt.ts). How it stands: `readScan`.
 * Problems: merchant_closed, auth_code_invalid, auth_code_used (field auth_code), method_unavailable, scan_under_way, amount_*, title_*,
 * order_not_found, order_not_open, order_expired, gateway_refused, gateway_busy, gateway_unreachable; `orderId` then names
 * the order that waits for another code.
 */
export async function scanPay(
  input: ScanPay,
  database: Database = db(),
  also: Also = nothingAlong,
): Promise<Result<{ orderId: string; attemptId: string }>> {
  const digits = authCodeDigits(input.authCode);
  const method = methodOfAuthCode(digits);
  if (!method) return fail("auth_code_invalid", "auth_code");
  if (await merchantIsClosed(database, input.merchantId)) return fail("merchant_closed");
  const found = await orderFor(database, input);
  if (!found.ok) return found;
  const order = found.value;
  const candidates = await candidatesFor(database, order, method);
  if (candidates.length === 0) return named(order, fail("method_unavailable", "auth_code"));
  const digest = createHmac("sha256", secrets().session).update(`scanned code ${digits}`).digest("base64url");
  let claimed = false;
  // Under the order's lock: no scanned code of it is undecided, of whichever wallet, and this one was not used.
  const started = await tryAccounts(database, order, candidates, {
    method,
    clientIp: input.clientIp,
    actor: input.actor,
    answers: {},
    openidFor: () => undefined,
    authCode: digits,
    guard: async (tx, locked) => {
      const underWay = locked.attempts.some((one) => CHARGES_AT_ONCE.has(one.method) && isLiveAttempt(one.state));
      if (underWay) return fail("scan_under_way");
      // At the next account it is still the same try with the same code.
      const first = !claimed;
      claimed ||= await claimCode(tx, order.merchantId, digest, order.id);
      if (!claimed) return fail("auth_code_used", "auth_code");
      if (first) await also(tx, order.id);
      return { ok: true, value: undefined };
    },
  });
  if (started.ok) return { ok: true, value: { orderId: order.id, attemptId: started.value.attemptId } };
  // Refused or not reached, by every account that was tried: nothing was charged, and an unclear one is no problem here.
  if (claimed) await releaseCode(database, input.merchantId, digest, order.id);
  return named(order, started);
}

/** The order's id goes with the problem, so that the till can scan again for the same order. */
function named(order: Order, failed: Extract<Result<never>, { ok: false }>): Extract<Result<never>, { ok: false }> {
  return { ok: false, problem: { ...failed.problem, values: { ...failed.problem.values, order: order.id } } };
}

async function orderFor(database: Database, input: ScanPay): Promise<Result<Order>> {
  const wanted = input.for;
  if (!("orderId" in wanted)) return openCounterOrder(database, input, wanted);
  const order = await orderById(database, wanted.orderId);
  return order?.merchantId === input.merchantId ? { ok: true, value: order } : fail("order_not_found");
}

async function openCounterOrder(
  database: Database,
  { merchantId, actor }: ScanPay,
  wanted: Exclude<ScanFor, { orderId: string }>,
): Promise<Result<Order>> {
  const text = wanted.amountText.trim();
  if (text === "") return fail("amount_missing", "amount");
  const amount = parseMoney(text, wanted.currency);
  if (isMoneyProblem(amount)) return fail(`amount_${amount}`, "amount", { currency: wanted.currency });
  if (!/^[A-Za-z0-9_-]{8,40}$/.test(wanted.idempotencyKey)) return fail("reference_invalid", "idempotency_key");
  const { title, live, accountId, notifyUrl } = wanted;
  const reference = wanted.reference || `counter:${wanted.idempotencyKey}`;
  const order: OpenOrder = { merchantId, reference, amount, title, live, accountId, notifyUrl, actor };
  const opened = await openOrder(order, database);
  if (!opened.ok) return opened;
  const written = await orderById(database, opened.value.id);
  return written ? { ok: true, value: written } : fail("order_not_found");
}
