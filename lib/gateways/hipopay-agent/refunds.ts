import { z } from "zod";
import type { Currency } from "#lib/domain/currency.ts";
import { formatMajor, isMoneyProblem, type Money, parseMoney } from "#lib/domain/money.ts";
import type { RefundKey, RefundRequest, RefundStanding } from "#lib/gateways/gateway.ts";
import { dataOf } from "#lib/gateways/hipopay-agent/created.ts";
import type { HipopayAgent } from "#lib/gateways/hipopay-agent/credentials.ts";
import { PATHS, type PathKey, pathOf } from "#lib/gateways/hipopay-agent/paths.ts";
import type { ByWallet, Operation } from "#lib/gateways/operation.ts";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

/** A refund as §11.2 and §6.6 describe it; `no` and `refund_no` are one thing, so are `order_no` and `payment_no`. */
export const REFUND = z.object({
  ...{ no: text, refund_no: text, order_no: text, payment_no: text },
  ...{ outer_refund_no: text, refund_amount: text, status: text },
});
type RefundRow = z.output<typeof REFUND>;

/** §11.2 leaves the status words out; these are seeds/001's (same gateway). */
const STATUSES: Readonly<Record<string, RefundStanding["kind"]>> = { SUCCESS: "succeeded", PROCESSING: "pending", FAIL: "failed" };

/** §4.8 and §6.6. The amount and our number are always sent: without them the gateway refunds all, and twice. */
export const refund: ByWallet<Operation<HipopayAgent, RefundRequest, RefundStanding>> = {
  wechat: refundAt("refund", "order_no"),
  alipay: refundAt("alipayRefund", "payment_no"),
};

/** §4.10 and §6.7: by any of the four numbers. The reply's shape is assumed: `refund`, or `refunds` where several may fit. */
export const queryRefund: ByWallet<Operation<HipopayAgent, RefundKey, RefundStanding[]>> = {
  wechat: queryAt("queryRefund", { gatewayRef: "order_no", gatewayOrderNo: "agent_order_id" }),
  alipay: queryAt("alipayQueryRefund", { gatewayRef: "payment_no", gatewayOrderNo: "outer_order_no" }),
};

/** What an answer must agree with. */
interface Expected {
  refundNo?: string;
  gatewayRefundRef?: string;
  gatewayRef?: string;
  amount?: Money;
}

/** What a refund row says: `unknown` when its status is not in the table, its amount unreadable, or it is about another refund. */
export function refundStandingOf(row: RefundRow, currency: Currency, expected: Expected): RefundStanding {
  const amount = parseMoney(row.refund_amount, currency);
  const status = Object.hasOwn(STATUSES, row.status) ? STATUSES[row.status] : undefined;
  const refundRef = row.no || row.refund_no;
  const differs = (got: string, wanted: string | undefined): boolean => got !== "" && wanted !== undefined && got !== wanted;
  const other =
    differs(row.outer_refund_no, expected.refundNo) ||
    differs(refundRef, expected.gatewayRefundRef) ||
    differs(row.order_no || row.payment_no, expected.gatewayRef) ||
    (row.no !== "" && differs(row.refund_no, row.no)) ||
    (expected.amount !== undefined && !isMoneyProblem(amount) && amount.minor !== expected.amount.minor);
  // A failed refund moved no money, so its amount need not be readable.
  const clear = status !== undefined && !other && (status === "failed" || !isMoneyProblem(amount));
  return {
    kind: clear ? status : "unknown",
    gatewayRefundRef: refundRef || null,
    refundNo: row.outer_refund_no || null,
    amount: isMoneyProblem(amount) ? null : amount,
    ...(row.status && { code: row.status }),
  };
}

/** True when the refunds that succeeded add up to the whole payment. */
export function refundedInFull(rows: readonly RefundRow[], paid: Money): boolean {
  let sum = 0n;
  for (const row of rows) {
    const standing = refundStandingOf(row, paid.currency, {});
    if (standing.kind === "succeeded" && standing.amount) sum += standing.amount.minor;
  }
  return sum >= paid.minor;
}

function refundAt(
  key: "refund" | "alipayRefund",
  numberName: "order_no" | "payment_no",
): Operation<HipopayAgent, RefundRequest, RefundStanding> {
  return {
    verb: PATHS[key].verb,
    path: pathOf(key),
    check: requestProblem,
    fields: (request) => ({
      [numberName]: request.gatewayRef ?? undefined,
      refund_amount: formatMajor(request.refundAmount),
      outer_refund_no: request.refundNo,
    }),
    reply: (request) =>
      dataOf({ refund: REFUND }).transform(({ data }) =>
        refundStandingOf(data.refund, request.amount.currency, {
          refundNo: request.refundNo,
          amount: request.refundAmount,
          ...(request.gatewayRef && { gatewayRef: request.gatewayRef }),
        }),
      ),
    timeoutMs: 20_000,
  };
}

function requestProblem({ gatewayRef, refundAmount, amount }: RefundRequest): string | null {
  if (!gatewayRef) return "the gateway's number of the payment is not known yet: query first";
  if (refundAmount.currency !== amount.currency) return "a refund is in the payment's currency";
  return refundAmount.minor > 0n && refundAmount.minor <= amount.minor ? null : "a refund is more than nothing and at most the payment";
}

function queryAt(
  key: PathKey & ("queryRefund" | "alipayQueryRefund"),
  names: Record<"gatewayRef" | "gatewayOrderNo", string>,
): Operation<HipopayAgent, RefundKey, RefundStanding[]> {
  return {
    verb: PATHS[key].verb,
    path: pathOf(key),
    fields: (by) => {
      if (by.by === "refundNo") return { outer_refund_no: by.refundNo };
      if (by.by === "gatewayRefundRef") return { refund_no: by.gatewayRefundRef };
      return by.by === "gatewayRef" ? { [names.gatewayRef]: by.gatewayRef } : { [names.gatewayOrderNo]: by.gatewayOrderNo };
    },
    reply: (by) =>
      dataOf({ refund: REFUND.optional(), refunds: z.array(REFUND).max(1000).optional() })
        .refine(({ data }) => data.refund !== undefined || data.refunds !== undefined, "neither refund nor refunds")
        .transform(({ data }) =>
          (data.refunds ?? (data.refund ? [data.refund] : [])).map((row) => refundStandingOf(row, by.currency, expectedOf(by))),
        ),
  };
}

function expectedOf(by: RefundKey): Expected {
  if (by.by === "refundNo") return { refundNo: by.refundNo };
  if (by.by === "gatewayRefundRef") return { gatewayRefundRef: by.gatewayRefundRef };
  return by.by === "gatewayRef" ? { gatewayRef: by.gatewayRef } : {};
}
