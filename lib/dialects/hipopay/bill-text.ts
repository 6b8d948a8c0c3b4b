import type { BillEntry } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { add, type Decimal, decimal, decimalText, share, subtract } from "#lib/dialects/hipopay/decimal.ts";
import { type Read, wrong } from "#lib/dialects/hipopay/fault.ts";
import type { Form } from "#lib/dialects/hipopay/form.ts";
import { dayAfter, startOfDay, threeMonthsBefore, wireDay, wireTime } from "#lib/dialects/hipopay/times.ts";
import { walletOf } from "#lib/dialects/hipopay/wallet.ts";
import { exponentOf, isCurrency } from "#lib/domain/currency.ts";

/** The days of a bill: instants for the backend (`to` exclusive), `YYYYMMDD` for the title. */
export interface BillDays {
  range: { from: Date; to: Date };
  first: string;
  last: string;
}

/** Reads start_date and end_date, days of UTC+8, both included: the recent three months only (seeds/001, reconciliation report). */
export function readBillDays(form: Form, now: Date): Read<BillDays> {
  const from = startOfDay(form.need("start_date"));
  const lastDay = startOfDay(form.need("end_date"));
  if (!from) return wrong("start_date", "not_day");
  if (!lastDay) return wrong("end_date", "not_day");
  if (from < threeMonthsBefore(now)) return wrong("start_date", "too_old");
  if (lastDay < from) return wrong("end_date", "before_start");
  return { ok: true, value: { range: { from, to: dayAfter(lastDay) }, first: wireDay(from), last: wireDay(lastDay) } };
}

/** The file as a download. */
export function billReply(callerNo: string, days: BillDays, entries: readonly BillEntry[]): WireReply {
  return {
    status: 200,
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Disposition": `attachment; filename="bill_${days.first}_${days.last}.txt"`,
    },
    body: billText(callerNo, days, entries),
  };
}

const COLUMNS =
  "Transaction Type,Transaction Time,Order No.,External order No.,Credit,Debit,Balance,Transaction Amount,Exchange Rate Adopted for Settlement,Service Fee,Refund Amount,Refund Order,External Refund Order No.,Fee for Withdrawal,Converted Currency,Exchange Rate Adopted for Conversion,Amount After Conversion,Payment Channel";
const CHANNEL = { wechat: "WECHATPAY", alipay: "ALIPAY" } as const;
const COLLECTION = { wechat: "Collection via WeChat Pay", alipay: "Collection via Alipay" } as const;

/**
 * The file: a title, the columns, one line an entry by time. Numbers wear a back-tick so that a spreadsheet keeps their
 * digits. The balance runs per currency from zero: the caller's balance before the first day is not the file's business.
 * Entries that moved no money (unpaid, failed refunds) have no line.
 */
function billText(callerNo: string, days: { first: string; last: string }, entries: readonly BillEntry[]): string {
  const balances = new Map<string, Decimal>();
  const lines = [...entries]
    .filter((entry) => (entry.refund ? entry.refund.state !== "FAIL" : entry.payment.paidAt !== null))
    .sort((a, b) => timeOf(a).getTime() - timeOf(b).getTime())
    .map((entry) => {
      const { currency } = entry.payment;
      const balance = add(balances.get(currency) ?? { digits: 0n, scale: 0 }, netOf(entry));
      balances.set(currency, balance);
      return cellsOf(entry, balance).join(",");
    });
  return `${[`${callerNo}: company's reconciliation report of ${days.first} to ${days.last}`, COLUMNS, ...lines].join("\n")}\n`;
}

function cellsOf(entry: BillEntry, balance: Decimal): string[] {
  const { payment, refund } = entry;
  const wallet = walletOf(payment);
  const channel = `${CHANNEL[wallet]}${payment.channel}`;
  const net = amountCell(netOf(entry), payment.currency);
  const left = amountCell(balance, payment.currency);
  const time = wireTime(timeOf(entry));
  if (refund) {
    const refunded = amountCell(decimal(refund.amount), payment.currency);
    const numbers = [numberCell(payment.no), numberCell(payment.clientNo)];
    return [
      "Refund",
      time,
      numberCell(refund.no),
      numberCell(null),
      "-",
      net,
      left,
      "-",
      "-",
      "-",
      refunded,
      ...numbers,
      ...dashes(4),
      channel,
    ];
  }
  const fee = amountCell(decimal(payment.fee), payment.currency);
  const amount = amountCell(decimal(payment.amount), payment.currency);
  const numbers = [numberCell(payment.no), numberCell(payment.clientNo)];
  return [COLLECTION[wallet], time, ...numbers, net, "-", left, amount, payment.settleRate, fee, ...dashes(7), channel];
}

// A collection brings its amount less the fee; a refund takes back the same share of both (seeds/001: 1.00 refunded, 0.99 debited).
function netOf({ payment, refund }: BillEntry): Decimal {
  const amount = decimal(payment.amount);
  const fee = decimal(payment.fee);
  if (!refund) return subtract(amount, fee);
  const refunded = decimal(refund.amount);
  return subtract(share(fee, refunded, amount), refunded);
}

function timeOf({ payment, refund }: BillEntry): Date {
  return refund ? refund.createdAt : payment.createdAt;
}

function amountCell(value: Decimal, currency: string): string {
  return `${decimalText(value, isCurrency(currency) ? exponentOf(currency) : 0)} ${currency}`;
}

// The format has no quoting: what would break a line or a column becomes a space.
function numberCell(number: string | null): string {
  return `\`${number === null || number === "" ? "-" : number.replace(/[,`\r\n]/g, " ")}`;
}

function dashes(count: number): string[] {
  return Array<string>(count).fill("-");
}
