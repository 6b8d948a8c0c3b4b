import { sha256Hex } from "#lib/crypto/digest.ts";
import { type Mpgateway, PERSONAL } from "#lib/gateways/mpgateway/credentials.ts";
import { ORDER, type Order, standingOf } from "#lib/gateways/mpgateway/order.ts";
import { restored, unwrap, verifies } from "#lib/gateways/mpgateway/signature.ts";
import type { InboundMessage, NotificationRefusal, OpenedNotification } from "#lib/gateways/notice.ts";
import type { ReturnHint } from "#lib/gateways/records.ts";
import { maskFields } from "#lib/gateways/scrub.ts";
import { parseForm } from "#lib/gateways/wire.ts";

const BODY_MAX_BYTES = 65_536;
/** §3.4.3: `N`, so without one of them the message says too little to be believed. */
const REQUIRED = ["merid", "orderid", "queryid", "txnamt"] as const satisfies readonly (keyof Order)[];
const PERSONAL_NAMES: ReadonlySet<string> = new Set(PERSONAL);

/**
 * Opens the back notification (§3.4; a form, though §2.3 draws it as a query: both are read). The signature covers the base64
 * text as received, which is also what the fingerprint is of: a retry is the same text. A message that says nothing of
 * `resultcode` is a hint like any other.
 */
export function openNotification(message: InboundMessage, { credentials, settings }: Mpgateway): OpenedNotification {
  if (message.body.byteLength > BODY_MAX_BYTES) return refused("unreadable", `the body is longer than ${BODY_MAX_BYTES} bytes`, null);
  const form = parseForm(message.body.byteLength > 0 ? message.body : message.query);
  if (!form.ok) return refused(form.reason, form.detail, null);
  const { resp = "", sign = "" } = form.fields;
  const data = unwrap(resp);
  if (!data) return refused("unreadable", "resp is not base64 of a JSON object", null);
  const read = ORDER.safeParse(data);
  const claimed = read.success && read.data.orderid !== "" ? read.data.orderid : null;
  if (sign === "") return refused("missing_signature", "sign is missing or empty", claimed);
  if (!verifies(resp, sign, credentials.key)) return refused("bad_signature", "the signature is not the gateway's over this text", claimed);
  if (!read.success) return refused("unreadable", "a field is neither text nor number", claimed);
  const order = read.data;
  const missing = REQUIRED.find((name) => order[name] === "");
  if (missing) return refused("missing_field", `the field ${missing} is missing or empty`, claimed);
  return {
    ok: true,
    notification: {
      gatewayOrderNo: order.orderid,
      gatewayRef: order.queryid,
      standing: standingOf(order),
      settles: settings.trustNotifications ? "inline" : "query",
      fingerprint: sha256Hex(restored(resp)),
      fields: maskFields(texts(data), PERSONAL_NAMES),
      ...(order.merid !== credentials.merid && { conflict: `it is about the merchant ${order.merid}, not ${credentials.merid}` }),
    },
  };
}

/**
 * Reads what the front notification (§2.3, §3.1.2 `fronturl`) added to the return address. Nothing is verified here, because
 * nothing is believed: a hint which payment to ask about.
 */
export function readReturn(query: string): ReturnHint | null {
  const form = parseForm(query.replace(/^\?/, ""));
  if (!form.ok) return null;
  const { resp = "", sign: _sign, ...extra } = form.fields;
  const data = unwrap(resp);
  const order = ORDER.safeParse(data);
  if (!data || !order.success) return null;
  const { orderid, queryid } = order.data;
  if (orderid === "" && queryid === "") return null;
  return { gatewayOrderNo: orderid || null, gatewayRef: queryid || null, fields: maskFields(texts(data), PERSONAL_NAMES), extra };
}

// Fields for people; what is neither text nor number is shown as JSON.
function texts(data: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]));
}

function refused(reason: NotificationRefusal, detail: string, gatewayOrderNo: string | null): OpenedNotification {
  return { ok: false, reason, detail, gatewayOrderNo };
}
