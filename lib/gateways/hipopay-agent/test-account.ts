import type { Money } from "#lib/domain/money.ts";
import { type FakePort, fakePort } from "#lib/gateways/fake-port.ts";
import type { CreateRequest, OpenAccount } from "#lib/gateways/gateway.ts";
import { hipopayAgent } from "#lib/gateways/hipopay-agent/index.ts";
import type { OutgoingAnswer } from "#lib/gateways/port.ts";
import { VECTORS, vectorKey } from "#lib/gateways/vectors.ts";
import file from "./vectors.json" with { type: "json" };

/** For tests: the golden vectors, and accounts opened with their keys. */
export const vectors = VECTORS.parse(file);
export const BASE_URL = "https://api.hipopay.test/agent";

export const credentials = {
  agentNo: "123456",
  merchantNo: "xxx",
  privateKey: vectorKey(vectors, "merchant_private_pkcs8"),
  gatewayPublicKey: vectorKey(vectors, "gateway_public"),
};

/** An account over a port that gives these answers in order. */
export function openedAccount(
  answers: readonly OutgoingAnswer[] = [],
  settings: Record<string, unknown> = {},
  merchantNo = "xxx",
): { account: OpenAccount; port: FakePort } {
  const port = fakePort(answers);
  const account = hipopayAgent.open({ baseUrl: `${BASE_URL}/`, credentials: { ...credentials, merchantNo }, settings }, port);
  return { account, port };
}

export const HKD_100: Money = { minor: 10_000n, currency: "HKD" };

/** The request behind the document's samples: 100 HKD under our number `xxxx`. */
export function createRequest(over: Partial<CreateRequest> = {}): CreateRequest {
  return {
    gatewayOrderNo: "xxxx",
    amount: HKD_100,
    subject: "这是一个商品的名称",
    notifyUrl: "https://shop.test/api/notify/hipopay-agent/acc_1",
    returnUrl: "https://shop.test/pay/token/return",
    clientIp: "102.142.32.12",
    expiresAt: new Date("2026-11-20T04:30:00Z"),
    openid: "oQx43wJiwtsjv8C0lT5Lj7Mw1QZ4",
    authCode: "135605691981176449",
    appId: "wx247c9d9d6191b108",
    ...over,
  };
}

/** A reply in the document's envelope. */
export function envelope(data: object): object {
  return { meta: { status_code: 200, message: "请求成功", success: true }, data };
}
