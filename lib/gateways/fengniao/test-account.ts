import { z } from "zod";
import type { Money } from "#lib/domain/money.ts";
import { type FakePort, fakePort } from "#lib/gateways/fake-port.ts";
import { credentials as credentialsSchema, type Fengniao, settings as settingsSchema } from "#lib/gateways/fengniao/credentials.ts";
import { fengniao } from "#lib/gateways/fengniao/index.ts";
import type { CreateRequest, OpenAccount } from "#lib/gateways/gateway.ts";
import type { OutgoingAnswer, OutgoingRequest } from "#lib/gateways/port.ts";
import { parseForm, parseJson } from "#lib/gateways/wire.ts";
import rsaFile from "./rsa-vectors.json" with { type: "json" };
import file from "./vectors.json" with { type: "json" };

/** For tests: the golden vectors of other people's programs, and accounts opened over a fake port. */
export const vectors = z
  .object({
    requests: z.array(
      z.object({
        ...{ id: z.string(), app_id: z.string(), secret: z.string(), method: z.string(), content_text: z.string() },
        ...{ string_to_sign: z.string(), sign: z.string(), form_body: z.string() },
      }),
    ),
    notifications: z.array(
      z.object({
        ...{ id: z.string(), secret: z.string(), params: z.record(z.string(), z.string()) },
        ...{ string_to_sign: z.string(), sign: z.string(), verifies: z.boolean() },
      }),
    ),
  })
  .parse(file);
export const rsaVectors = rsaFile;

export const BASE_URL = "https://pay.fengniao.test";
export const credentials = {
  appId: "2018031171827642",
  merchantNo: "20170815152552020001",
  secret: "s3cr3tS3CR3Ts3cr3tS3CR3Ts3cr3t00",
  wechatSecret: "wechatSecret0071",
};
export const settings = { wechatAppId: "wx247c9d9d6191b108", subMchId: "1230000109" };

/** An account over a port that gives these answers in order. */
export function openedAccount(
  answers: readonly OutgoingAnswer[] = [],
  more: Record<string, unknown> = {},
  keys: Record<string, unknown> = {},
): { account: OpenAccount; port: FakePort } {
  const port = fakePort(answers);
  const own = { baseUrl: `${BASE_URL}/`, credentials: { ...credentials, ...keys }, settings: { ...settings, ...more } };
  return { account: fengniao.open(own, port), port };
}

/** The context of an account with these credentials and settings, as an operation sees it. */
export function contextOf(keys: Record<string, unknown> = {}, more: Record<string, unknown> = {}): Fengniao {
  return {
    baseUrl: BASE_URL,
    credentials: credentialsSchema.parse({ ...credentials, ...keys }),
    settings: settingsSchema.parse({ ...settings, ...more }),
  };
}

export function cny(minor: bigint): Money {
  return { minor, currency: "CNY" };
}

export const PERSON = {
  openid: "oQx43wJiwtsjv8C0lT5Lj7Mw1QZ4",
  authCode: "135605691981176449",
  cardNumber: "6222020200112233445",
  clientIp: "102.142.32.12",
} as const;

/** A request for 0.01 yuan under our number `T1503043962`. */
export function createRequest(over: Partial<CreateRequest> = {}): CreateRequest {
  return {
    gatewayOrderNo: "T1503043962",
    amount: cny(1n),
    subject: "支付宝收款",
    notifyUrl: "https://shop.test/api/notify/fengniao/acc_1",
    returnUrl: "https://shop.test/pay/token/return",
    expiresAt: new Date("2026-11-20T04:30:00Z"),
    bank: { code: "01020000", card: "any" },
    ...PERSON,
    ...over,
  };
}

/** A reply of the gateway's: success with these fields beside its code. */
export function ok(fields: object = {}): OutgoingAnswer {
  return { kind: "answer", status: 200, headers: {}, body: JSON.stringify({ error_code: 0, error_msg: "成功", ...fields }) };
}

/** A refusal of the gateway's. */
export function no(code: number | string, message = "不行"): OutgoingAnswer {
  return { kind: "answer", status: 200, headers: {}, body: JSON.stringify({ error_code: code, error_msg: message }) };
}

/** What was sent: the method's name and the content's fields. */
export function sentCall(request: OutgoingRequest | undefined): { method: string; content: unknown } {
  const form = parseForm(request?.body ?? "");
  if (!form.ok) throw new Error(form.detail);
  return { method: form.fields.method ?? "", content: parseJson(form.fields.content ?? "") };
}
