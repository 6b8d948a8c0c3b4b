import type { Payment } from "#lib/dialects/backend.ts";
import { formatMajor, isMoneyProblem, parseMoney } from "#lib/domain/money.ts";

/** seeds/004: [0.01, 100000000] yuan, in fen. */
const LEAST_FEN = 1n;
const MOST_FEN = 10_000_000_000n;
const DECIMAL = /^(\d{1,28})(?:\.(\d{1,28}))?$/;

/** Why a text is no amount of this gateway, or null. Read by its characters: `1e3`, `+1`, `.5`, `01` and `1.000` are none. */
export function amountComplaint(text: string): string | null {
  if (!/^(?:0|[1-9]\d{0,27})(?:\.\d{1,2})?$/.test(text)) return "格式不正确,单位为元,最多两位小数";
  const money = parseMoney(text, "CNY");
  const inRange = !isMoneyProblem(money) && money.minor >= LEAST_FEN && money.minor <= MOST_FEN;
  return inRange ? null : "超出取值范围[0.01,100000000]";
}

/** An amount with its two places, as the ledger and every reply write it: "5" → "5.00". Throws on what amountComplaint refuses. */
export function yuan(text: string): string {
  return fenText(fenOf(text));
}

/** Decimal text of any length in fen, half a fen rounded up: fees are opaque decimals. Throws on anything else. */
export function fenOf(text: string): bigint {
  const match = DECIMAL.exec(text);
  if (!match) throw new Error("a backend's amount is not a decimal");
  const fraction = (match[2] ?? "").padEnd(3, "0");
  const fen = BigInt(`${match[1]}${fraction.slice(0, 2)}`);
  return fraction.charAt(2) >= "5" ? fen + 1n : fen;
}

export function fenText(fen: bigint): string {
  return formatMajor({ minor: fen, currency: "CNY" });
}

/** 净收入: what was paid less the fee; nothing before it is paid. Refunds do not lessen it, so that it proves a payment. */
export function netReceipt(payment: Payment): string {
  if (payment.state !== "PAID") return fenText(0n);
  const net = fenOf(payment.amount) - fenOf(payment.fee);
  return fenText(net > 0n ? net : 0n);
}

/** Whether all of a payment has gone back. */
export function fullyRefunded(payment: Payment): boolean {
  return fenOf(payment.refundedAmount) >= fenOf(payment.amount);
}
