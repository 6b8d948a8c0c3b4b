import { type Database, db } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import type { Currency } from "#lib/domain/currency.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import type { Wallet } from "#lib/domain/methods.ts";
import type { Outcome } from "#lib/gateways/gateway.ts";
import type { Rate } from "#lib/gateways/records.ts";
import { openOrNull } from "#lib/payments/open-account.ts";

/**
 * Asks the gateway for its rate of a currency, for one wallet: CNY per one unit. Nothing is kept: what a payment really costs
 * its gateway says with the payment. Problems: account_not_found, account_shut, payout_unsupported stands for "the document has no rate"
 * (field `rate`); how the call itself ended is the outcome.
 */
export async function readRate(
  input: { merchantId: string; accountId: string; wallet: Wallet; currency: Currency },
  database: Database = db(),
): Promise<Result<Outcome<Rate>>> {
  const row = await accountById(database, input.accountId);
  if (row?.merchantId !== input.merchantId) return fail("account_not_found", "account");
  const opened = openOrNull(row);
  if (!opened) return fail("account_shut", "account");
  if (!opened.account.rate) return fail("payout_unsupported", "rate");
  const outcome = await opened.account
    .rate(input.wallet, input.currency)
    .catch((error: Error): Outcome<Rate> => ({ ok: false, kind: "unknown", message: error.message }));
  await opened.flush(database, { orderId: null, attemptId: null });
  return { ok: true, value: outcome };
}
