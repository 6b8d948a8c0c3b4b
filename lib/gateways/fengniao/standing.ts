import { z } from "zod";
import type { Money } from "#lib/domain/money.ts";
import type { PaidDetail, Standing } from "#lib/domain/verdict.ts";
import { text, yuan } from "#lib/gateways/fengniao/order.ts";
import type { PaymentKey } from "#lib/gateways/gateway.ts";
import { parseChinaTime } from "#lib/gateways/wire.ts";

/** A payment as `trade.query` answers it (seeds/004 §2.18, §2.19), the fields of every channel. */
export const ORDER = z.object({
  ...{ out_trade_no: text, trade_no: text, total_amount: text, net_receipt_amount: text, receipt_amount: text },
  ...{ trade_status: text, pay_time: text, cash_fee: text, openid: text, buyer_user_id: text, open_id: text },
});
export type Order = z.output<typeof ORDER>;

/**
 * What a status word means. `refunded`: it was paid, and some or all of it went back. `ended`: closed, or paid and then all of
 * it sent back (the amounts tell). `refunding`: it was paid and something is on its way back: asked again.
 */
type Meaning = "pending" | "paid" | "failed" | "closed" | "refunded" | "ended" | "refunding";

const WECHAT: Readonly<Record<string, Meaning>> = {
  SUCCESS: "paid",
  REFUND: "refunded",
  NOTPAY: "pending",
  USERPAYING: "pending",
  CLOSED: "closed",
  REVOKED: "closed",
  PAYERROR: "failed",
};

/** `trade_status` is text, and each channel has its own words. QQ has no table in the document: WeChat's is assumed. */
export const STATUSES: Readonly<Record<"wechat" | "alipay" | "qq" | "jd" | "unionpay", Readonly<Record<string, Meaning>>>> = {
  wechat: WECHAT,
  qq: WECHAT,
  alipay: { WAIT_BUYER_PAY: "pending", TRADE_SUCCESS: "paid", TRADE_FINISHED: "paid", TRADE_CLOSED: "ended" },
  jd: {
    ...{ "0": "pending", "1": "pending", "2": "paid", "3": "failed", "4": "refunding" },
    ...{ "5": "refunded", "6": "paid", "7": "refunded", "9": "ended" },
  },
  unionpay: { "00": "paid", "01": "pending", "02": "failed", "03": "ended", "04": "refunded", "05": "refunding" },
};
export type Channel = keyof typeof STATUSES;

/**
 * What a query's answer says of its payment. `unknown` when the status is not in the channel's table, when it is about something
 * else than asked, when a paid one lacks a readable amount or the gateway's number, or when its parts contradict each other.
 */
export function standingOf(order: Order, channel: Channel, key: Pick<PaymentKey, "gatewayOrderNo" | "gatewayRef">): Standing {
  const status = order.trade_status;
  if (order.out_trade_no !== key.gatewayOrderNo) return unknown("the answer is about another number of ours");
  if (order.trade_no && key.gatewayRef && order.trade_no !== key.gatewayRef) return unknown("the answer is about another payment");
  const meaning = Object.hasOwn(STATUSES[channel], status) ? STATUSES[channel][status] : undefined;
  switch (meaning) {
    case undefined:
      return unknown(`the status ${status || "(empty)"} is not in the document`);
    case "pending":
      return { kind: "pending", gatewayRef: order.trade_no || null, ...(status === "USERPAYING" && { seen: true }) };
    case "failed":
      return { kind: "failed", code: status };
    case "closed":
      return { kind: "closed" };
    case "refunding":
      return unknown(`a refund is under way (${status})`);
    case "ended":
      return endedStanding(order);
    default:
      return paidStanding(order, meaning);
  }
}

/** The gateway's clock: `YYYY-MM-DD HH:mm:ss`, its digits alone, or those without the century (§2.19). Null when it is none. */
export function payTime(value: string): Date | null {
  return parseChinaTime(/^\d{12}$/.test(value) ? `20${value}` : value);
}

// Never paid: no time of payment and nothing received. Paid and all sent back: a time and something received. Else unclear.
function endedStanding(order: Order): Standing {
  const received = isSome(order.receipt_amount) || isSome(order.net_receipt_amount);
  if (payTime(order.pay_time) !== null && received) return paidStanding(order, "refunded");
  if (order.pay_time.trim() === "" && !received) return { kind: "closed" };
  return unknown(`${order.trade_status}, but whether it was paid before is not clear`);
}

// The document prints the time in several formats: one that cannot be read is left out, as it decides nothing.
function paidStanding(order: Order, kind: "paid" | "refunded"): Standing {
  const amount: Money | null = yuan(order.total_amount);
  if (!amount) return unknown("paid, but the amount is not readable");
  if (!order.trade_no) return unknown("paid, but without the gateway's number");
  const detail = detailOf(order);
  return { kind, gatewayRef: order.trade_no, amount, paidAt: payTime(order.pay_time), ...(detail && { detail }) };
}

function detailOf(order: Order): PaidDetail | null {
  const payer = order.openid || order.buyer_user_id || order.open_id;
  const cash = yuan(order.cash_fee) ? { payAmount: order.cash_fee, payCurrency: "CNY" } : null;
  return payer || cash ? { ...cash, ...(payer && { payer }) } : null;
}

function isSome(amount: string): boolean {
  return (yuan(amount)?.minor ?? 0n) > 0n;
}

function unknown(reason: string): Standing {
  return { kind: "unknown", reason };
}
