import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import type { OpenAccount } from "#lib/gateways/gateway.ts";
import { hipopayAgent } from "#lib/gateways/hipopay-agent/index.ts";
import { BASE_URL, createRequest, credentials, envelope, openedAccount } from "#lib/gateways/hipopay-agent/test-account.ts";
import type { DeclarationKey, DeclarationRequest } from "#lib/gateways/records.ts";

const CODE = "loginCode0071";
const PERSON = {
  openid: "oQx43wJiwtsjv8C0lT5Lj7Mw1QZ4",
  auth_code: "135605691981176449",
  buyer_email: "18624@163.com",
  buyer_id: "2088702631783753",
  cert_id: "510921199308772318",
  name: "欧阳丽莎",
  ip: "102.142.32.12",
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

const CALLS: Record<string, (account: OpenAccount) => Promise<unknown> | undefined> = {
  ...Object.fromEntries(hipopayAgent.methods.map((method) => [method, (account: OpenAccount) => account.create(method, createRequest())])),
  query: (account) => account.query?.(KEY),
  "query alipay": (account) => account.query?.({ ...KEY, method: "alipay.qr" }),
  refund: (account) => account.refund?.({ ...KEY, refundNo: "F1", refundAmount: KEY.amount }),
  queryRefund: (account) => account.queryRefund?.({ method: "alipay.qr", currency: "HKD", by: "refundNo", refundNo: "F1" }),
  rate: (account) => account.rate?.("wechat", "HKD"),
  bill: (account) => account.bill?.({ from: "2026-11-01", to: "2026-11-02" }),
  declare: (account) => account.declare?.(DECLARATION),
  redeclare: (account) => account.redeclare?.(KEYED),
  queryDeclaration: (account) => account.queryDeclaration?.(KEYED),
  openid: (account) => account.openid?.(CODE),
};

// The worst reply there can be: everything personal, under its own name, elsewhere, escaped, and inside a JSON text.
const gossip = (key: string): string =>
  JSON.stringify({
    meta: {
      status_code: 555,
      message: JSON.stringify({ wx_message: `openid ${PERSON.openid} 姓名 ${PERSON.name}`, openid: "oOther_person_0001" }),
      success: false,
    },
    data: {
      order: {
        ...PERSON,
        payer: { buyer_email: "x@y.example" },
        code: CODE,
        remark: `${PERSON.name} ${PERSON.cert_id} ${PERSON.buyer_email} ${CODE}`,
      },
      name: { first: "Deeply", last: "Nested" },
    },
    key,
  }).replace(PERSON.name, (name) => [...name].map((sign) => `\\u${sign.charCodeAt(0).toString(16)}`).join(""));

const keyLine = credentials.privateKey.split("\n")[3] ?? "";
const SECRETS = [...Object.values(PERSON), CODE, keyLine, "oOther_person_0001", "x@y.example", "Deeply", "Nested"];
const spelt = (value: string): string[] => [
  value,
  encodeURIComponent(value),
  JSON.stringify(value).slice(1, -1),
  [...value].map((sign) => `\\u${sign.charCodeAt(0).toString(16)}`).join(""),
];

describe.each(Object.entries(CALLS))("%s", (name, call) => {
  const desk = name.endsWith("desk");

  it.each([
    ["a talkative answer", answer(gossip(keyLine), 555)],
    ["a broken answer", answer(gossip(keyLine).slice(0, -2), 200)],
    ["no answer", { kind: "none", reached: "maybe", message: `lost ${PERSON.auth_code} ${PERSON.openid} ${PERSON.name} ${CODE}` } as const],
  ])("leaves no secret and no personal datum in the record of %s", async (_what, given) => {
    const { account, port } = openedAccount([given]);
    await call(account);
    expect(port.recorded).toHaveLength(desk ? 0 : 1);
    const record = JSON.stringify(port.recorded);
    const sentToo = port.sent.map(({ url, body }) => `${url} ${body}`).join(" ");
    for (const value of SECRETS) {
      // Where the person was neither asked about nor answered, a sentence of the network's cannot know it.
      const known = given.kind === "answer" || spelt(value).some((text) => sentToo.includes(text));
      if (known) for (const text of spelt(value)) expect(record, `${value} as ${text}`).not.toContain(text);
    }
  });
});

it("a record keeps everything else, exactly", async () => {
  const { account, port } = openedAccount([answer(envelope({ order: { no: "R1", status: "INIT" } }))]);
  await account.create("wechat.barcode", createRequest());
  const [record] = port.recorded;
  expect(record).toMatchObject({
    operation: "create wechat.barcode",
    method: "POST",
    url: `${BASE_URL}/order/scan_pay`,
    status: 200,
    error: null,
    durationMs: 0,
  });
  expect(record?.responseBody).toBe(JSON.stringify(envelope({ order: { no: "R1", status: "INIT" } })));
  expect(record?.requestBody).toBe(port.sent[0]?.body?.replace("135605691981176449", "***").replace("102.142.32.12", "***"));
  expect(record?.requestHeaders).toEqual(port.sent[0]?.headers);
});

it("a long answer is cut in the record", async () => {
  const { account, port } = openedAccount([answer("x".repeat(200_000))]);
  await account.bill?.({ from: "2026-11-01", to: "2026-11-02" });
  expect(port.recorded[0]?.responseBody.length).toBeLessThan(65_600);
});
