import { type Database, db } from "#db/client.ts";
import { orderByToken } from "#db/queries/orders.ts";
import type { Answers } from "#lib/domain/asks.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { Shopper } from "#lib/domain/shopper.ts";
import { candidatesFor } from "#lib/payments/candidates.ts";
import { type Started, tryAccounts, type Wanted } from "#lib/payments/try-accounts.ts";

export interface StartAttempt extends Answers {
  token: string;
  method: Method;
  shopper: Shopper;
  /** The shopper's openid, or how to find it for the account that is tried (each account knows a shopper by another). */
  openid?: string | ((accountId: string) => string | undefined) | undefined;
  /** Scan pay by other means than a till (scan-pay.ts): the code read from the shopper's wallet. */
  authCode?: string | undefined;
  /** The app that pays, where the account's settings name none. */
  appId?: string | undefined;
  /** As `Wanted.guard` (try-accounts.ts). */
  guard?: Wanted["guard"];
}

/**
 * Starts a try to pay, or gives the one of this method that is still alive: double clicks, refreshes and second tabs make
 * nothing new. Three steps (reliability.md 2): the intent is committed under a number of its own, the gateway is called
 * outside any transaction, the result is committed. Which account is tried, and when the next one: candidates.ts,
 * try-accounts.ts. What a method asks for is passed on to the gateway and stored nowhere.
 * Problems: order_not_found, order_not_open, order_expired, method_unavailable, openid_missing, gateway_refused,
 * gateway_busy, gateway_unreachable, and those of `checkAnswers`, which name their field; an unclear answer is no problem
 * but an attempt in state unknown, which a query solves.
 */
export async function startAttempt(input: StartAttempt, database: Database = db()): Promise<Result<Started>> {
  const order = await orderByToken(database, input.token);
  if (!order) return fail("order_not_found");
  const candidates = await candidatesFor(database, order, input.method);
  if (candidates.length === 0) return fail("method_unavailable", "method");
  const { openid, method, appId, bank, cardNumber, payer } = input;
  return tryAccounts(database, order, candidates, {
    method,
    clientIp: input.shopper.ip,
    actor: "shopper",
    answers: { bank, cardNumber, payer },
    openidFor: typeof openid === "function" ? openid : () => openid,
    authCode: input.authCode,
    appId,
    guard: input.guard,
  });
}
