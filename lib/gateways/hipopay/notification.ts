import type { z } from "zod";
import { sha256Hex } from "#lib/crypto/digest.ts";
import { rsaSha256Verify } from "#lib/crypto/rsa.ts";
import { canonicalNotification } from "#lib/gateways/hipopay/canonical.ts";
import { conflictOf, firstOf, type Order, standingOf, type Wording } from "#lib/gateways/hipopay/order.ts";
import type { InboundMessage, NotificationRefusal, OpenedNotification } from "#lib/gateways/notice.ts";
import { maskFields } from "#lib/gateways/scrub.ts";
import { parseForm } from "#lib/gateways/wire.ts";

/** What both documents list and a judgement needs: absent or empty, the message says too little to be believed. */
const REQUIRED = ["status", "currency", "amount", "trade_time"] as const;
/** Integer seconds, seconds with decimals, or milliseconds; nothing else, or the comma before it would not be the last. */
const TIMESTAMP = /^\d{1,13}(?:\.\d{1,9})?$/;
const BODY_MAX_BYTES = 65_536;

/** What differs between the two documents' notifications. */
export interface NotificationReader {
  order: z.ZodType<Order, unknown>;
  wording: Wording;
  /** Fields nobody reads in records. */
  personal: ReadonlySet<string>;
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
 * Opens a payment notification (seeds/000 §10, seeds/001 "Payment Notification"). Raw `k=v` signing is not injective, so a
 * value with `&` or `=` is refused before the signature is looked at. The fingerprint covers the fields without the
 * Timestamp: a retry signed anew is the same notice. It settles inline: RSA proves it.
 */
export function openNotification(message: InboundMessage, publicKey: string, reader: NotificationReader): OpenedNotification {
  if (message.body.byteLength > BODY_MAX_BYTES) return refused("unreadable", `the body is longer than ${BODY_MAX_BYTES} bytes`, null);
  const form = parseForm(message.body);
  if (!form.ok) return refused(form.reason, form.detail, null);
  const { fields } = form;
  const claimed = reader.wording.ours.map((name) => fields[name]).find((value) => value) ?? null;
  const ambiguous = Object.entries(fields).find(([name, value]) => /[&=]/.test(name) || /[&=]/.test(value));
  if (ambiguous) return refused("ambiguous_value", `the field ${ambiguous[0]} contains & or =`, claimed);
  const { signature, timestamp } = headersOf(message);
  if (!signature || !TIMESTAMP.test(timestamp))
    return refused("missing_signature", "no Signature or no readable Timestamp header", claimed);
  if (!notificationVerifies(fields, timestamp, signature, publicKey)) {
    return refused("bad_signature", "the signature is not the gateway's over these fields", claimed);
  }
  return judged(fields, claimed, reader);
}

function judged(fields: Record<string, string>, claimed: string | null, { order: schema, wording, personal }: NotificationReader) {
  const order = schema.parse(fields);
  const conflict = conflictOf(order, wording);
  if (conflict) return refused("ambiguous_value", conflict, claimed);
  const gatewayOrderNo = firstOf(order, wording.ours);
  const gatewayRef = firstOf(order, wording.theirs);
  const missing = REQUIRED.find((name) => !fields[name]) ?? (gatewayOrderNo ? (gatewayRef ? null : wording.theirs[0]) : wording.ours[0]);
  if (missing || !gatewayOrderNo) return refused("missing_field", `the field ${missing} is missing or empty`, claimed);
  const opened: OpenedNotification = {
    ok: true,
    notification: {
      gatewayOrderNo,
      gatewayRef,
      standing: standingOf(order, wording, {}),
      settles: "inline",
      fingerprint: sha256Hex(canonicalNotification(fields)),
      fields: maskFields(fields, personal),
    },
  };
  return opened;
}

function headersOf(message: InboundMessage): { signature: string; timestamp: string } {
  const found = new Map(Object.entries(message.headers).map(([name, value]) => [name.toLowerCase(), value.trim()]));
  return { signature: found.get("signature") ?? "", timestamp: found.get("timestamp") ?? "" };
}

function refused(reason: NotificationRefusal, detail: string, gatewayOrderNo: string | null): OpenedNotification {
  return { ok: false, reason, detail, gatewayOrderNo };
}
