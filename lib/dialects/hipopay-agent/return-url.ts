import type { Payment } from "#lib/dialects/backend.ts";
import { wireTime } from "#lib/dialects/hipopay/times.ts";
import { walletOf } from "#lib/dialects/hipopay/wallet.ts";
import { STATUS, tradeType } from "#lib/dialects/hipopay-agent/shapes.ts";

const DESKS: ReadonlySet<string> = new Set(["wechat.desk", "wechat.mp_desk", "alipay.desk"]);

/**
 * Where the shopper is sent back to; null without a return_url. A desk adds the document's parameters (seeds/000 §4.6.3,
 * §4.7.3, §6.4.3, with its misspelt `tarde_type`) and then the extra ones; wap pay adds nothing, as its section names
 * nothing. A documented name stands exactly once: neither an extra parameter nor the return_url's own query can set it.
 */
export function returnUrl(payment: Payment): string | null {
  if (payment.returnUrl === null) return null;
  if (!DESKS.has(payment.method)) return payment.returnUrl;
  const documented = documentedParameters(payment);
  const { address, query, fragment } = cut(payment.returnUrl);
  const own = query.split("&").filter((piece) => piece !== "" && !Object.hasOwn(documented, nameOf(piece)));
  const taken = new Set(own.map(nameOf));
  const extra = Object.entries(payment.extra).filter(([name]) => !Object.hasOwn(documented, name) && !taken.has(name));
  const added = new URLSearchParams([...Object.entries(documented), ...extra]).toString();
  return `${address}?${[...own, added].join("&")}${fragment}`;
}

function documentedParameters(payment: Payment): Record<string, string> {
  const alipay = walletOf(payment) === "alipay";
  return {
    no: payment.no,
    [alipay ? "out_order_no" : "agent_order_id"]: payment.clientNo ?? "",
    merchant_no: payment.merchantNo,
    currency: payment.currency,
    amount: payment.amount,
    exchange_rate: payment.exchangeRate,
    tarde_type: tradeType(payment),
    [alipay ? "subject" : "product_info"]: payment.subject,
    trade_time: wireTime(payment.createdAt),
    status: STATUS[payment.state],
  };
}

// Cut, not parsed: what the caller wrote in its address comes back letter for letter.
function cut(url: string): { address: string; query: string; fragment: string } {
  const hash = url.indexOf("#");
  const beforeHash = hash < 0 ? url : url.slice(0, hash);
  const mark = beforeHash.indexOf("?");
  return {
    address: mark < 0 ? beforeHash : beforeHash.slice(0, mark),
    query: mark < 0 ? "" : beforeHash.slice(mark + 1),
    fragment: hash < 0 ? "" : url.slice(hash),
  };
}

function nameOf(piece: string): string {
  return [...new URLSearchParams(piece).keys()][0] ?? "";
}
