import { type Database, db } from "#db/client.ts";
import { attemptsByOrder, claimQuery } from "#db/queries/attempts.ts";
import { orderByToken } from "#db/queries/orders.ts";
import { isLiveAttempt } from "#lib/domain/attempt.ts";
import { RECHECK_SECONDS } from "#lib/domain/schedules.ts";
import { recheckAttempt } from "#lib/payments/recheck-attempt.ts";

/**
 * The shopper came back from a gateway's page (return_url). Nothing in the address is believed: the gateway is asked
 * once about each live attempt, and the page then shows what the database says. An order already decided asks nothing.
 */
export async function land(token: string, database: Database = db()): Promise<void> {
  const order = await orderByToken(database, token);
  if (!order || order.state === "paid") return;
  const live = (await attemptsByOrder(database, order.id)).filter((one) => isLiveAttempt(one.state));
  for (const attempt of live.slice(0, 3)) {
    if (await claimQuery(database, attempt.id, RECHECK_SECONDS)) await recheckAttempt(attempt.id, database);
  }
}
