import { z } from "zod";
import { formatMajor, type Money } from "#lib/domain/money.ts";
import type { RefundKey, RefundRequest, RefundStanding } from "#lib/gateways/gateway.ts";
import { text } from "#lib/gateways/hipopay/order.ts";
import {
  expectedOfKey,
  expectedOfRequest,
  type RefundFacts,
  refundProblem,
  refundStandingOf,
} from "#lib/gateways/hipopay/refund-standing.ts";
import { dataOf } from "#lib/gateways/hipopay-agent/created.ts";
import type { HipopayAgent } from "#lib/gateways/hipopay-agent/credentials.ts";
import { PATHS, type PathKey, pathOf } from "#lib/gateways/hipopay-agent/paths.ts";
import type { ByWallet, Operation } from "#lib/gateways/operation.ts";

/** A refund as §11.2 and §6.6 describe it; `no` and `refund_no` are one thing, so are `order_no` and `payment_no`. */
export const REFUND = z.object({
  ...{ no: text, refund_no: text, order_no: text, payment_no: text },
  ...{ outer_refund_no: text, refund_amount: text, status: text },
});
type RefundRow = z.output<typeof REFUND>;

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

/** What a row says, in either spelling. */
function factsOf(row: RefundRow): RefundFacts {
  return {
    gatewayRefundRef: row.no || row.refund_no,
    refundNo: row.outer_refund_no,
    gatewayRef: row.order_no || row.payment_no,
    amount: row.refund_amount,
    status: row.status,
    contradicts: row.no !== "" && row.refund_no !== "" && row.refund_no !== row.no,
  };
}

/** True when the refunds that succeeded add up to the whole payment. */
export function refundedInFull(rows: readonly RefundRow[], paid: Money): boolean {
  let sum = 0n;
  for (const row of rows) {
    const standing = refundStandingOf(factsOf(row), paid.currency, {});
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
    check: refundProblem,
    fields: (request) => ({
      [numberName]: request.gatewayRef ?? undefined,
      refund_amount: formatMajor(request.refundAmount),
      outer_refund_no: request.refundNo,
    }),
    reply: (request) =>
      dataOf({ refund: REFUND }).transform(({ data }) =>
        refundStandingOf(factsOf(data.refund), request.amount.currency, expectedOfRequest(request)),
      ),
    timeoutMs: 20_000,
  };
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
          (data.refunds ?? (data.refund ? [data.refund] : [])).map((row) => refundStandingOf(factsOf(row), by.currency, expectedOfKey(by))),
        ),
  };
}
