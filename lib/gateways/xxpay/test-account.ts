import { createHash } from "node:crypto";
import { z } from "zod";
import { type FakePort, fakePort } from "#lib/gateways/fake-port.ts";
import type { CreateRequest, OpenAccount, PaymentKey } from "#lib/gateways/gateway.ts";
import type { InboundMessage } from "#lib/gateways/notice.ts";
import type { PayoutAccount, PayoutRequest } from "#lib/gateways/payout.ts";
import type { OutgoingAnswer } from "#lib/gateways/port.ts";
import { xxpay } from "#lib/gateways/xxpay/index.ts";
import file from "./vectors.json" with { type: "json" };

/** For tests: bytes made by other people's programs, and accounts opened with their key. */
export const vectors = z
  .object({
    cases: z
      .array(
        z.object({
          ...{ id: z.string(), key: z.string(), params_json: z.string() },
          expected: z.object({ string_to_sign: z.string(), sign: z.string() }),
          other_clients: z.record(z.string(), z.string()).optional(),
        }),
      )
      .min(1),
    go_haojiehpay: z.array(z.object({ id: z.string(), form_body: z.string(), params_json: z.string(), sign: z.string() })).min(1),
  })
  .parse(file);

export const BASE_URL = "http://203.0.113.7:3020";
export const credentials = {
  mchId: "20001222",
  appId: "0ae8be35ff634e2abe94f5f32f6d5c4f",
  key: "M86l522AV6q613Ii4W6u8K48uW8vM1N6bFgyv769220MdYe9u37N4y7rI5mQ",
};
export const ORDER_NO = "20160427210604000490";
export const PAY_ORDER_ID = "P20160427210604000490";
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
  over: Record<string, string> = {},
): { account: OpenAccount; port: FakePort } {
  const port = fakePort(answers);
  return { account: xxpay.open({ baseUrl: `${BASE_URL}/`, credentials: { ...credentials, ...over }, settings }, port), port };
}

/** The document's own sample order (§2.1.4). */
export function createRequest(over: Partial<CreateRequest> = {}): CreateRequest {
  return {
    gatewayOrderNo: ORDER_NO,
    amount: FEN_100,
    subject: "测试商品名称",
    notifyUrl: "http://domain/notify.htm",
    returnUrl: "http://domain/return.htm",
    clientIp: "210.73.10.148",
    expiresAt: new Date("2026-11-20T04:30:00Z"),
    payer: { bankCode: "HPT00003", name: "张三", account: "6217000010001234567" },
    ...over,
  };
}

export function paymentKey(over: Partial<PaymentKey> = {}): PaymentKey {
  return { method: "alipay.qr", gatewayOrderNo: ORDER_NO, gatewayRef: null, amount: FEN_100, ...over };
}

/** The payout of the vector `trans_create`. */
export function payoutRequest(over: Partial<PayoutRequest> = {}, account: Partial<PayoutAccount> = {}): PayoutRequest {
  const to = { kind: "personal", number: "1234567890123", name: "测试", bankCode: "HPT00003", province: "江苏", city: "上海" } as const;
  return {
    payoutNo: "T20160427210604000490",
    amount: FEN_100,
    account: { ...to, ...account },
    remark: "工资",
    notifyUrl: "http://domain/notify.htm",
    clientIp: "",
    ...over,
  };
}

/** The gateway's own rule for flat fields, written a second time and not imported; `payParams` is given as the text it signs. */
export function gatewaySign(fields: Readonly<Record<string, string | number>>): string {
  const pairs = Object.keys(fields).filter((name) => name !== "sign" && fields[name] !== "");
  const text = pairs.sort().map((name) => `${name}=${fields[name]}`);
  return createHash("md5")
    .update([...text, `key=${credentials.key}`].join("&"))
    .digest("hex")
    .toUpperCase();
}

/** A SUCCESS as the gateway sends it. */
export function reply(fields: Readonly<Record<string, string | number>>): OutgoingAnswer {
  const all = { retCode: "SUCCESS", retMsg: "", ...fields };
  return { kind: "answer", status: 200, headers: {}, body: JSON.stringify({ ...all, sign: gatewaySign(all) }) };
}

/** A create's SUCCESS with this payUrl, signed with `payParams` as compact JSON. */
export function created(payUrl: string): OutgoingAnswer {
  const fields = { payOrderId: PAY_ORDER_ID, retCode: "SUCCESS" };
  const sign = gatewaySign({ ...fields, payParams: `{"payUrl":${JSON.stringify(payUrl)}}` });
  return { kind: "answer", status: 200, headers: {}, body: JSON.stringify({ ...fields, sign, payParams: { payUrl } }) };
}

export function fail(errCode: string, retMsg = "", errDes = ""): OutgoingAnswer {
  return { kind: "answer", status: 200, headers: {}, body: JSON.stringify({ retCode: "FAIL", retMsg, errCode, errDes }) };
}

/** What was sent, as the JSON text inside `params`. */
export function sentJson(port: FakePort, index = 0): string {
  return new URLSearchParams(port.sent[index]?.body ?? "").get("params") ?? "";
}

/** A notification posted as a form, or sent as a query. */
export function message(body: string | Record<string, string>, method: "GET" | "POST" = "POST"): InboundMessage {
  const text = typeof body === "string" ? body : new URLSearchParams(body).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  if (method === "GET") return { method, query: text, headers, body: new Uint8Array() };
  return { method, query: "", headers, body: Buffer.from(text, "utf8") };
}

/** A notification of these fields, signed as the gateway signs. */
export function notice(fields: Record<string, string>, method: "GET" | "POST" = "POST"): InboundMessage {
  return message({ ...fields, sign: gatewaySign(fields) }, method);
}
