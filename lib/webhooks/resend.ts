import { type Database, db, inTransaction } from "#db/client.ts";
import { type Also, nothingAlong } from "#db/queries/audit.ts";
import { claimById } from "#db/queries/deliveries.ts";
import { endpointOf } from "#db/queries/endpoints.ts";
import { deliveryOf, insertTestDelivery, onlyTry, sendAgain } from "#db/queries/replays.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { newId } from "#lib/domain/ids.ts";
import { sendJobs } from "#lib/jobs/queues.ts";
import { TEST_TYPE } from "#lib/webhooks/decisions.ts";
import { tryOnce } from "#lib/webhooks/deliver.ts";
import type { WhichEndpoint } from "#lib/webhooks/endpoints.ts";
import { testBody } from "#lib/webhooks/events.ts";

/**
 * Sends one delivery again: same id, same bytes, at once, on a schedule that begins anew, in a line of its own so that it
 * keeps nothing else waiting. Problems: `delivery_not_found` (another merchant's, another mode's), `endpoint_disabled`.
 */
export async function resendDelivery(
  input: { merchantId: string; deliveryId: string; live?: boolean | undefined },
  database: Database = db(),
  also: Also = nothingAlong,
): Promise<Result<void>> {
  return inTransaction(database, async (tx): Promise<Result<void>> => {
    const delivery = await deliveryOf(tx, input.merchantId, input.deliveryId);
    if (!delivery || (input.live !== undefined && delivery.live !== input.live)) return fail("delivery_not_found");
    if (!delivery.endpointActive) return fail("endpoint_disabled", "endpoint");
    await sendJobs(tx, "deliver", await sendAgain(tx, [delivery.id]));
    await also(tx, delivery.id);
    return { ok: true, value: undefined };
  });
}

/** What an endpoint did with a test event. */
export interface TestResult {
  deliveryId: string;
  acknowledged: boolean;
  status: number | null;
  /** Why no answer came, in a word. */
  error: string | null;
  /** The start of the answer's body. */
  body: string;
  durationMs: number;
}

/**
 * Sends a `webhook.test` to an endpoint now and says what came back. One try; it stands in the endpoint's history. A failure
 * does not count against the endpoint (but 410 disables it as ever); a disabled one can be tested too. Problems:
 * `endpoint_not_found`, `format_untestable` (the gateways' documents have no such notice).
 */
export async function sendTestEvent(
  input: WhichEndpoint & { deliveryId?: string | undefined },
  database: Database = db(),
  also: Also = nothingAlong,
): Promise<Result<TestResult>> {
  const endpoint = await endpointOf(database, input.merchantId, input.endpointId);
  if (!endpoint || (input.live !== undefined && endpoint.live !== input.live)) return fail("endpoint_not_found", "endpoint");
  if (endpoint.format !== "standard") return fail("format_untestable", "endpoint");
  const id = input.deliveryId ?? newId("delivery");
  const body = testBody(endpoint, new Date());
  await inTransaction(database, async (tx) => {
    await insertTestDelivery(tx, { id, merchantId: input.merchantId, endpointId: endpoint.id, type: TEST_TYPE, body });
    await also(tx, endpoint.id);
  });
  return { ok: true, value: await endTest(id, database) };
}

/**
 * Sends a test event that is written down, and says what came back: what came back then, where it was sent already. Two at once
 * send it once; the other one throws.
 */
export async function endTest(deliveryId: string, database: Database = db()): Promise<TestResult> {
  const due = await claimById(database, deliveryId);
  if (!due) {
    const made = await onlyTry(database, deliveryId);
    if (!made) throw new Error(`test delivery ${deliveryId} has no try`);
    const { acknowledged, status, error, body, durationMs } = made;
    return { deliveryId, acknowledged, status, error, body, durationMs };
  }
  const { answer, acknowledged } = await tryOnce(database, due);
  const { status, error, durationMs } = answer;
  return { deliveryId, acknowledged, status, error, body: answer.body, durationMs };
}
