import { sha256Hex } from "#lib/crypto/digest.ts";
import type { InboundMessage, NotificationRefusal, OpenedNotification } from "#lib/gateways/notice.ts";
import type { OpenedPayoutNotification } from "#lib/gateways/payout.ts";
import type { ReturnHint } from "#lib/gateways/records.ts";
import { maskFields } from "#lib/gateways/scrub.ts";
import { parseForm } from "#lib/gateways/wire.ts";
import { PERSONAL, type Xxpay } from "#lib/gateways/xxpay/credentials.ts";
import { ownerProblem, PAYMENT, standingOf } from "#lib/gateways/xxpay/order.ts";
import { payoutStandingOf, TRANS } from "#lib/gateways/xxpay/payouts.ts";
import { canonical, verifies } from "#lib/gateways/xxpay/signature.ts";

const BODY_MAX_BYTES = 65_536;
const PERSONAL_NAMES: ReadonlySet<string> = new Set(PERSONAL);
/** What a judgement needs; public payout notices carry no appId, so it is only compared where it stands. */
const PAY_REQUIRED = ["payOrderId", "mchId", "mchOrderNo", "amount", "status"] as const;
const TRANS_REQUIRED = ["transOrderId", "mchId", "mchTransOrderNo", "amount", "status"] as const;
/** §2.3.2: what the front notification adds to our address; anything else there is our own. */
const RETURNED: ReadonlySet<string> = new Set([
  ...["payOrderId", "mchId", "appId", "productId", "mchOrderNo", "amount", "status", "channelOrderNo", "channelAttach"],
  ...["param1", "param2", "paySuccTime", "backType", "sign"],
]);

type Opened =
  | { ok: true; fields: Record<string, string>; fingerprint: string }
  | { ok: false; reason: NotificationRefusal; detail: string; claimed: string | null };

/**
 * Opens a payment's notification (§2.3). Unknown fields are signed like the known. The browser's copy (`backType` 1) is signed
 * too, but whoever held the browser chose when to send it: it never settles by itself.
 */
export function openNotification(message: InboundMessage, { credentials, settings }: Xxpay): OpenedNotification {
  const opened = openForm(message, credentials.key, PAY_REQUIRED, "mchOrderNo");
  if (!opened.ok) return { ok: false, reason: opened.reason, detail: opened.detail, gatewayOrderNo: opened.claimed };
  const payment = PAYMENT.parse(opened.fields);
  const conflict = ownerProblem(payment, credentials);
  return {
    ok: true,
    notification: {
      gatewayOrderNo: payment.mchOrderNo,
      gatewayRef: payment.payOrderId,
      standing: standingOf(payment),
      settles: settings.trustNotifications && payment.backType === "2" ? "inline" : "query",
      fingerprint: opened.fingerprint,
      fields: maskFields(opened.fields, PERSONAL_NAMES),
      ...(conflict && { conflict }),
    },
  };
}

/** Opens a payout's notification (§3.3): a GET in the document, a form too. Its statuses are the payouts' own. */
export function openPayoutNotification(message: InboundMessage, { credentials, settings }: Xxpay): OpenedPayoutNotification {
  const opened = openForm(message, credentials.key, TRANS_REQUIRED, "mchTransOrderNo");
  if (!opened.ok) return { ok: false, reason: opened.reason, detail: opened.detail, payoutNo: opened.claimed };
  const trans = TRANS.parse(opened.fields);
  const conflict = ownerProblem(trans, credentials);
  return {
    ok: true,
    notification: {
      payoutNo: trans.mchTransOrderNo,
      gatewayRef: trans.transOrderId,
      standing: payoutStandingOf(trans),
      settles: settings.trustNotifications && opened.fields.backType === "2" ? "inline" : "query",
      fingerprint: opened.fingerprint,
      fields: maskFields(opened.fields, PERSONAL_NAMES),
      ...(conflict && { conflict }),
    },
  };
}

/** Reads what the front notification (`backType` 1) added to the return address: a hint which payment to ask about, never proof. */
export function readReturn(query: string): ReturnHint | null {
  const form = parseForm(query.replace(/^\?/, ""));
  if (!form.ok) return null;
  const { mchOrderNo = "", payOrderId = "" } = form.fields;
  if (mchOrderNo === "" && payOrderId === "") return null;
  const entries = Object.entries(form.fields);
  const theirs = Object.fromEntries(entries.filter(([name]) => RETURNED.has(name)));
  const extra = Object.fromEntries(entries.filter(([name]) => !RETURNED.has(name)));
  return { gatewayOrderNo: mchOrderNo || null, gatewayRef: payOrderId || null, fields: maskFields(theirs, PERSONAL_NAMES), extra };
}

// Raw `k=v` signing is injective only where no name holds `=` or `&` and no value `&`: then the signed text can be cut in one
// way only. A value may hold `=` (a channel's own base64), for each pair is cut at its first.
function openForm(message: InboundMessage, key: string, required: readonly string[], numberName: string): Opened {
  if (message.body.byteLength > BODY_MAX_BYTES) {
    return { ok: false, reason: "unreadable", detail: `the body is longer than ${BODY_MAX_BYTES} bytes`, claimed: null };
  }
  const form = parseForm(message.body.byteLength > 0 ? message.body : message.query);
  if (!form.ok) return { ...form, claimed: null };
  const { fields } = form;
  const claimed = fields[numberName] || null;
  const ambiguous = Object.entries(fields).find(([name, value]) => /[&=]/.test(name) || value.includes("&"));
  if (ambiguous) return { ok: false, reason: "ambiguous_value", detail: `the field ${ambiguous[0]} contains & or =`, claimed };
  if (!fields.sign) return { ok: false, reason: "missing_signature", detail: "sign is missing or empty", claimed };
  if (!verifies(fields, key)) {
    return { ok: false, reason: "bad_signature", detail: "the signature is not the gateway's over these fields", claimed };
  }
  const missing = required.find((name) => !fields[name]);
  if (missing) return { ok: false, reason: "missing_field", detail: `the field ${missing} is missing or empty`, claimed };
  return { ok: true, fields, fingerprint: sha256Hex(canonical(fields)) };
}
