import { ShouyinError } from "./errors.ts";
import type { WebhookMessage } from "./message.ts";
import { webCrypto } from "./web-crypto.ts";

/** Why a webhook is not believed. Answer it with 400 and do nothing. */
export type WebhookReason = "header_missing" | "timestamp_invalid" | "too_old" | "too_new" | "signature_wrong" | "body_invalid";

export class WebhookError extends ShouyinError {
  override name = "WebhookError";
  readonly reason: WebhookReason;

  constructor(reason: WebhookReason, detail: string) {
    super(`webhook: ${detail}`);
    this.reason = reason;
  }
}

/** The request's headers: the web's, or Node's `request.headers`. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface VerifyOptions {
  /** How far its clock may be from ours, either way; 300 unless told. A replayed message is older. */
  toleranceSeconds?: number;
  /** Milliseconds since 1970; the runtime's clock unless told. */
  now?: number;
}

const TOLERANCE_SECONDS = 300;
/** A header with more signatures than secrets could ever be rotating is somebody's attempt to keep us busy. */
const SIGNATURES_MAX = 20;
const encoder = new TextEncoder();

/**
 * Verifies a webhook (Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`) and gives its message, or throws a
 * WebhookError. `payload` must be the body as it arrived: parsing and writing it again changes bytes. With several
 * `secrets` (while one is rolled) any of them will do. Signatures are compared by WebCrypto, in constant time.
 * The same `webhook-id` may come again: handle each id once.
 */
export async function verify(
  payload: string | Uint8Array,
  headers: WebhookHeaders,
  secrets: string | readonly string[],
  { toleranceSeconds = TOLERANCE_SECONDS, now = Date.now() }: VerifyOptions = {},
): Promise<WebhookMessage> {
  const id = header(headers, "webhook-id");
  const timestamp = header(headers, "webhook-timestamp");
  const given = header(headers, "webhook-signature");
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : null;
  if (seconds === null) throw new WebhookError("timestamp_invalid", "webhook-timestamp is no time");
  const age = now / 1000 - seconds;
  if (age > toleranceSeconds) throw new WebhookError("too_old", `sent ${Math.round(age)} seconds ago`);
  if (age < -toleranceSeconds) throw new WebhookError("too_new", `sent ${Math.round(-age)} seconds in the future`);

  const body = typeof payload === "string" ? encoder.encode(payload) : payload;
  const signed = joined(encoder.encode(`${id}.${timestamp}.`), body);
  if (!(await oneFits(signed, given, typeof secrets === "string" ? [secrets] : secrets)))
    throw new WebhookError("signature_wrong", "no signature fits a secret and these bytes");
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) as WebhookMessage;
  } catch {
    throw new WebhookError("body_invalid", "the body is signed but is no JSON");
  }
}

async function oneFits(signed: Uint8Array<ArrayBuffer>, given: string, secrets: readonly string[]): Promise<boolean> {
  const { subtle } = await webCrypto();
  const signatures = given
    .split(" ", SIGNATURES_MAX)
    .filter((one) => one.startsWith("v1,"))
    .map((one) => bytesOf(one.slice(3)))
    .filter((one) => one !== null);
  for (const secret of secrets) {
    const raw = bytesOf(secret.trim().replace(/^whsec_/, ""));
    if (!raw || raw.length === 0) throw new TypeError("webhooks.verify: a secret is `whsec_` and base64");
    const key = await subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
    for (const signature of signatures) if (await subtle.verify("HMAC", key, signature, signed)) return true;
  }
  return false;
}

function header(headers: WebhookHeaders, name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : plain(headers, name);
  if (!value) throw new WebhookError("header_missing", `${name} is missing`);
  return value;
}

function plain(headers: Exclude<WebhookHeaders, Headers>, name: string): string | null {
  const found = Object.entries(headers).find(([one]) => one.toLowerCase() === name)?.[1];
  return typeof found === "string" ? found : (found?.join(" ") ?? null);
}

/** The bytes of base64 text; null when it is none. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return null;
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
