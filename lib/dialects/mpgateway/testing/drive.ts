import { createHash } from "node:crypto";
import type { Caller } from "#lib/dialects/backend.ts";
import type { WireReply, WireRequest } from "#lib/dialects/dialect.ts";
import { mpgatewayDialect } from "#lib/dialects/mpgateway/index.ts";
import { FakeBackend } from "#lib/dialects/testing/fake-backend.ts";

/** The key of every vector. */
export const KEY = "0".repeat(32);

export const MERCHANT: Caller = {
  callerNo: "89900100",
  merchantNos: ["89900100"],
  callerPublicKey: null,
  gatewayPrivateKey: null,
  secret: KEY,
  appId: null,
};

export function backend(): FakeBackend {
  return new FakeBackend([MERCHANT, { ...MERCHANT, callerNo: "89900200", merchantNos: ["89900200"], secret: "another key" }]);
}

export function request(changes: Partial<WireRequest> & { text?: string } = {}): WireRequest {
  const { text = "", ...rest } = changes;
  return {
    method: "POST",
    path: "/api/mpgateway",
    query: "",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: Buffer.from(text, "utf8"),
    receivedAt: new Date("2018-05-01T04:34:56Z"),
    clientIp: "203.0.113.9",
    ...rest,
  };
}

/** md5 of seeds/002 §2.2, written here anew so that the product does not sign its own exam. */
export function md5(base64: string, key = KEY): string {
  return createHash("md5").update(base64).update(key).digest("hex");
}

/** `req` and `sign` of a message, as a merchant sends them. */
export function envelope(message: unknown, key = KEY): { req: string; sign: string } {
  const req = Buffer.from(JSON.stringify(message), "utf8").toString("base64");
  return { req, sign: md5(req, key) };
}

export function signedRequest(path: string, message: unknown, key = KEY): WireRequest {
  return request({ path, text: new URLSearchParams(envelope(message, key)).toString() });
}

/** Sends a signed call and opens the reply: its JSON, and whether its signature is good, bad or empty. */
export async function call(to: FakeBackend, path: string, message: unknown) {
  return opened(await mpgatewayDialect.handle(signedRequest(path, message), to));
}

export function opened(reply: WireReply): { reply: WireReply; signed: "good" | "bad" | "empty"; json: Record<string, unknown> } {
  const { resp, sign } = JSON.parse(reply.body) as { resp: string; sign: string };
  const signed = sign === "" ? "empty" : sign === md5(resp) ? "good" : "bad";
  return { reply, signed, json: JSON.parse(Buffer.from(resp, "base64").toString("utf8")) };
}
