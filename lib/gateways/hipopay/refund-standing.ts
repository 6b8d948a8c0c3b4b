import type { Currency } from "#lib/domain/currency.ts";
import { isMoneyProblem, type Money, parseMoney } from "#lib/domain/money.ts";
import type { RefundKey, RefundRequest, RefundStanding } from "#lib/gateways/gateway.ts";

/** A refund as a reply describes it, whatever its spellings; empty where it says nothing. */
export interface RefundFacts {
  gatewayRefundRef: string;
  refundNo: string;
  gatewayRef: string;
  amount: string;
  status: string;
  /** Two spellings of one number differ. */
  contradicts?: boolean;
}

/** What an answer must agree with. */
export interface ExpectedRefund {
  refundNo?: string;
  gatewayRefundRef?: string;
  gatewayRef?: string;
  amount?: Money;
}

/** seeds/001 "Refund Status"; seeds/000 §11.2 leaves the words out (same gateway). */
const STATUSES: Readonly<Record<string, RefundStanding["kind"]>> = { SUCCESS: "succeeded", PROCESSING: "pending", FAIL: "failed" };

/** What a refund row says: `unknown` when its status is not in the table, its amount unreadable, or it is about another refund. */
export function refundStandingOf(facts: RefundFacts, currency: Currency, expected: ExpectedRefund): RefundStanding {
  const amount = parseMoney(facts.amount, currency);
  const status = Object.hasOwn(STATUSES, facts.status) ? STATUSES[facts.status] : undefined;
  const differs = (got: string, wanted: string | undefined): boolean => got !== "" && wanted !== undefined && got !== wanted;
  const other =
    facts.contradicts ||
    differs(facts.refundNo, expected.refundNo) ||
    differs(facts.gatewayRefundRef, expected.gatewayRefundRef) ||
    differs(facts.gatewayRef, expected.gatewayRef) ||
    (expected.amount !== undefined && !isMoneyProblem(amount) && amount.minor !== expected.amount.minor);
  // A failed refund moved no money, so its amount need not be readable.
  const clear = status !== undefined && !other && (status === "failed" || !isMoneyProblem(amount));
  return {
    kind: clear ? status : "unknown",
    gatewayRefundRef: facts.gatewayRefundRef || null,
    refundNo: facts.refundNo || null,
    amount: isMoneyProblem(amount) ? null : amount,
    ...(facts.status && { code: facts.status }),
  };
}

/** Why a refund cannot be sent, or null. Both documents refund by the gateway's number of the payment. */
export function refundProblem({ gatewayRef, refundAmount, amount }: RefundRequest): string | null {
  if (!gatewayRef) return "the gateway's number of the payment is not known yet: query first";
  if (refundAmount.currency !== amount.currency) return "a refund is in the payment's currency";
  return refundAmount.minor > 0n && refundAmount.minor <= amount.minor ? null : "a refund is more than nothing and at most the payment";
}

/** What the answer to a refund must echo. */
export function expectedOfRequest(request: RefundRequest): ExpectedRefund {
  return { refundNo: request.refundNo, amount: request.refundAmount, ...(request.gatewayRef && { gatewayRef: request.gatewayRef }) };
}

/** What the answer to a query must agree with; a payment's number of ours is in no reply. */
export function expectedOfKey(key: RefundKey): ExpectedRefund {
  if (key.by === "refundNo") return { refundNo: key.refundNo };
  if (key.by === "gatewayRefundRef") return { gatewayRefundRef: key.gatewayRefundRef };
  return key.by === "gatewayRef" ? { gatewayRef: key.gatewayRef } : {};
}
