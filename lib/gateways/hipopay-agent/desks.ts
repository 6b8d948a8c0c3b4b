import type { Method } from "#lib/domain/methods.ts";
import { formatMajor } from "#lib/domain/money.ts";
import type { CreateRequest } from "#lib/gateways/gateway.ts";
import type { HipopayAgent } from "#lib/gateways/hipopay-agent/credentials.ts";
import { type PathKey, pathOf } from "#lib/gateways/hipopay-agent/paths.ts";
import type { HandOff } from "#lib/gateways/operation.ts";
import type { ReturnHint } from "#lib/gateways/records.ts";
import { cleanText, parseForm } from "#lib/gateways/wire.ts";

/**
 * Cashier pages of HipoPay's own (§4.6, §4.7, §6.4): the browser goes there with the parameters in the address, unsigned, and
 * comes back with more of them, unsigned too. So there is no number, and nothing that comes back proves anything.
 */
export const desks = {
  "wechat.desk": desk("pcDesk", "product_info", "agent_order_id"),
  "wechat.mp_desk": desk("mpDesk", "product_info", "agent_order_id"),
  "alipay.desk": desk("alipayDesk", "subject", "out_order_no"),
} satisfies Partial<Record<Method, HandOff<HipopayAgent>>>;

/** What a desk adds to the return address (§4.6.3, §6.4.3). `tarde_type` is the document's own misspelling: both are read. */
const RETURNED = [
  ...["no", "agent_order_id", "out_order_no", "merchant_no", "currency", "amount", "exchange_rate"],
  ...["tarde_type", "trade_type", "product_info", "subject", "trade_time", "status"],
] as const;

/** Names §4.6.4 forbids extra parameters to take: those of the way there and of the way back. */
const TAKEN: ReadonlySet<string> = new Set([...RETURNED, "return_url", "notify_url"]);
const EXTRA_MAX = 20;

/** Reads what a desk brought back. A hint which payment to ask about; null when there is no number in it. */
export function readReturn(query: string): ReturnHint | null {
  const form = parseForm(query.replace(/^\?/, ""));
  if (!form.ok) return null;
  const { tarde_type: misspelt, ...given } = form.fields;
  const all: Record<string, string> = misspelt === undefined ? given : { trade_type: misspelt, ...given };
  const gatewayOrderNo = all.agent_order_id || all.out_order_no || null;
  const gatewayRef = all.no || null;
  if (!gatewayOrderNo && !gatewayRef) return null;
  const known = (name: string): boolean => (RETURNED as readonly string[]).includes(name);
  const entries = Object.entries(all);
  return {
    gatewayOrderNo,
    gatewayRef,
    fields: Object.fromEntries(entries.filter(([name]) => known(name))),
    extra: Object.fromEntries(entries.filter(([name]) => !known(name))),
  };
}

function desk(key: PathKey, subjectName: "product_info" | "subject", numberName: "agent_order_id" | "out_order_no"): HandOff<HipopayAgent> {
  return {
    verb: "BROWSER",
    path: pathOf(key),
    check: ({ extra }) => extraProblem(extra ?? {}),
    fields: (request: CreateRequest, { credentials }) => ({
      merchant_no: credentials.merchantNo,
      currency: request.amount.currency,
      amount: formatMajor(request.amount),
      [subjectName]: cleanText(request.subject),
      return_url: request.returnUrl,
      [numberName]: request.gatewayOrderNo,
      notify_url: request.notifyUrl,
      ...request.extra,
    }),
  };
}

function extraProblem(extra: Readonly<Record<string, string>>): string | null {
  const names = Object.keys(extra);
  if (names.length > EXTRA_MAX) return `more than ${EXTRA_MAX} extra parameters`;
  const bad = names.find((name) => TAKEN.has(name) || !/^[A-Za-z0-9_]{1,64}$/.test(name) || (extra[name] ?? "").length > 256);
  return bad === undefined ? null : `the extra parameter ${bad} is not allowed`;
}
