import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import type { OpenAccount } from "#lib/gateways/gateway.ts";
import { hipopayMerchant } from "#lib/gateways/hipopay-merchant/index.ts";
import { BASE_URL, createRequest, credentials, openedAccount, success } from "#lib/gateways/hipopay-merchant/test-account.ts";
import type { DeclarationKey, DeclarationRequest } from "#lib/gateways/records.ts";

const PERSON = {
  ...{ openid: "oQx43wJiwtsjv8C0lT5Lj7Mw1QZ4", auth_code: "135605691981176449", buyer_email: "18624@163.com" },
  ...{ buyer_id: "2088702631783753", cert_id: "510921199308772318", name: "欧阳丽莎", client_ip: "102.142.32.12" },
};
const KEY = { method: "wechat.native", gatewayOrderNo: "xxxx", gatewayRef: "R1", amount: { minor: 100n, currency: "HKD" } } as const;
const DECLARATION: DeclarationRequest = {
  ...{ wallet: "wechat", gatewayOrderNo: "xxxx", gatewayRef: "R1", customs: "SHENZHEN", merchantCustomsNo: "1" },
  identity: { certId: PERSON.cert_id, name: PERSON.name },
};
const KEYED: DeclarationKey = {
  ...{ wallet: "alipay", subOrderNo: "S", subOrderAmount: { minor: 1n, currency: "CNY" }, customs: "NINGBO", merchantCustomsNo: "1" },
  ...{ merchantCustomsName: "n", identity: { certId: PERSON.cert_id, name: PERSON.name } },
};
const REQUEST = createRequest({ openid: PERSON.openid, authCode: PERSON.auth_code, clientIp: PERSON.client_ip });

const CALLS: Record<string, (account: OpenAccount) => Promise<unknown> | undefined> = {
  ...Object.fromEntries(hipopayMerchant.methods.map((method) => [method, (account: OpenAccount) => account.create(method, REQUEST)])),
  query: (account) => account.query?.(KEY),
  refund: (account) => account.refund?.({ ...KEY, refundNo: "F1", refundAmount: KEY.amount }),
  queryRefund: (account) => account.queryRefund?.({ method: "alipay.qr", currency: "HKD", by: "refundNo", refundNo: "F1" }),
  rate: (account) => account.rate?.("wechat", "HKD"),
  bill: (account) => account.bill?.({ from: "2026-11-01", to: "2026-11-02" }),
  declare: (account) => account.declare?.(DECLARATION),
  redeclare: (account) => account.redeclare?.(KEYED),
  queryDeclaration: (account) => account.queryDeclaration?.(KEYED),
};

// The worst reply there can be: everything personal, under its own name, elsewhere, escaped, and inside a JSON text.
const gossip = (key: string): string =>
  JSON.stringify({
    is_success: false,
    error: "NEVER_SEEN",
    error_message: `openid ${PERSON.openid} 姓名 ${PERSON.name} ${PERSON.client_ip}`,
    response: {
      ...PERSON,
      raw_response: JSON.stringify({ openid: "oOther_person_0001", name: "Somebody" }),
      remark: `${PERSON.name} ${PERSON.cert_id} ${PERSON.buyer_email}`,
    },
    key,
  }).replace(PERSON.name, (name) => [...name].map((sign) => `\\u${sign.charCodeAt(0).toString(16)}`).join(""));

const keyLine = credentials.privateKey.split("\n")[3] ?? "";
const SECRETS = [...Object.values(PERSON), keyLine, "oOther_person_0001", "Somebody"];
const spelt = (value: string): string[] => [
  value,
  encodeURIComponent(value),
  JSON.stringify(value).slice(1, -1),
  [...value].map((sign) => `\\u${sign.charCodeAt(0).toString(16)}`).join(""),
];

describe.each(Object.entries(CALLS))("%s", (_name, call) => {
  it.each([
    ["a talkative answer", answer(gossip(keyLine))],
    ["a broken answer", answer(gossip(keyLine).slice(0, -2))],
    ["no answer", { kind: "none", reached: "maybe", message: `lost ${Object.values(PERSON).join(" ")}` } as const],
  ])("leaves no secret and no personal datum in the record of %s, nor in its message", async (_what, given) => {
    const { account, port } = openedAccount([given]);
    const outcome = await call(account);
    expect(port.recorded).toHaveLength(1);
    const record = JSON.stringify(port.recorded);
    const sentToo = port.sent.map(({ url, body }) => `${url} ${body}`).join(" ");
    for (const value of SECRETS) {
      const sent = spelt(value).some((text) => sentToo.includes(text));
      // Where the person was neither asked about nor answered, a sentence of the network's cannot know it.
      if (given.kind === "answer" || sent) for (const text of spelt(value)) expect(record, `${value} as ${text}`).not.toContain(text);
      // It goes into the order's history, which nobody can change later.
      if (given.kind === "answer" && sent) expect(messageOf(outcome)).not.toContain(value);
    }
  });
});

function messageOf(outcome: unknown): string {
  return typeof outcome === "object" && outcome !== null && "message" in outcome ? String(outcome.message) : "";
}

it("a record keeps everything else, exactly", async () => {
  const reply = success({ payment_no: "R1", status: "INIT" });
  const { account, port } = openedAccount([answer(reply)]);
  await account.create("wechat.barcode", REQUEST);
  const [record] = port.recorded;
  expect(record).toMatchObject({
    operation: "create wechat.barcode",
    method: "POST",
    url: `${BASE_URL}/wechatpay/barcode/payment`,
    status: 200,
  });
  expect(record?.responseBody).toBe(JSON.stringify(reply));
  expect(record?.requestBody).toBe(port.sent[0]?.body?.replace(PERSON.auth_code, "***").replace(PERSON.client_ip, "***"));
  expect(record?.requestHeaders).toEqual(port.sent[0]?.headers);
});
