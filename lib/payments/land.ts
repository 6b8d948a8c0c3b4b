import { type Database, db } from "#db/client.ts";
import { attemptsByOrder, claimQuery } from "#db/queries/attempts.ts";
import { orderByToken } from "#db/queries/orders.ts";
import { RECHECK_SECONDS } from "#lib/domain/schedules.ts";
import { recheckAttempt } from "#lib/payments/recheck-attempt.ts";

/** Newest first. */
const ASKED_MAX = 3;

/**
 * The shopper came back from a gateway's page (return_url). Nothing in the address is believed: the gateway is asked
 * once about each attempt that may have been paid (also one that was closed when the order's time was up while the shopper
 * was paying), and the page then shows what the database says. An order already paid asks nothing.
 */
export async function land(token: string, database: Database = db()): Promise<void> {
  const order = await orderByToken(database, token);
  if (!order || order.state === "paid") return;
  const asked = (await attemptsByOrder(database, order.id)).filter((one) => one.state !== "refused");
  for (const attempt of asked.slice(0, ASKED_MAX)) {
    if (await claimQuery(database, attempt.id, RECHECK_SECONDS)) await recheckAttempt(attempt.id, database);
  }
}
