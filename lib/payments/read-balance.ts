import { type Database, db } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import type { Outcome } from "#lib/gateways/gateway.ts";
import type { Balance } from "#lib/gateways/payout.ts";
import { openOrNull } from "#lib/payments/open-account.ts";

/**
 * Asks the gateway for one of an account's balances, by its document's name (`Gateway.balanceNames`). Nothing is kept: a balance
 * is true at the moment it is told. Problems: account_not_found, account_shut, payout_unsupported (the document has no such balance); how the
 * call itself ended is the outcome.
 */
export async function readBalance(
  input: { merchantId: string; accountId: string; name: string },
  database: Database = db(),
): Promise<Result<Outcome<Balance>>> {
  const row = await accountById(database, input.accountId);
  if (row?.merchantId !== input.merchantId) return fail("account_not_found", "account");
  const opened = openOrNull(row);
  if (!opened) return fail("account_shut", "account");
  const { account } = opened;
  if (!account.balance || !account.balanceNames.includes(input.name)) return fail("payout_unsupported", "name");
  const outcome = await account
    .balance(input.name)
    .catch((error: Error): Outcome<Balance> => ({ ok: false, kind: "unknown", message: error.message }));
  await opened.flush(database, { orderId: null, attemptId: null });
  return { ok: true, value: outcome };
}
