import { z } from "zod";
import { formatMajor } from "#lib/domain/money.ts";
import { command } from "#lib/gateways/fengniao/command.ts";
import { ASSUMED } from "#lib/gateways/fengniao/commands.ts";
import type { Fengniao } from "#lib/gateways/fengniao/credentials.ts";
import { echoProblem, numberProblem, text, unclear } from "#lib/gateways/fengniao/order.ts";
import type { RefundRequest, RefundStanding } from "#lib/gateways/gateway.ts";
import type { ByWallet, Operation } from "#lib/gateways/operation.ts";
import { cleanText } from "#lib/gateways/wire.ts";

type Refund = Operation<Fengniao, RefundRequest, RefundStanding>;

/** §2.20. `REFUND_FAILER` is the document's own word; the right spellings are read too, should it be mended. */
export const REFUND_STATUSES: Readonly<Record<string, RefundStanding["kind"]>> = {
  REFUND_SUCCESS: "succeeded",
  REFUND_PROCESSING: "pending",
  REFUND_FAILER: "failed",
  REFUND_FAILURE: "failed",
  REFUND_FAILED: "failed",
};

const REPLY = z.object({ out_trade_no: text, trade_no: text, total_amount: text, refund_status: text });

/** §2.20: the amount is always sent, for without it the gateway refunds all. It answers neither our refund number nor an amount. */
const byAmount: Refund = command("trade.refund", {
  check: refundProblem,
  fields: ({ gatewayOrderNo, refundNo, refundAmount }) => ({
    out_trade_no: gatewayOrderNo,
    out_refund_no: refundNo,
    refund_fee: formatMajor(refundAmount),
  }),
  reply: (request) =>
    REPLY.transform((reply, issues) => {
      const kind = Object.hasOwn(REFUND_STATUSES, reply.refund_status) ? REFUND_STATUSES[reply.refund_status] : undefined;
      return standing(reply, request, kind ?? "unknown", issues);
    }),
});

/** §2.21, UnionPay: always the whole payment, no amount and no status. That it was taken in is all that is answered. */
const whole: Refund = command("trade.refund", {
  check: (request) =>
    refundProblem(request) ??
    (request.refundAmount.minor === request.amount.minor ? null : "UnionPay refunds only the whole payment (seeds/004 §2.21)"),
  fields: ({ gatewayOrderNo, refundNo, reason }) => ({
    out_trade_no: gatewayOrderNo,
    out_refund_no: refundNo,
    refund_reason: [...cleanText(reason?.trim() || ASSUMED.refundReason)].slice(0, 64).join(""),
  }),
  reply: (request, { settings }) => REPLY.transform((reply, issues) => standing(reply, request, settings.unionpayRefund, issues)),
});

/**
 * Refunds by wallet. There is no refund query: 12003 (`duplicate_number`) says that a refund of this number arrived, and
 * `trade.query` whether money went back.
 */
export const refund: ByWallet<Refund> = { wechat: byAmount, alipay: byAmount, jd: byAmount, qq: byAmount, unionpay: whole };

function standing(
  reply: z.output<typeof REPLY>,
  request: RefundRequest,
  kind: RefundStanding["kind"],
  issues: z.RefinementCtx,
): RefundStanding {
  const problem = echoProblem(reply, { number: request.gatewayOrderNo, amount: request.amount });
  if (problem) return unclear(issues, problem);
  if (reply.trade_no && request.gatewayRef && reply.trade_no !== request.gatewayRef)
    return unclear(issues, "the answer is about another payment");
  return { kind, gatewayRefundRef: null, refundNo: null, amount: null, ...(reply.refund_status && { code: reply.refund_status }) };
}

function refundProblem({ refundNo, refundAmount, amount }: RefundRequest): string | null {
  if (refundAmount.currency !== amount.currency) return "a refund is in the payment's currency";
  if (refundAmount.minor <= 0n || refundAmount.minor > amount.minor) return "a refund is more than nothing and at most the payment";
  return numberProblem(refundNo);
}
