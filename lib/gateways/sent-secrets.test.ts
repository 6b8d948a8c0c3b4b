import { describe, expect, it } from "vitest";
import type { Money } from "#lib/domain/money.ts";
import { answer, type FakePort, fakePort } from "#lib/gateways/fake-port.ts";
import * as fengniao from "#lib/gateways/fengniao/test-account.ts";
import type { CreateRequest, Gateway, OpenAccount } from "#lib/gateways/gateway.ts";
import * as hipopayAgent from "#lib/gateways/hipopay-agent/test-account.ts";
import * as hipopayMerchant from "#lib/gateways/hipopay-merchant/test-account.ts";
import * as mpgateway from "#lib/gateways/mpgateway/test-account.ts";
import { GATEWAYS } from "#lib/gateways/registry.ts";
import * as xxpay from "#lib/gateways/xxpay/test-account.ts";

/**
 * Which secrets a gateway sends, and where: every operation of every gateway is called, and each stored secret is looked for in
 * what went out, plain, escaped and in base64. One that is there must be declared with that address (`sentSecrets`), or the
 * account's form would keep it when the address changes.
 */
interface Sample {
  baseUrl: string;
  credentials: Record<string, unknown>;
  settings: Record<string, unknown>;
  request: CreateRequest;
  amount: Money;
}

const CNY = { minor: 100n, currency: "CNY" } as const;
const SAMPLES: Record<string, Sample> = {
  "hipopay-agent": {
    ...hipopayAgent,
    baseUrl: hipopayAgent.BASE_URL,
    settings: {},
    request: hipopayAgent.createRequest(),
    amount: hipopayAgent.HKD_100,
  },
  "hipopay-merchant": {
    ...{ baseUrl: hipopayMerchant.BASE_URL, credentials: hipopayMerchant.credentials, settings: {} },
    ...{ request: hipopayMerchant.createRequest(), amount: hipopayMerchant.HKD_010 },
  },
  mpgateway: {
    baseUrl: mpgateway.BASE_URL,
    credentials: mpgateway.credentials,
    settings: {},
    request: mpgateway.createRequest(),
    amount: CNY,
  },
  xxpay: {
    ...{ baseUrl: xxpay.BASE_URL, credentials: { ...xxpay.credentials, payoutCode: "payoutCode0071" }, settings: {} },
    ...{ request: xxpay.createRequest(), amount: CNY },
  },
  fengniao: {
    ...{ baseUrl: fengniao.BASE_URL, credentials: { ...fengniao.credentials, privateKey: hipopayAgent.credentials.privateKey } },
    ...{ settings: fengniao.settings, request: fengniao.createRequest(), amount: CNY },
  },
};

/** Calls whatever the account can do; what comes back is no answer of any document. */
async function callAll(gateway: Gateway, account: OpenAccount, { request, amount }: Sample): Promise<void> {
  const number = { gatewayOrderNo: request.gatewayOrderNo, gatewayRef: "G201805011234567890", amount };
  const by = { by: "refundNo", refundNo: "R20180501123456" } as const;
  for (const method of gateway.methods) {
    const bank = { code: gateway.banks[method]?.[0]?.code ?? "", card: "any" } as const;
    await account.create(method, { ...request, bank });
    await account.query?.({ method, ...number });
    await account.close?.({ method, ...number });
    await account.refund?.({ method, ...number, refundNo: by.refundNo, refundAmount: amount });
    await account.queryRefund?.({ method, currency: amount.currency, ...by });
  }
  for (const wallet of ["wechat", "alipay"] as const) {
    await account.rate?.(wallet, amount.currency);
    const customs = { wallet, customs: "GUANGZHOU_ZS", merchantCustomsNo: "1", gatewayOrderNo: number.gatewayOrderNo, gatewayRef: "G1" };
    await account.declare?.({ ...customs, merchantCustomsName: "n" });
    await account.redeclare?.(customs);
    await account.queryDeclaration?.(customs);
  }
  await account.bill?.({ from: "2026-11-01", to: "2026-11-02" });
  await account.openid?.("code0071");
  for (const channel of account.payoutChannels) {
    const number16 = "T20160427210604000490";
    const banks = gateway.payoutChannels[channel]?.banks ?? [];
    const place = { bankCode: banks[0]?.code ?? "HPT00003", bankName: "工商银行", province: "江苏", city: "上海", mobile: "13800138000" };
    const to = { kind: "personal", number: "6222020000000000188", name: "张三", ...place } as const;
    await account.payout?.(channel, {
      payoutNo: number16,
      amount: CNY,
      account: to,
      remark: "工资",
      notifyUrl: "https://shop.test/n",
      clientIp: "127.0.0.1",
    });
    await account.queryPayout?.(channel, { payoutNo: number16, gatewayRef: null, amount: CNY });
  }
  for (const name of account.balanceNames) await account.balance?.(name);
}

/** Everything a request carries, as it is and as what it wraps. */
function spellings({ url, headers, body }: FakePort["sent"][number]): string {
  const plain = [url, JSON.stringify(headers), body ?? ""].join("\n");
  const open = plain.replaceAll("+", " ").replaceAll(/%[0-9a-f]{2}/gi, (hex) => String.fromCharCode(Number.parseInt(hex.slice(1), 16)));
  const wrapped = (open.match(/[A-Za-z0-9+/]{40,}={0,2}/g) ?? []).map((one) => Buffer.from(one, "base64").toString("latin1"));
  return [plain, open, ...wrapped].join("\n");
}

function linesOf(value: unknown): string[] {
  return String(value)
    .split("\n")
    .filter((line) => line.length >= 8 && !line.startsWith("-----"));
}

describe.each(GATEWAYS.map((gateway) => [gateway.id, gateway] as const))("%s", (id, gateway) => {
  it("sends of its secrets only those it declares, to the addresses it declares, and those it does send", async () => {
    const sample = SAMPLES[id];
    if (!sample) throw new Error(`no sample of ${id}`);
    const port = fakePort(Array.from({ length: 500 }, () => answer("no answer of any document")));
    const account = gateway.open({ baseUrl: sample.baseUrl, credentials: sample.credentials, settings: sample.settings }, port);
    await callAll(gateway, account, sample);
    expect(port.sent.length).toBeGreaterThan(gateway.methods.length);
    const secrets = Object.entries(gateway.credentials.shape).filter(([, field]) => field.meta()?.secret === true);
    const seen: Record<string, string[]> = {};
    for (const request of port.sent) {
      const text = spellings(request);
      for (const [name] of secrets) {
        if (!linesOf(sample.credentials[name] ?? "").some((line) => text.includes(line))) continue;
        seen[name] = [...new Set([...(seen[name] ?? []), request.url.split("?")[0] ?? ""])];
      }
    }
    expect(seen).toEqual(gateway.secretAddresses(sample));
  });
});

it("would find a secret in the address, escaped in a form, and inside base64", () => {
  const request = { method: "POST", url: "https://x.test/", headers: {}, body: null, timeoutMs: 1, maxBytes: 1 } as const;
  const secret = "s3cr3t s3cr3t/0071";
  const inside = Buffer.from(JSON.stringify({ id: "a longer text around it", secret })).toString("base64");
  for (const text of [encodeURIComponent(secret), inside, encodeURIComponent(inside)]) {
    expect(spellings({ ...request, body: `params=${text}` })).toContain(secret);
    expect(spellings({ ...request, url: `https://x.test/?q=${text}` })).toContain(secret);
  }
});
