import { amountComplaint as fengniaoComplaint, yuan as fengniaoYuan } from "#lib/dialects/fengniao/money.ts";
import { amountComplaint as hipopayComplaint } from "#lib/dialects/hipopay/form.ts";
import { fenOfYuan as mpgatewayFenOf, yuanOfFen as mpgatewayYuanOf } from "#lib/dialects/mpgateway/fen.ts";
import { fenOfYuan as xxpayFenOf, yuanOfFen as xxpayYuanOf } from "#lib/dialects/xxpay/fen.ts";
import type { Currency } from "#lib/domain/currency.ts";
import { formatMajor, isMoneyProblem, parseMoney } from "#lib/domain/money.ts";
import { yuan as readYuan } from "#lib/gateways/fengniao/order.ts";
import { fen as mpgatewayFen } from "#lib/gateways/mpgateway/order.ts";
import { parseJson } from "#lib/gateways/wire.ts";
import { fen as xxpayFen } from "#lib/gateways/xxpay/order.ts";

/** 0.00 to 99,999.99, or 0 to 9,999,999 where a currency has no places. */
export const MINOR_MAX = 9_999_999n;

/** One gateway's way of an amount and back, made of the functions that both sides really use. */
export interface Road {
  gateway: string;
  currency: Currency;
  /** As our side writes it into a request. */
  write(minor: bigint): string;
  /** As the gateway reads that and keeps it, decimal text in major units; null when it refuses it, as it must 0. */
  take(wire: string): string | null;
  /** As the gateway writes what it keeps into a reply's JSON. */
  answer(kept: string): string;
  /** As we read it there, minor units; null when it is none. */
  read(wire: string): bigint | null;
}

// The two HipoPay APIs read and write amounts by the same functions, on either side.
const hipopay = (currency: Currency): Road => ({
  gateway: "hipopay-agent and hipopay-merchant",
  currency,
  write: (minor) => formatMajor({ minor, currency }),
  take: (wire) => (hipopayComplaint(wire, currency) === null ? wire : null),
  answer: (kept) => JSON.stringify(kept),
  read: (wire) => {
    const money = parseMoney(wire, currency);
    return isMoneyProblem(money) ? null : money.minor;
  },
});
const fenRoad = (gateway: string, take: Road["take"], fenOf: (yuan: string) => bigint, read: typeof xxpayFen): Road => ({
  gateway,
  currency: "CNY",
  write: (minor) => minor.toString(),
  take,
  answer: (kept) => fenOf(kept).toString(),
  read: (wire) => read(wire)?.minor ?? null,
});

export const ROADS: readonly Road[] = [
  hipopay("HKD"),
  hipopay("JPY"),
  hipopay("KRW"),
  fenRoad("mpgateway", mpgatewayYuanOf, mpgatewayFenOf, mpgatewayFen),
  fenRoad("xxpay", xxpayYuanOf, xxpayFenOf, xxpayFen),
  {
    gateway: "fengniao",
    currency: "CNY",
    write: (minor) => formatMajor({ minor, currency: "CNY" }),
    take: (wire) => (fengniaoComplaint(wire) === null ? fengniaoYuan(wire) : null),
    answer: (kept) => kept,
    read: (wire) => readYuan(wire)?.minor ?? null,
  },
];

/** What became of one amount on its way there and back: null when it came back exactly, else what went wrong. */
export function lostOn(road: Road, minor: bigint): string | null {
  const wire = road.write(minor);
  const kept = road.take(wire);
  if (minor === 0n) return kept === null ? null : `${road.gateway} takes nothing as ${wire}`;
  if (kept === null) return `${road.gateway} refuses ${wire}`;
  const ledger = parseMoney(kept, road.currency);
  if (isMoneyProblem(ledger) || ledger.minor !== minor) return `${road.gateway} keeps ${wire} as ${kept}`;
  const reply = parseJson(`{"amount":${road.answer(kept)}}`) as { amount?: unknown } | undefined;
  const back = typeof reply?.amount === "string" ? road.read(reply.amount) : null;
  return back === minor ? null : `${road.gateway} ${road.currency}: ${minor} came back as ${back}`;
}

export interface AmountsResult {
  gateway: string;
  currency: Currency;
  checked: number;
  lost: number;
  /** The first few amounts that did not come back. */
  examples: string[];
}

/** Sends every `stride`th amount from 0.00 to 99,999.99 along a road and back. */
export function checkAmounts(road: Road, stride = 1n): AmountsResult {
  const result: AmountsResult = { gateway: road.gateway, currency: road.currency, checked: 0, lost: 0, examples: [] };
  for (let minor = 0n; minor <= MINOR_MAX; minor += stride) {
    const lost = lostOn(road, minor);
    result.checked += 1;
    if (lost === null) continue;
    result.lost += 1;
    if (result.examples.length < 5) result.examples.push(lost);
  }
  return result;
}
