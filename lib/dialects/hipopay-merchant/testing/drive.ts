import { sign } from "node:crypto";
import type { Caller } from "#lib/dialects/backend.ts";
import type { WireReply, WireRequest } from "#lib/dialects/dialect.ts";
import { hipopayMerchantDialect } from "#lib/dialects/hipopay-merchant/index.ts";
import vectors from "#lib/dialects/hipopay-merchant/vectors.json" with { type: "json" };
import { FakeBackend } from "#lib/dialects/testing/fake-backend.ts";

/** The merchant of the vectors. A caller's number is its merchant number. */
export const MERCHANT: Caller = {
  callerNo: "HP0000000001",
  merchantNos: ["HP0000000001"],
  callerPublicKey: vectors.keys.merchant_public,
  gatewayPrivateKey: vectors.keys.gateway_private_pkcs8,
  secret: null,
  appId: null,
};

/** The instant of most tests: 2019-08-15 17:34:55 in UTC+8, the vectors' own. */
export const NOW = new Date(1_565_861_695_000);

export function backend(): FakeBackend {
  return new FakeBackend([MERCHANT, { ...MERCHANT, callerNo: "HP2", merchantNos: ["HP2"], callerPublicKey: vectors.keys.gateway_public }]);
}

export function request(changes: Partial<WireRequest> & { text?: string } = {}): WireRequest {
  const { text = "", ...rest } = changes;
  return {
    method: "POST",
    path: "/wechatpay/qrcode/payment",
    query: "",
    headers: {},
    body: Buffer.from(text, "utf8"),
    receivedAt: NOW,
    clientIp: "203.0.113.9",
    ...rest,
  };
}

/** A request signed as seeds/001 §Digital Signature says, step by step, written here anew so that the product does not sign its own exam. */
export function signedRequest(method: "GET" | "POST", path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const timestamp = headers.timestamp ?? String(NOW.getTime() / 1000);
  const quote = (text: string) =>
    encodeURIComponent(text).replace(/[~!*'()]/g, (mark) => `%${Buffer.from(mark).toString("hex").toUpperCase()}`);
  const pairs = Object.keys(fields)
    .sort()
    .map((name) => `${quote(name)}=${quote(fields[name] ?? "")}`);
  const signature = sign("sha256", Buffer.from(`${pairs.join("&")},${timestamp}`), vectors.keys.merchant_private_pkcs8).toString("base64");
  const sent = pairs.toReversed().join("&");
  return request({
    method,
    path,
    query: method === "GET" ? sent : "",
    text: method === "POST" ? sent : "",
    headers: {
      merchantno: MERCHANT.callerNo,
      signature,
      version: "1.0",
      timestamp,
      "content-type": "application/x-www-form-urlencoded",
      ...headers,
    },
  });
}

/** Sends a signed call and reads the JSON of its reply. */
export async function call(
  to: FakeBackend,
  method: "GET" | "POST",
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
) {
  const reply = await hipopayMerchantDialect.handle(signedRequest(method, path, fields, headers), to);
  return { reply, json: jsonOf(reply) };
}

/** The reply's JSON: the envelope of the document. */
export function jsonOf(reply: WireReply): {
  is_success: boolean;
  response: Record<string, unknown>;
  error: string;
  error_message: string;
  return_message?: string;
} {
  return JSON.parse(reply.body);
}
