import { createHash } from "node:crypto";
import type { Caller } from "#lib/dialects/backend.ts";
import type { WireReply, WireRequest } from "#lib/dialects/dialect.ts";
import { FakeBackend } from "#lib/dialects/testing/fake-backend.ts";
import { xxpayDialect } from "#lib/dialects/xxpay/index.ts";

/** The key of the vectors. */
export const KEY = "M86l522AV6q613Ii4W6u8K48uW8vM1N6bFgyv769220MdYe9u37N4y7rI5mQ";
export const ROOT = "http://127.0.0.1:3020";

export const MERCHANT: Caller = {
  callerNo: "20001222",
  merchantNos: ["20001222"],
  callerPublicKey: null,
  gatewayPrivateKey: null,
  secret: KEY,
  appId: "0ae8be35ff634e2abe94f5f32f6d5c4f",
};

export const ACCOUNT = { mchId: MERCHANT.callerNo, appId: MERCHANT.appId ?? "" };

export function backend(): FakeBackend {
  return new FakeBackend([{ ...MERCHANT }, { ...MERCHANT, callerNo: "1000000010" }, { ...MERCHANT, callerNo: "1", secret: "another key" }]);
}

export function request(changes: Partial<WireRequest> & { text?: string } = {}): WireRequest {
  const { text = "", ...rest } = changes;
  return {
    method: "POST",
    path: "/api/pay/create_order",
    query: "",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: Buffer.from(text, "utf8"),
    receivedAt: new Date("2018-10-13T03:50:51Z"),
    clientIp: "203.0.113.9",
    root: ROOT,
    ...rest,
  };
}

/** The signature of seeds/003 §1.3, written here anew so that the product does not sign its own exam. */
export function md5(values: Readonly<Record<string, unknown>>, key = KEY): string {
  let text = "";
  for (const name of Object.keys(values).sort()) {
    const value = values[name];
    if (name === "sign" || value === null || value === undefined || value === "") continue;
    text += `${name}=${typeof value === "object" ? JSON.stringify(value) : value}&`;
  }
  return createHash("md5").update(`${text}key=${key}`).digest("hex").toUpperCase();
}

/** A request as merchants send it: `params=<JSON>`, signed. */
export function signedRequest(path: string, values: Readonly<Record<string, unknown>>, key = KEY): WireRequest {
  const params = JSON.stringify({ ...values, sign: md5(values, key) });
  return request({ path, text: new URLSearchParams({ params }).toString() });
}

export interface Opened {
  status: number;
  signed: "good" | "bad" | "not";
  json: Record<string, unknown>;
}

/** Sends a signed call and opens the reply: its JSON without the sign, and whether that fits. */
export async function call(to: FakeBackend, path: string, values: Readonly<Record<string, unknown>>): Promise<Opened> {
  return opened(await xxpayDialect.handle(signedRequest(path, values), to));
}

export function opened(reply: WireReply): Opened {
  const { sign, ...json } = JSON.parse(reply.body) as Record<string, unknown>;
  return { status: reply.status, signed: sign === undefined ? "not" : sign === md5(json) ? "good" : "bad", json };
}
