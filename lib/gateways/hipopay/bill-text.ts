import { parse } from "csv-parse/sync";
import { isCurrency } from "#lib/domain/currency.ts";
import { isMoneyProblem, type Money, parseMoney } from "#lib/domain/money.ts";
import type { Bill, BillLine } from "#lib/gateways/records.ts";
import { parseChinaTime } from "#lib/gateways/wire.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Why two days are no range, or null. */
export function rangeProblem({ from, to }: { from: string; to: string }): string | null {
  return DAY.test(from) && DAY.test(to) && from <= to ? null : "from and to are days, in order";
}

/** Columns of seeds/001's report, by position. */
const COLUMN = {
  type: 0,
  at: 1,
  number: 2,
  external: 3,
  amount: 7,
  fee: 9,
  refundAmount: 10,
  refunded: 11,
  refundedExternal: 12,
  channel: 17,
} as const;
const COLUMNS = 18;
/** Lines that move no shopper's money. */
const NEITHER = /withdraw|conver|settle|提现|换汇|结汇|结算/i;
const REFUND = /refund|退款/i;

/**
 * Reads a bill: a title, a header, then a line per movement; numbers carry a back-tick, amounts their currency (`0.99 HKD`),
 * nothing is `-`. In a refund's line "Order No." is the refund's own number and "Refund Order" the payment's (the sample of
 * seeds/001). A line that cannot be read is reported with its number, never skipped; withdrawals and conversions are left out.
 */
export function readBill(text: string): Bill {
  const rows = parse(text, {
    ...{ bom: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true, trim: true, quote: null },
    info: true,
  }) as unknown as { record: string[]; info: { lines: number } }[];
  const lines: BillLine[] = [];
  const unreadable: Bill["unreadable"] = [];
  for (const { record, info } of rows) {
    if (info.lines <= 2 && !parseChinaTime(record[COLUMN.at] ?? "")) continue; // the title and the header
    const line = readLine(record);
    if (line === "unreadable") unreadable.push({ line: info.lines, text: record.join(",") });
    else if (line !== "neither") lines.push(line);
  }
  return { text, lines, unreadable };
}

function readLine(record: readonly string[]): BillLine | "neither" | "unreadable" {
  const cell = (name: keyof typeof COLUMN): string => (record[COLUMN[name]] ?? "").replace(/^`/, "");
  const given = (name: keyof typeof COLUMN): string | null => (["", "-"].includes(cell(name)) ? null : cell(name));
  const at = parseChinaTime(cell("at"));
  const refund = REFUND.test(cell("type"));
  if (!refund && NEITHER.test(cell("type"))) return "neither";
  const amount = billMoney(cell(refund ? "refundAmount" : "amount"));
  const number = given("number");
  const paid = refund ? given("refunded") : number;
  if (record.length < COLUMNS || !at || !amount || !number || !paid) return "unreadable";
  return {
    kind: refund ? "refund" : "payment",
    gatewayRef: paid,
    gatewayOrderNo: given(refund ? "refundedExternal" : "external"),
    gatewayRefundRef: refund ? number : null,
    refundNo: refund ? given("external") : null,
    amount,
    fee: given("fee"),
    at,
    method: cell("channel"),
  };
}

function billMoney(text: string): Money | null {
  const [amount, currency, ...more] = text.split(" ");
  if (!amount || !isCurrency(currency) || more.length > 0) return null;
  const money = parseMoney(amount, currency);
  return isMoneyProblem(money) ? null : money;
}
