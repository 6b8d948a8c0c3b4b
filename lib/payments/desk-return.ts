import type { Attempt, Order } from "#db/queries/locks.ts";
import { DESK_RETURN_NAMES, type DeskEntry } from "#lib/domain/desk.ts";
import { formatMajor } from "#lib/domain/money.ts";
import { escapeStrictly } from "#lib/gateways/wire.ts";
import { moneyOf } from "#lib/payments/change.ts";

const NAMES = new Set<string>(DESK_RETURN_NAMES);
/** An order's states in the words of seeds/000 §11.1. */
const STATUS = { open: "INIT", paid: "PAID", expired: "EXPIRED", cancelled: "FAIL" } as const satisfies Record<Order["state"], string>;

/**
 * Where an order that came by `/desk` leads back to: the shop's own address, letter for letter, with the document's ten
 * parameters (seeds/000 §4.6.3, §4.7.3, §6.4.3, `tarde_type` misspelt as there) and then the extra ones. A documented name
 * stands exactly once. The parameters prove nothing (§4.6.4); the webhook and the API do.
 */
export function deskReturn(order: Order, desk: DeskEntry, returnUrl: string, paid: Attempt | null): string {
  const alipay = desk.type === "DESK";
  const documented: Record<string, string> = {
    no: order.id,
    [alipay ? "out_order_no" : "agent_order_id"]: desk.number ?? "",
    merchant_no: order.merchantId,
    currency: order.currency,
    amount: formatMajor(moneyOf(order)),
    exchange_rate: paid?.exchangeRate ?? (order.currency === "CNY" ? "1" : ""),
    tarde_type: desk.type,
    [alipay ? "subject" : "product_info"]: order.title,
    trade_time: chinaTime(order.paidAt ?? order.createdAt),
    status: STATUS[order.state],
  };
  const { address, query, fragment } = cut(returnUrl);
  const own = query.split("&").filter((piece) => piece !== "" && !NAMES.has(nameIn(piece)));
  const taken = new Set(own.map(nameIn));
  const extra = Object.entries(desk.extra).filter(([name]) => !NAMES.has(name) && !taken.has(name));
  const added = [...Object.entries(documented), ...extra].map(([name, value]) => `${escapeStrictly(name)}=${escapeStrictly(value)}`);
  return `${address}?${[...own, ...added].join("&")}${fragment}`;
}

function cut(url: string): { address: string; query: string; fragment: string } {
  const [, address = url, query = "", fragment = ""] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(url) ?? [];
  return { address, query, fragment };
}

function nameIn(piece: string): string {
  return [...new URLSearchParams(piece).keys()][0] ?? "";
}

/** `YYYY-MM-DD HH:mm:ss` in UTC+8, as the document writes times. */
function chinaTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
}
