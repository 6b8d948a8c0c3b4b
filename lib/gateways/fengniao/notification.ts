import { sha256Hex } from "#lib/crypto/digest.ts";
import { isCurrency } from "#lib/domain/currency.ts";
import { isMoneyProblem, parseMoney } from "#lib/domain/money.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import { type Fengniao, PERSONAL } from "#lib/gateways/fengniao/credentials.ts";
import { canonicalText, signedFields, verifies } from "#lib/gateways/fengniao/sign.ts";
import { payTime } from "#lib/gateways/fengniao/standing.ts";
import type { InboundMessage, NotificationRefusal, OpenedNotification } from "#lib/gateways/notice.ts";
import { maskFields } from "#lib/gateways/scrub.ts";
import { parseForm } from "#lib/gateways/wire.ts";

const BODY_MAX_BYTES = 65_536;
const PERSONAL_NAMES: ReadonlySet<string> = new Set(PERSONAL);

/**
 * The words that say "paid" in a notice, by channel: Alipay's (seeds/004 §4.1), SUCCESS (protocols.md §4), and, undocumented,
 * JD's and UnionPay's of their queries (`assumed`). Anything else, and a notice without a status (WeChat's, the personal
 * code's §2.8), says nothing of itself and is asked about.
 */
export const PAID_WORDS: ReadonlySet<string> = new Set(["TRADE_SUCCESS", "TRADE_FINISHED", "SUCCESS", "2", "00"]);

/**
 * Opens a payment notification (§4.1): a form posted, or the query of a GET. Raw `k=v` signing is not injective, so a value with
 * `&` or `=` is refused before the signature is looked at. Only what the signature covers is read. The notice names no merchant
 * and no currency; one that does must name ours.
 */
export function openNotification(message: InboundMessage, context: Fengniao): OpenedNotification {
  const get = message.method.toUpperCase() === "GET";
  const received = get ? message.query.replace(/^\?/, "") : message.body;
  if (received.length > BODY_MAX_BYTES) return refused("unreadable", `it is longer than ${BODY_MAX_BYTES} bytes`, null);
  const form = parseForm(received);
  if (!form.ok) return refused(form.reason, form.detail, null);
  const { fields } = form;
  const claimed = fields.out_trade_no || null;
  const ambiguous = Object.entries(fields).find(([name, value]) => /[&=]/.test(name) || (name !== "sign" && /[&=]/.test(value)));
  if (ambiguous) return refused("ambiguous_value", `the field ${ambiguous[0]} contains & or =`, claimed);
  if (!fields.sign) return refused("missing_signature", "no sign", claimed);
  if (!verifies(fields, context))
    return refused("bad_signature", `the ${context.settings.signType} signature is not the gateway's over these fields`, claimed);
  return judged(fields, context);
}

function judged(received: Record<string, string>, context: Fengniao): OpenedNotification {
  const fields = signedFields(received);
  const gatewayOrderNo = fields.out_trade_no;
  if (!gatewayOrderNo) return refused("missing_field", "the field out_trade_no is missing or empty", null);
  const standing = standingOf(fields);
  const conflict = conflictOf(fields, context);
  return {
    ok: true,
    notification: {
      gatewayOrderNo,
      gatewayRef: fields.trade_no ?? null,
      standing,
      settles: context.settings.trustNotifications && standing.kind === "paid" ? "inline" : "query",
      fingerprint: sha256Hex(canonicalText(fields)),
      fields: maskFields(received, PERSONAL_NAMES),
      ...(conflict && { conflict }),
    },
  };
}

// §4.1 prints total_amount without a currency; WeChat's kind has fee_type.
function standingOf(fields: Record<string, string>): Standing {
  const status = fields.trade_status;
  if (status === undefined) return unknown("the notification names no status");
  if (!PAID_WORDS.has(status)) return unknown(`the notification's status is ${status}`);
  const currency = fields.fee_type ?? "CNY";
  if (!isCurrency(currency)) return unknown(`the currency ${currency} is not known`);
  const amount = parseMoney(fields.total_amount ?? "", currency);
  if (isMoneyProblem(amount)) return unknown(`the amount is not readable (${amount})`);
  if (!fields.trade_no) return unknown("paid, but without the gateway's number");
  const paidAt = fields.pay_time === undefined ? null : payTime(fields.pay_time);
  const payer = fields.openid ?? fields.buyer_user_id ?? fields.buyer_logon_id;
  return { kind: "paid", gatewayRef: fields.trade_no, amount, paidAt, ...(payer && { detail: { payer } }) };
}

function conflictOf(fields: Record<string, string>, { credentials }: Fengniao): string | null {
  if (fields.app_id !== undefined && fields.app_id !== credentials.appId) return "the notification is for another app_id";
  if (fields.merchant_no !== undefined && fields.merchant_no !== credentials.merchantNo)
    return "the notification is for another merchant_no";
  return null;
}

function unknown(reason: string): Standing {
  return { kind: "unknown", reason };
}

function refused(reason: NotificationRefusal, detail: string, gatewayOrderNo: string | null): OpenedNotification {
  return { ok: false, reason, detail, gatewayOrderNo };
}
