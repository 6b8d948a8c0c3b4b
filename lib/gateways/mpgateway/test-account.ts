import { createHash } from "node:crypto";
import { z } from "zod";
import { type FakePort, fakePort } from "#lib/gateways/fake-port.ts";
import type { CreateRequest, OpenAccount, PaymentKey } from "#lib/gateways/gateway.ts";
import { mpgateway } from "#lib/gateways/mpgateway/index.ts";
import type { InboundMessage } from "#lib/gateways/notice.ts";
import type { OutgoingAnswer } from "#lib/gateways/port.ts";
import file from "./vectors.json" with { type: "json" };

/** For tests: bytes made by other people's clients of this gateway, and accounts opened with their key. */
const request = z.object({
  ...{ id: z.string(), key: z.string(), json_text: z.string(), req: z.string(), sign: z.string(), form_body: z.string() },
});
export const vectors = z
  .object({
    requests: z.array(request).min(1),
    responses: z
      .array(z.object({ id: z.string(), key: z.string(), json_text: z.string(), http_body: z.string(), sign: z.string() }))
      .min(1),
    notifications: z
      .array(
        z.object({
          ...{ id: z.string(), key: z.string(), json_text: z.string(), resp: z.string(), sign: z.string(), form_body: z.string() },
          ...{ verifies: z.boolean(), handler_credits: z.boolean() },
        }),
      )
      .min(1),
  })
  .parse(file);

export const BASE_URL = "https://pay.mpgateway.test";
export const credentials = { merid: "89900100", key: "00000000000000000000000000000000" };
export const ORDER_NO = "O2018050112345678";
export const QUERY_ID = "201805011234567890";
export const FEN_100 = { minor: 100n, currency: "CNY" } as const;

/** One vector by its id; throws when there is none, so that a test cannot pass without it. */
export function vectorOf<T extends { id: string }>(list: readonly T[], id: string): T {
  const found = list.find((one) => one.id === id);
  if (!found) throw new Error(`vectors have no ${id}`);
  return found;
}

/** An account over a port that gives these answers in order. */
export function openedAccount(
  answers: readonly OutgoingAnswer[] = [],
  settings: Record<string, unknown> = {},
): { account: OpenAccount; port: FakePort } {
  const port = fakePort(answers);
  return { account: mpgateway.open({ baseUrl: `${BASE_URL}/`, credentials, settings }, port), port };
}

/** A request for 100 fen under the vectors' order number. */
export function createRequest(over: Partial<CreateRequest> = {}): CreateRequest {
  return {
    gatewayOrderNo: ORDER_NO,
    amount: FEN_100,
    subject: "测试 商品/1",
    notifyUrl: "https://shop.test/api/notify/mpgateway/acc_1",
    returnUrl: "https://shop.test/pay/token/return",
    clientIp: "102.142.32.12",
    expiresAt: new Date("2026-11-20T04:30:00Z"),
    openid: "oQx43wJiwtsjv8C0lT5Lj7Mw1QZ4",
    authCode: "135605691981176449",
    ...over,
  };
}

export function paymentKey(over: Partial<PaymentKey> = {}): PaymentKey {
  return { method: "wechat.native", gatewayOrderNo: ORDER_NO, gatewayRef: null, amount: FEN_100, ...over };
}

/** The gateway's own rule, written a second time and not imported: md5 of base64 and key. */
export function gatewaySign(base64: string): string {
  return createHash("md5")
    .update(base64 + credentials.key)
    .digest("hex");
}

/** A reply as the gateway sends it; `sign` stands in for its own signature. */
export function reply(data: object, sign?: string): OutgoingAnswer {
  const resp = Buffer.from(JSON.stringify(data), "utf8").toString("base64");
  return { kind: "answer", status: 200, headers: {}, body: JSON.stringify({ resp, sign: sign ?? gatewaySign(resp) }) };
}

/** The fields every good reply echoes. */
export const ECHO = { respcode: "00", respmsg: "成功", txnamt: 100, merid: "89900100", orderid: ORDER_NO, queryid: QUERY_ID };

/** What was sent, as the JSON text inside `req`. */
export function sentJson(port: FakePort, index = 0): string {
  const req = new URLSearchParams(port.sent[index]?.body ?? "").get("req") ?? "";
  return Buffer.from(req, "base64").toString("utf8");
}

/** A notification posted as a form, or sent as a query. */
export function message(body: string, method: "GET" | "POST" = "POST"): InboundMessage {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  if (method === "GET") return { method, query: body, headers, body: new Uint8Array() };
  return { method, query: "", headers, body: Buffer.from(body, "utf8") };
}

/** A notification of these fields, signed as the gateway signs. */
export function notice(fields: object): InboundMessage {
  const resp = Buffer.from(JSON.stringify(fields), "utf8").toString("base64");
  return message(new URLSearchParams({ resp, sign: gatewaySign(resp) }).toString());
}
