import { bareUrl, namesOnly, sweep, withoutWords } from "#app/(dashboard)/dashboard/orders/[id]/bundle/sweep.ts";
import type { OrderPageData } from "#app/(dashboard)/dashboard/orders/[id]/read-page.ts";
import type { EventRow } from "#db/queries/dashboard-timeline.ts";
import { major } from "#lib/domain/money.ts";

/** What ran when the bundle was made. */
export interface Versions {
  shouyin: string;
  node: string;
  postgres: string;
  migration: string;
}

interface Parts {
  data: OrderPageData;
  /** All of the history, oldest first. */
  events: readonly EventRow[];
  versions: Versions;
  now: Date;
  /** Every secret of the merchant, and the order's own pass: none of them may leave. */
  secrets: readonly string[];
}

/**
 * Everything known of an order as one JSON text for whoever helps: what is named here and nothing else, people's words and
 * the shop's own data masked, then swept for every known secret. No sealed column is read into it.
 */
export function bundleText({ data, events, versions, now, secrets }: Parts): string {
  const { order, attempts, refunds, history } = data;
  const bundle = {
    about: {
      what: "Support bundle of one order. Secrets and personal data are masked as ***. Amounts are decimal text, times UTC.",
      made_at: now.toISOString(),
      versions,
      cut: data.truncated ? "Only the newest rows of a kind are here." : null,
    },
    order: orderPart(order),
    attempts: attempts.map(attemptPart),
    refunds: refunds.map((row) => ({
      ...{ id: row.id, attempt: row.attemptId, refund_no: row.refundNo, gateway_refund_ref: row.gatewayRefundRef, state: row.state },
      ...{ amount: major(row.amount, row.currency), currency: row.currency, problem: row.problem, tries: row.tries },
      ...{ created_at: row.createdAt, settled_at: row.settledAt },
    })),
    history: events.map(({ sequence, at, type, actor, data: facts }) => ({ sequence, at, type, actor, data: withoutWords(facts) })),
    staff: history.staff.map(({ sequence, at, action }) => ({ sequence, at, action })),
    exchanges: history.exchanges.map((row) => ({
      ...{ id: row.id, started_at: row.startedAt, duration_ms: row.durationMs, operation: row.operation },
      request: { method: row.method, url: row.url, headers: row.requestHeaders, body: row.requestBody },
      response: { status: row.status, body: row.responseBody, error: row.error },
    })),
    notifications: history.notifications.map(({ id, gatewayOrderNo, verdict, whyText, receivedAt, fields, bytes }) => ({
      ...{ id, received_at: receivedAt, gateway_order_no: gatewayOrderNo, verdict, why: whyText, fields, message: bytes },
    })),
    refused: history.refused.map(({ accountId, reason, detail, receivedAt, bytes }) => ({
      ...{ received_at: receivedAt, account: accountId, reason, detail, message: bytes },
    })),
    webhooks: history.deliveries.map(deliveryPart),
  };
  return sweep(JSON.stringify(bundle, null, 2), [...secrets, order.token, ...Object.values(order.metadata)]);
}

function orderPart(order: OrderPageData["order"]) {
  const money = (minor: bigint) => major(minor, order.currency);
  return {
    ...{ id: order.id, merchant: order.merchantId, reference: order.reference, title: order.title, state: order.state, live: order.live },
    ...{ amount: money(order.amount), paid: money(order.paidAmount), refunded: money(order.refundedAmount), currency: order.currency },
    ...{ paid_late: order.paidLate, needs_review: order.needsReview, paid_attempt: order.paidAttemptId, link: order.linkId },
    ...{ created_at: order.createdAt, paid_at: order.paidAt, expires_at: order.expiresAt, time_zone: order.timeZone },
    ...{ notify_url: bareUrl(order.notifyUrl), return_url: bareUrl(order.returnUrl), metadata: namesOnly(order.metadata) },
  };
}

function attemptPart(row: OrderPageData["attempts"][number]) {
  return {
    ...{ id: row.id, account: row.accountId, gateway: row.gateway, method: row.method, state: row.state, surplus: row.surplus },
    ...{ gateway_order_no: row.gatewayOrderNo, gateway_ref: row.gatewayRef, problem: row.problem },
    ...{ amount: major(row.amount, row.currency), refunded: major(row.refundedAmount, row.currency), currency: row.currency },
    ...{ pay_amount: row.payAmount, pay_currency: row.payCurrency, exchange_rate: row.exchangeRate },
    ...{ created_at: row.createdAt, expires_at: row.expiresAt, paid_at: row.paidAt, gateway_closed_at: row.gatewayClosedAt },
    ...{ sweeps: row.sweeps, last_queried_at: row.lastQueriedAt, next_sweep_at: row.nextSweepAt },
  };
}

// What a shop answered is its own affair: only how long it was.
function deliveryPart(row: OrderPageData["history"]["deliveries"][number]) {
  return {
    ...{ id: row.id, sequence: row.sequence, type: row.type, url: bareUrl(row.url), state: row.state, created_at: row.createdAt },
    body: withoutWords(parsed(row.body)),
    tries: row.history.map(({ number, at, status, error, durationMs, responseBody }) => ({
      ...{ number, at, status, error, duration_ms: durationMs, response_length: responseBody.length },
    })),
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return { length: body.length };
  }
}
