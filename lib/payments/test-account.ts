import { type Database, db } from "#db/client.ts";
import type { GatewayAccount } from "#db/queries/accounts.ts";
import { newGatewayNumber } from "#lib/domain/ids.ts";
import { walletOf } from "#lib/domain/methods.ts";
import type { Outcome } from "#lib/gateways/gateway.ts";
import { openAccount } from "#lib/payments/open-account.ts";

/** What a trial call learnt. `none`: the gateway's document has no operation that asks without charging. */
export type AccountTest =
  | { kind: "ok"; operation: string; durationMs: number }
  | { kind: "refused" | "unreachable" | "unknown"; message: string }
  | { kind: "none" };

/**
 * Makes one real call that charges nothing: a query about a number the gateway cannot know, else a rate. "No such payment"
 * is the good answer: the gateway was reached, read us and believed our signature. The call is recorded with the account.
 */
export async function testAccount(row: GatewayAccount, database: Database = db()): Promise<AccountTest> {
  const opened = openAccount(row);
  const { account, gateway } = opened;
  const [method] = account.methods;
  const currency = gateway.currencies.find((one) => one !== "CNY") ?? gateway.currencies[0];
  if (!method || !currency) return { kind: "none" };
  const startedAt = performance.now();
  const gatewayOrderNo = newGatewayNumber(new Date());
  const asked = account.query
    ? { operation: "query", outcome: account.query({ method, gatewayOrderNo, gatewayRef: null, amount: { minor: 100n, currency } }) }
    : account.rate
      ? { operation: "rate", outcome: account.rate(walletOf(method), currency) }
      : null;
  if (!asked) return { kind: "none" };
  const outcome = await (asked.outcome as Promise<Outcome<unknown>>).catch((error: Error): Outcome<unknown> => {
    return { ok: false, kind: "unknown", message: error.message };
  });
  await opened.flush(database, { orderId: null, attemptId: null });
  const understood = outcome.ok || (outcome.kind === "refused" && outcome.code === "not_found");
  if (understood) return { kind: "ok", operation: asked.operation, durationMs: Math.round(performance.now() - startedAt) };
  return { kind: outcome.kind, message: outcome.message };
}
