import type { Caller, Payment, Payout } from "#lib/dialects/backend.ts";
import type { WireMessage } from "#lib/dialects/dialect.ts";
import { fenOfYuan } from "#lib/dialects/xxpay/fen.ts";
import { payFacts } from "#lib/dialects/xxpay/pay-query.ts";
import { keyOf, signatureOf } from "#lib/dialects/xxpay/signature.ts";
import { RENOTIFIED, transStatus } from "#lib/dialects/xxpay/status.ts";
import { numbersOf, paidAtOf } from "#lib/dialects/xxpay/trans.ts";

/** seeds/003 §2.3.3, §3.3.3: the same for both notices, after the first call (protocols.md §3). */
export const RETRY_SECONDS: readonly number[] = [60, 120, 180, 240, 300];

/** `backType` (seeds/003 §2.3.2): through the shopper's browser, or from server to server. */
const BROWSER = "1";
const SERVER = "2";

/** 支付结果通知 (seeds/003 §2.3): a form POST, of paid payments alone. Null without a notifyUrl. Throws when the account has no key. */
export function notification(caller: Caller, payment: Payment): WireMessage | null {
  if (payment.notifyUrl === null || payment.state !== "PAID") return null;
  return {
    method: "POST",
    url: payment.notifyUrl,
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: signed(caller, payNotice(payment, caller, SERVER)).toString(),
  };
}

/** 代付结果通知 (seeds/003 §3.3): a GET, of a payout that was paid or failed. Null without a notifyUrl. Throws when the account has no key. */
export function payoutNotification(caller: Caller, payout: Payout): WireMessage | null {
  const status = transStatus(payout);
  if (payout.notifyUrl === null || !RENOTIFIED.has(status)) return null;
  const fields = {
    ...numbersOf(payout),
    mchId: caller.callerNo,
    amount: fenOfYuan(payout.amount).toString(),
    status,
    param1: payout.extra.param1 ?? "",
    param2: payout.extra.param2 ?? "",
    transSuccTime: paidAtOf(payout)?.getTime().toString() ?? "",
    backType: SERVER,
  };
  return { method: "GET", url: withQuery(payout.notifyUrl, signed(caller, fields)), headers: {}, body: "" };
}

/** The returnUrl with the signed notice in its query, backType 1; null without one. It says what is so now, paid or not. */
export function returnUrl(payment: Payment, caller: Caller): string | null {
  return payment.returnUrl === null ? null : withQuery(payment.returnUrl, signed(caller, payNotice(payment, caller, BROWSER)));
}

/** True for HTTP 2xx whose trimmed body is `success`, in any case (protocols.md §3). */
export function acknowledged({ status, body }: { status: number; body: string }): boolean {
  return status >= 200 && status <= 299 && body.trim().toLowerCase() === "success";
}

function payNotice(payment: Payment, caller: Caller, backType: string): Record<string, string> {
  const { param1 = "", param2 = "" } = payment.extra;
  return { ...payFacts(payment, caller.callerNo), param1, param2, backType };
}

// Fields without a value are sent empty, and so not signed (seeds/003 §1.3).
function signed(caller: Caller, fields: Readonly<Record<string, string>>): URLSearchParams {
  const sign = signatureOf(new Map(Object.entries(fields)), keyOf(caller));
  return new URLSearchParams({ ...fields, sign });
}

// Cut, not parsed: what the merchant wrote in its address stays letter for letter, but for a name the notice uses.
function withQuery(address: string, added: URLSearchParams): string {
  const [beforeHash = "", ...hash] = address.split("#");
  const mark = beforeHash.indexOf("?");
  const own = mark < 0 ? [] : beforeHash.slice(mark + 1).split("&");
  const kept = own.filter((piece) => piece !== "" && ![...new URLSearchParams(piece).keys()].some((name) => added.has(name)));
  const fragment = hash.length > 0 ? `#${hash.join("#")}` : "";
  return `${mark < 0 ? beforeHash : beforeHash.slice(0, mark)}?${[...kept, added].join("&")}${fragment}`;
}
