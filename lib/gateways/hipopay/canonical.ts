import { rsaSha256Sign } from "#lib/crypto/rsa.ts";
import type { Call, WireFields } from "#lib/gateways/operation.ts";
import { escapeStrictly, sortedByBytes } from "#lib/gateways/wire.ts";

/**
 * seeds/000 §2.2, seeds/001 "Digital Signature": names sorted by bytes, values escaped strictly, `k=v` joined by `&`. Empty
 * values stay, as `k=`. Equal to the official Python SDK's byte for byte (both gateways' vectors).
 */
export function canonicalRequest(fields: WireFields): string {
  return sortedByBytes(Object.keys(fields))
    .map((name) => `${escapeStrictly(name)}=${escapeStrictly(fields[name] ?? "")}`)
    .join("&");
}

/** The text our signature covers: the canonical request, a comma, and the Timestamp header's exact text. */
export function stringToSign(fields: WireFields, timestamp: string): string {
  return `${canonicalRequest(fields)},${timestamp}`;
}

/** seeds/000 §10.3: names sorted by bytes, values RAW, `k=v` joined by `&`; proved by recorded genuine notifications. */
export function canonicalNotification(fields: Readonly<Record<string, string>>): string {
  return sortedByBytes(Object.keys(fields))
    .map((name) => `${name}=${fields[name] ?? ""}`)
    .join("&");
}

/** Who calls: `AgentNo` or `MerchantNO`, its number, and the key that signs. */
export interface Caller {
  header: string;
  number: string;
  privateKey: string;
}

/**
 * A signed request: four headers, a form or a query. The body sent is the canonical request itself, so signer and verifier
 * read the same bytes. The timestamp is in integer seconds, `Version` 1.0 unless the operation has its own.
 */
export function sealed(
  call: Call,
  baseUrl: string,
  caller: Caller,
  now: Date,
): { url: string; headers: Record<string, string>; body: string | null } {
  const timestamp = Math.floor(now.getTime() / 1000).toString();
  const canonical = canonicalRequest(call.fields);
  const headers: Record<string, string> = {
    [caller.header]: caller.number,
    Signature: rsaSha256Sign(stringToSign(call.fields, timestamp), caller.privateKey),
    Version: call.version ?? "1.0",
    Timestamp: timestamp,
    Accept: "application/json, text/plain",
  };
  const url = baseUrl + call.path;
  if (call.verb === "GET") return { url: `${url}?${canonical}`, headers, body: null };
  return { url, headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded" }, body: canonical };
}
