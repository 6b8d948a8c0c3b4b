import type { Money } from "#lib/domain/money.ts";
import { type FakePort, fakePort } from "#lib/gateways/fake-port.ts";
import type { CreateRequest, OpenAccount } from "#lib/gateways/gateway.ts";
import { hipopayMerchant } from "#lib/gateways/hipopay-merchant/index.ts";
import type { OutgoingAnswer } from "#lib/gateways/port.ts";
import { VECTORS, vectorKey } from "#lib/gateways/vectors.ts";
import { parseForm } from "#lib/gateways/wire.ts";
import file from "./vectors.json" with { type: "json" };

/** For tests: the golden vectors, and accounts opened with their keys. */
export const vectors = VECTORS.parse(file);
export const BASE_URL = "https://api.hipopay.test";

export const credentials = {
  merchantNo: "WC8888888888888",
  privateKey: vectorKey(vectors, "merchant_private_pkcs8"),
  gatewayPublicKey: vectorKey(vectors, "gateway_public"),
};

/** An account over a port that gives these answers in order. */
export function openedAccount(
  answers: readonly OutgoingAnswer[] = [],
  settings: Record<string, unknown> = {},
): { account: OpenAccount; port: FakePort } {
  const port = fakePort(answers);
  return { account: hipopayMerchant.open({ baseUrl: `${BASE_URL}/`, credentials, settings }, port), port };
}

export const HKD_010: Money = { minor: 10n, currency: "HKD" };

/** The request behind the document's sample of "Place an Order": 0.10 HKD under our number. */
export function createRequest(over: Partial<CreateRequest> = {}): CreateRequest {
  return {
    gatewayOrderNo: "d2849e8140a6",
    amount: HKD_010,
    subject: "Wechat Mini Program Pay",
    notifyUrl: "https://shop.test/api/notify/hipopay-merchant/acc_1",
    returnUrl: "https://shop.test/pay/token/return",
    clientIp: "10.129.35.61",
    expiresAt: new Date("2026-11-20T04:30:00Z"),
    openid: "oQx43wJiwtsjv8C0lT5Lj7Mw1QZ4",
    authCode: "135605691981176449",
    appId: "wx247c9d9d6191b108",
    ...over,
  };
}

/** A reply in the document's envelope. */
export function success(response: object): object {
  return { is_success: true, response, return_message: "OK" };
}

/** A refusal in the document's envelope. */
export function failure(error: string, message = "no"): object {
  return { is_success: false, error, error_message: message };
}

/** The form of a request that was sent. */
export function bodyOf(sent: { body: string | null } | undefined): Record<string, string> {
  const form = parseForm(sent?.body ?? "");
  if (!form.ok) throw new Error(form.detail);
  return form.fields;
}
