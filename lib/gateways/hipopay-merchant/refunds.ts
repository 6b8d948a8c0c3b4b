import { z } from "zod";
import type { Currency } from "#lib/domain/currency.ts";
import { formatMajor } from "#lib/domain/money.ts";
import type { RefundKey, RefundRequest, RefundStanding } from "#lib/gateways/gateway.ts";
import { text } from "#lib/gateways/hipopay/order.ts";
import {
  type ExpectedRefund,
  expectedOfKey,
  expectedOfRequest,
  refundProblem,
  refundStandingOf,
} from "#lib/gateways/hipopay/refund-standing.ts";
import type { HipopayMerchant } from "#lib/gateways/hipopay-merchant/credentials.ts";
import { pathOf } from "#lib/gateways/hipopay-merchant/paths.ts";
import { refundCode } from "#lib/gateways/hipopay-merchant/refund-codes.ts";
import type { ByWallet, Operation } from "#lib/gateways/operation.ts";

/** §11 and §12. `result_code` and `fail_message` are in the samples only; `fail_message` is kept in the record, not read. */
const REFUND = z.object({
  ...{ refund_no: text, out_refund_id: text, payment_no: text, refund_amount: text, status: text, result_code: text },
});
type RefundRow = z.output<typeof REFUND>;

/** §11. The amount and our number are always sent: without the amount the gateway refunds all. */
const refundPayment: Operation<HipopayMerchant, RefundRequest, RefundStanding> = {
  verb: "POST",
  path: pathOf("refund"),
  check: refundProblem,
  fields: (request) => ({
    payment_no: request.gatewayRef ?? undefined,
    out_refund_id: request.refundNo,
    refund_amount: formatMajor(request.refundAmount),
  }),
  reply: (request) =>
    z.object({ response: REFUND }).transform(({ response }) => judged(response, request.amount.currency, expectedOfRequest(request))),
  timeoutMs: 20_000,
};

/**
 * §12: by a refund's own numbers, none of the payment's. A refund that FAILed with a code that says "the same number again"
 * stands for nothing: the list is empty, as for a number the gateway never heard of, so that the same number is sent again.
 */
const queryRefunds: Operation<HipopayMerchant, RefundKey, RefundStanding[]> = {
  verb: "GET",
  path: pathOf("queryRefund"),
  check: ({ by }) => (by === "refundNo" || by === "gatewayRefundRef" ? null : "a refund is asked for by its own numbers only"),
  fields: (key) => {
    if (key.by === "refundNo") return { out_refund_id: key.refundNo };
    return key.by === "gatewayRefundRef" ? { refund_no: key.gatewayRefundRef } : {};
  },
  reply: (key) =>
    z.object({ response: REFUND }).transform(({ response }) => {
      const standing = judged(response, key.currency, expectedOfKey(key));
      return standing.kind === "unknown" && isAgain(response) && !isOther(response, key) ? [] : [standing];
    }),
};

export const refund: ByWallet<typeof refundPayment> = { wechat: refundPayment, alipay: refundPayment };
export const queryRefund: ByWallet<typeof queryRefunds> = { wechat: queryRefunds, alipay: queryRefunds };

/**
 * Only `status` decides, `is_success: true` or not. A FAIL releases money, so it is believed only without a code or with one
 * of §21 that says the refund did not happen; with any other code it is unclear (0104 and 0121: the same number again).
 */
function judged(row: RefundRow, currency: Currency, expected: ExpectedRefund): RefundStanding {
  const facts = {
    gatewayRefundRef: row.refund_no,
    refundNo: row.out_refund_id,
    gatewayRef: row.payment_no,
    amount: row.refund_amount,
    status: row.status,
  };
  const standing = refundStandingOf(facts, currency, expected);
  if (row.status !== "FAIL" || row.result_code === "") return standing;
  const believed = refundCode(row.result_code)?.[2] === "failed";
  return { ...standing, kind: believed ? standing.kind : "unknown", code: row.result_code };
}

function isAgain(row: RefundRow): boolean {
  return row.status === "FAIL" && refundCode(row.result_code)?.[2] === "again";
}

function isOther(row: RefundRow, key: RefundKey): boolean {
  const { refundNo, gatewayRefundRef } = expectedOfKey(key);
  return Boolean(
    (row.out_refund_id && refundNo && row.out_refund_id !== refundNo) ||
      (row.refund_no && gatewayRefundRef && row.refund_no !== gatewayRefundRef),
  );
}
