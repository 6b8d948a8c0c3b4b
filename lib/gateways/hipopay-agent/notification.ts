import { sha256Hex } from "#lib/crypto/digest.ts";
import { rsaSha256Verify } from "#lib/crypto/rsa.ts";
import type { InboundMessage, NotificationRefusal, OpenedNotification } from "#lib/gateways/gateway.ts";
import { type HipopayAgent, PERSONAL } from "#lib/gateways/hipopay-agent/credentials.ts";
import { conflictOf, numberIn, ORDER, SPELLINGS, standingOf } from "#lib/gateways/hipopay-agent/order.ts";
import { maskFields } from "#lib/gateways/scrub.ts";
import { parseForm, sortedByBytes } from "#lib/gateways/wire.ts";

/** What §10.2 lists and a judgement needs: absent or empty, the message says too little to be believed. */
const REQUIRED = ["status", "currency", "amount", "trade_time"] as const;
/** Integer seconds, seconds with decimals, or milliseconds; nothing else, or the comma before it would not be the last. */
const TIMESTAMP = /^\d{1,13}(?:\.\d{1,9})?$/;
const BODY_MAX_BYTES = 65_536;
const PERSONAL_NAMES: ReadonlySet<string> = new Set(PERSONAL);

/** seeds/000 §10.3: names sorted by bytes, values RAW, `k=v` joined by `&`; proved by recorded genuine notifications. */
export function canonicalNotification(fields: Readonly<Record<string, string>>): string {
  return sortedByBytes(Object.keys(fields))
    .map((name) => `${name}=${fields[name] ?? ""}`)
    .join("&");
}

/** Whether the gateway signed these fields at this Timestamp header. */
export function notificationVerifies(
  fields: Readonly<Record<string, string>>,
  timestamp: string,
  signature: string,
  publicKey: string,
): boolean {
  return rsaSha256Verify(`${canonicalNotification(fields)},${timestamp}`, signature, publicKey);
}

/**
 * Opens a payment notification (§10). Raw `k=v` signing is not injective, so a value with `&` or `=` is refused before the
 * signature is looked at. The fingerprint covers the fields without the Timestamp: a retry signed anew is the same notice.
 */
export function openNotification(message: InboundMessage, { credentials }: HipopayAgent): OpenedNotification {
  if (message.body.byteLength > BODY_MAX_BYTES) return refused("unreadable", `the body is longer than ${BODY_MAX_BYTES} bytes`, null);
  const form = parseForm(message.body);
  if (!form.ok) return refused(form.reason, form.detail, null);
  const { fields } = form;
  const claimed = SPELLINGS.ours.map((name) => fields[name]).find((value) => value) ?? null;
  const ambiguous = Object.entries(fields).find(([name, value]) => /[&=]/.test(name) || /[&=]/.test(value));
  if (ambiguous) return refused("ambiguous_value", `the field ${ambiguous[0]} contains & or =`, claimed);
  const { signature, timestamp } = headersOf(message);
  if (!signature || !TIMESTAMP.test(timestamp))
    return refused("missing_signature", "no Signature or no readable Timestamp header", claimed);
  if (!notificationVerifies(fields, timestamp, signature, credentials.gatewayPublicKey)) {
    return refused("bad_signature", "the signature is not the gateway's over these fields", claimed);
  }
  return judged(fields, claimed);
}

function judged(fields: Record<string, string>, claimed: string | null): OpenedNotification {
  const order = ORDER.parse(fields);
  const conflict = conflictOf(order);
  if (conflict) return refused("ambiguous_value", conflict, claimed);
  const gatewayOrderNo = numberIn(order, SPELLINGS.ours);
  const gatewayRef = numberIn(order, SPELLINGS.theirs);
  const missing = REQUIRED.find((name) => !fields[name]) ?? (gatewayOrderNo ? (gatewayRef ? null : "no") : "agent_order_id");
  if (missing || !gatewayOrderNo) return refused("missing_field", `the field ${missing} is missing or empty`, claimed);
  const fingerprint = sha256Hex(canonicalNotification(fields));
  return {
    ok: true,
    notification: {
      gatewayOrderNo,
      gatewayRef,
      standing: standingOf(order, {}),
      settles: "inline",
      fingerprint,
      fields: maskFields(fields, PERSONAL_NAMES),
    },
  };
}

function headersOf(message: InboundMessage): { signature: string; timestamp: string } {
  const found = new Map(Object.entries(message.headers).map(([name, value]) => [name.toLowerCase(), value.trim()]));
  return { signature: found.get("signature") ?? "", timestamp: found.get("timestamp") ?? "" };
}

function refused(reason: NotificationRefusal, detail: string, gatewayOrderNo: string | null): OpenedNotification {
  return { ok: false, reason, detail, gatewayOrderNo };
}
