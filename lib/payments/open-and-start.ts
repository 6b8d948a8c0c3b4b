import { type Database, db } from "#db/client.ts";
import { insertSentOrder } from "#db/queries/open-and-send.ts";
import { endpointFor, orderByReference } from "#db/queries/orders.ts";
import { storableText } from "#db/storable.ts";
import { nextAttemptState } from "#lib/domain/attempt.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { newGatewayNumber, newId, newToken } from "#lib/domain/ids.ts";
import { CHARGES_AT_ONCE } from "#lib/domain/methods.ts";
import { ORDER_LIFETIME_SECONDS, SCAN_DEADLINE_SECONDS, SWEEP_STEPS } from "#lib/domain/schedules.ts";
import { candidatesFor } from "#lib/payments/candidates.ts";
import { amountData } from "#lib/payments/change.ts";
import type { Opened } from "#lib/payments/open-account.ts";
import { type OpenOrder, openOrder, orderProblem } from "#lib/payments/open-order.ts";
import { type Started, tryAccounts, type Wanted } from "#lib/payments/try-accounts.ts";
import type { Intent } from "#lib/payments/write-intent.ts";

/** An order of the API's: links and desk addresses open theirs by `openOrder`. */
export interface OpenAndStart extends Omit<OpenOrder, "linkId" | "quantity" | "successMessage" | "desk" | "inSameCommit"> {
  start: Omit<Wanted, "begin" | "actor" | "guard">;
}

export interface OpenedAndStarted extends Started {
  orderId: string;
  token: string;
  /** False: the shop had this order already. */
  created: boolean;
}

/**
 * Opens an order and starts its first attempt, as `openOrder` and then `startAttempt` do, with the two committed together as sent:
 * an order that nobody could pay is not left behind when no account has the method. The same reference again is the order
 * that is there, and its live attempt. Problems: theirs; when the gateway refuses, the order stays open and `values.order` is its id.
 */
export async function openAndStart(input: OpenAndStart, database: Database = db()): Promise<Result<OpenedAndStarted>> {
  const problem = orderProblem(input);
  if (problem) return { ok: false, problem };
  const id = newId("order");
  const token = newToken();
  const payable = { id, merchantId: input.merchantId, live: input.live, accountId: input.accountId ?? null, ...money(input) };
  const candidates = await candidatesFor(database, payable, input.start.method);
  if (candidates.length === 0) return (await isKnown(database, input)) ? oneByOne(input, database) : fail("method_unavailable", "method");
  let apart = false;
  let begun = false;
  const begin = async (opened: Opened): Promise<Result<Intent>> => {
    const written = await openSent(database, input, { id, token }, opened);
    apart = written === null;
    begun = !apart;
    return written ? { ok: true, value: written } : fail("reference_taken", "reference");
  };
  const order = { id, token, title: storableText(input.title.trim()) };
  const started = await tryAccounts(database, order, candidates, { ...input.start, actor: input.actor, begin });
  if (apart) return oneByOne(input, database);
  if (started.ok) return { ok: true, value: { ...started.value, orderId: id, token, created: true } };
  if (!begun && (await isKnown(database, input))) return oneByOne(input, database);
  const { problem: why } = started;
  return { ok: false, problem: begun ? { ...why, values: { ...why.values, order: id } } : why };
}

/** Whether the shop has an order under this reference already, whose attempt may live on although no account takes a new one. */
async function isKnown(database: Database, { merchantId, live, reference }: OpenAndStart): Promise<boolean> {
  return reference !== undefined && (await orderByReference(database, merchantId, live, reference)) !== null;
}

function money({ amount }: OpenOrder): { amount: bigint; currency: string } {
  return { amount: amount.minor, currency: amount.currency };
}

/** One step after the other: the order is there (the same one when it asks for the same), or its opening is to be told. */
async function oneByOne(input: OpenAndStart, database: Database): Promise<Result<OpenedAndStarted>> {
  const opened = await openOrder(input, database);
  if (!opened.ok) return opened;
  const { id, token, created } = opened.value;
  const payable = { id, merchantId: input.merchantId, live: input.live, accountId: input.accountId ?? null, ...money(input) };
  const candidates = await candidatesFor(database, payable, input.start.method);
  const order = { id, token, title: input.title.trim() };
  const started = await tryAccounts(database, order, candidates, { ...input.start, actor: input.actor });
  return started.ok ? { ok: true, value: { ...started.value, orderId: id, token, created } } : started;
}

async function openSent(
  database: Database,
  input: OpenAndStart,
  { id, token }: { id: string; token: string },
  opened: Opened,
): Promise<Intent | null> {
  const { merchantId, live, accountId = null, start } = input;
  const notifyUrl = input.notifyUrl || null;
  const reference = input.reference ?? id.slice(4);
  const gatewayOrderNo = newGatewayNumber(new Date());
  const attemptId = newId("attempt");
  const atOnce = CHARGES_AT_ONCE.has(start.method);
  const events = [
    { sequence: 1, type: "order.created" as const, actor: input.actor, data: { ...amountData(input.amount), reference } },
    {
      sequence: 2,
      type: "attempt.sent" as const,
      actor: input.actor,
      data: { method: start.method, account: opened.row.id, gatewayOrderNo, ...amountData(input.amount), attempt: attemptId },
    },
  ];
  const written = await insertSentOrder(database, {
    order: {
      id,
      token,
      merchantId,
      reference,
      accountId,
      title: storableText(input.title.trim()),
      ...money(input),
      live,
      notifyUrl,
      endpointId: notifyUrl ? await endpointFor(database, merchantId, notifyUrl, input.noticeFormat) : null,
      returnUrl: input.returnUrl || null,
      locale: input.locale ?? null,
      metadata: Object.fromEntries(Object.entries(input.metadata ?? {}).map((pair) => pair.map(storableText))),
    },
    lifetimeSeconds: input.lifetimeSeconds ?? ORDER_LIFETIME_SECONDS,
    attempt: {
      id: attemptId,
      accountId: opened.row.id,
      method: start.method,
      gatewayOrderNo,
      state: nextAttemptState("new", "send") ?? "new",
    },
    sweepSeconds: SWEEP_STEPS[0],
    closeSeconds: atOnce ? SCAN_DEADLINE_SECONDS : null,
    events,
  });
  return written && { attempt: written.attempt, alive: null, untouched: written.order };
}
