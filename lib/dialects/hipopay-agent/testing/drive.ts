import { sign } from "node:crypto";
import type { Caller } from "#lib/dialects/backend.ts";
import type { WireReply, WireRequest } from "#lib/dialects/dialect.ts";
import { hipopayAgentDialect } from "#lib/dialects/hipopay-agent/index.ts";
import vectors from "#lib/dialects/hipopay-agent/vectors.json" with { type: "json" };
import { FakeBackend } from "#lib/dialects/testing/fake-backend.ts";

export const AGENT: Caller = {
  callerNo: "123456",
  merchantNos: ["xxx", "test-mer"],
  callerPublicKey: vectors.keys.merchant_public,
  gatewayPrivateKey: vectors.keys.gateway_private_pkcs8,
  secret: null,
  appId: null,
};

/** The instant of most tests: 2018-05-18 16:00:00 in UTC+8. */
export const NOW = new Date("2018-05-18T08:00:00Z");

export function backend(): FakeBackend {
  return new FakeBackend([AGENT, { ...AGENT, callerNo: "999999", merchantNos: ["another"] }]);
}

export function request(changes: Partial<WireRequest> & { text?: string } = {}): WireRequest {
  const { text = "", ...rest } = changes;
  return {
    method: "POST",
    path: "/order/scanned_pay",
    query: "",
    headers: {},
    body: Buffer.from(text, "utf8"),
    receivedAt: NOW,
    clientIp: "203.0.113.9",
    ...rest,
  };
}

/** A request signed as seeds/000's own sample code does, written here anew so that the product does not sign its own exam. */
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
      agentno: AGENT.callerNo,
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
  const reply = await hipopayAgentDialect.handle(signedRequest(method, path, fields, headers), to);
  return { reply, json: jsonOf(reply) };
}

/** The reply's JSON: an envelope of the document. */
export function jsonOf(reply: WireReply): {
  meta: { status_code: number; message: string; success: boolean };
  data: Record<string, unknown> & { order: Record<string, unknown> };
  rate?: unknown;
} {
  return JSON.parse(reply.body);
}
