import type { Payment, PaymentState } from "#lib/dialects/backend.ts";
import { fenOfYuan } from "#lib/dialects/mpgateway/fen.ts";
import type { Value } from "#lib/dialects/mpgateway/message.ts";

const UTC8_MS = 8 * 3_600_000;

/** `resultcode` and its words (seeds/002 §3.4.3). */
export const RESULTS = {
  "0000": "交易成功",
  "1001": "未支付",
  "1002": "交易处理中",
  "1003": "交易失败",
  "1004": "协查调单",
} as const;

export type Resultcode = keyof typeof RESULTS;

/** The document has no word for a payment that expired or was cancelled: 1003 is assumed, as it can no more be paid. */
const BY_STATE: Readonly<Record<PaymentState, Resultcode>> = {
  INIT: "1001",
  PAID: "0000",
  FAIL: "1003",
  EXPIRED: "1003",
  CLOSED: "1003",
};

/** Of paid money the gateway may say more: 1002 is not yet at the merchant's disposal, 1004 is under investigation. */
const PAID_RESULTS: ReadonlySet<string> = new Set<Resultcode>(["0000", "1002", "1004"]);

/** The result of a payment. Whoever runs the gateway marks a paid one 1002 or 1004 in `extra.resultcode`. */
export function resultcodeOf({ state, extra }: Pick<Payment, "state" | "extra">): Resultcode {
  const marked = extra.resultcode;
  return state === "PAID" && marked !== undefined && isPaidResult(marked) ? marked : BY_STATE[state];
}

/** What a query's reply, the back and the front notification all say of a payment (seeds/002 §3.4.3, §3.5.4). */
export function resultFields(payment: Payment, merid: string): Record<string, Value> {
  const resultcode = resultcodeOf(payment);
  return {
    resultcode,
    resultmsg: RESULTS[resultcode],
    queryid: payment.no,
    txnamt: fenOfYuan(payment.amount),
    merid,
    orderid: payment.clientNo ?? "",
    paytime: payment.paidAt === null ? "" : wireTime(payment.paidAt),
  };
}

function isPaidResult(text: string): text is Resultcode {
  return PAID_RESULTS.has(text);
}

// `YYYY-MM-DD HH:mm:ss` in UTC+8, as the recorded notification has it.
function wireTime(instant: Date): string {
  return new Date(instant.getTime() + UTC8_MS).toISOString().slice(0, 19).replace("T", " ");
}
