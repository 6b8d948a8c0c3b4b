import { type Database, db } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import { claimRates, noteWantedRates, type RateKey, saveRate, saveRateFailure } from "#db/queries/rates.ts";
import { nextRateAskSeconds } from "#lib/domain/rate.ts";
import type { Outcome } from "#lib/gateways/gateway.ts";
import type { Rate } from "#lib/gateways/records.ts";
import { GATEWAYS } from "#lib/gateways/registry.ts";
import { openAccount } from "#lib/payments/open-account.ts";

/** Rates asked for in one round, all at once. */
const ROUND_MAX = 20;

/**
 * Keeps the rates that shoppers' pages show: notes which are wanted and asks the gateways for those that are due. Runs in the
 * background, every few seconds, so that no page ever waits for a gateway. An answer that brings no rate leaves the last one,
 * which is shown until it is too old (lib/domain/rate.ts). Gives how many were told.
 */
export async function refreshRates(database: Database = db()): Promise<number> {
  await noteWantedRates(
    database,
    GATEWAYS.flatMap(({ id, rateWallets = [] }) => rateWallets.map((wallet) => ({ gateway: id, wallet }))),
  );
  const told = await Promise.all((await claimRates(database, ROUND_MAX)).map((key) => refresh(database, key)));
  return told.filter(Boolean).length;
}

async function refresh(database: Database, key: RateKey): Promise<boolean> {
  const outcome = await ask(database, key).catch((error: Error): Outcome<Rate> => ({ ok: false, kind: "unknown", message: error.name }));
  if (outcome.ok) await saveRate(database, key, outcome.value.cnyPerUnit, nextRateAskSeconds(0));
  else await saveRateFailure(database, key, nextRateAskSeconds);
  return outcome.ok;
}

async function ask(database: Database, { accountId, wallet, currency }: RateKey): Promise<Outcome<Rate>> {
  const row = await accountById(database, accountId);
  const opened = row?.active ? openAccount(row) : null;
  if (!opened?.account.rate) return { ok: false, kind: "refused", code: "unsupported", message: "no rates here" };
  const outcome = await opened.account.rate(wallet, currency);
  // Only what went wrong is worth a record: a rate is asked for all day long.
  if (!outcome.ok) await opened.flush(database, { orderId: null, attemptId: null });
  return outcome;
}
