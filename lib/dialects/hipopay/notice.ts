import type { Caller } from "#lib/dialects/backend.ts";
import type { WireMessage } from "#lib/dialects/dialect.ts";
import { notificationSignature } from "#lib/dialects/hipopay/signature.ts";

/** seeds/001, Payment Notification: ten more tries. The agent's document leaves its schedule blank; assumed the same (protocols.md §1). */
export const RETRY_SECONDS: readonly number[] = [1, 2, 4, 8, 60, 60, 60, 600, 600, 1800];

/** The form POST of a notice, signed by the gateway's key for this caller. Values leave as printable ASCII. Throws when the account has no key. */
export function signedNotice(caller: Caller, url: string, fields: Readonly<Record<string, string>>, now: Date): WireMessage {
  if (caller.gatewayPrivateKey === null) throw new Error(`HipoPay account ${caller.callerNo} has no gateway key`);
  const sent = new Map(Object.entries(fields).map(([name, value]) => [name, ascii(value)]));
  const timestamp = Math.floor(now.getTime() / 1000).toString();
  return {
    method: "POST",
    url,
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      Signature: notificationSignature(sent, timestamp, caller.gatewayPrivateKey),
      Timestamp: timestamp,
    },
    body: new URLSearchParams([...sent]).toString(),
  };
}

/** True for HTTP 2xx whose last line that is not blank is exactly `success`: PHP samples print debris before it (protocols.md §1). */
export function acknowledged(reply: { status: number; body: string }): boolean {
  if (reply.status < 200 || reply.status > 299) return false;
  const lines = reply.body.split(/[\r\n]+/).map((line) => line.trim());
  return lines.findLast((line) => line !== "") === "success";
}

// Values are signed raw, and servers disagree on the bytes of a raw character beyond ASCII (protocols.md §1).
function ascii(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, "?");
}
