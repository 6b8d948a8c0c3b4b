import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import type { OpenAccount } from "#lib/gateways/gateway.ts";
import { xxpay } from "#lib/gateways/xxpay/index.ts";
import {
  BASE_URL,
  created,
  createRequest,
  credentials,
  openedAccount,
  paymentKey,
  payoutRequest,
  reply,
} from "#lib/gateways/xxpay/test-account.ts";

const PAYER = { bankCode: "HPT00055", name: "欧阳丽莎", account: "6217000010001234567" };
const PAYEE = {
  name: "Bob",
  number: "6222020000001234567",
  bankCode: "HPT00061",
  bankName: "廊坊银行",
  province: "河北省",
  city: "廊坊市",
};
const CODE = "auF4AeHd4jLj";
const IP = "210.73.10.148";
const CREATE = createRequest({ payer: PAYER, clientIp: IP });
const PAYOUT = payoutRequest({ clientIp: IP }, PAYEE);
const SENT = [IP, PAYER.name, PAYER.account, PAYEE.name, PAYEE.number, PAYEE.bankName, PAYEE.province, PAYEE.city, CODE];

const CALLS: Record<string, (account: OpenAccount) => Promise<unknown> | undefined> = {
  ...Object.fromEntries(xxpay.methods.map((method) => [method, (account: OpenAccount) => account.create(method, CREATE)])),
  query: (account) => account.query?.(paymentKey()),
  payout: (account) => account.payout?.("trans", PAYOUT),
  queryPayout: (account) => account.queryPayout?.("trans", { payoutNo: "T1", gatewayRef: null, amount: PAYOUT.amount }),
  balance: (account) => account.balance?.("pay"),
};

// The worst reply there can be: what was sent of a person repeated in a sentence, others' data under the names, and the key.
const sentence = `${PAYER.name} ${PAYER.account} ${PAYEE.number} ${PAYEE.bankName} ${IP} ${CODE} ${credentials.key}`;
const GOSSIP = {
  retMsg: sentence,
  channelUser: "jmdhappy@126.com",
  accountNo: "9999000011112222",
  accountName: "李四四",
  param1: "HPT1;王五五;3333444455556666",
};
const THEIRS = ["jmdhappy@126.com", "9999000011112222", "李四四", "王五五", "3333444455556666"];

const spelt = (value: string): string[] => [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)];

describe.each(Object.entries(CALLS))("%s", (_name, call) => {
  it.each([
    ["a talkative success", reply(GOSSIP)],
    ["a talkative failure", answer({ ...GOSSIP, retCode: "FAIL", errCode: "0014" })],
    ["a broken answer", answer(JSON.stringify(GOSSIP).slice(0, -2))],
    ["no answer", { kind: "none", reached: "maybe", message: "timeout" } as const],
  ])("leaves no secret and no personal datum in the record of %s", async (_what, given) => {
    const { account, port } = openedAccount([given], {}, { payoutCode: CODE });
    const outcome = JSON.stringify(await call(account));
    expect(port.recorded).toHaveLength(1);
    const record = JSON.stringify(port.recorded);
    const asked = decodeURIComponent(port.sent[0]?.body ?? "");
    for (const value of [...THEIRS, credentials.key, CODE]) for (const text of spelt(value)) expect(record, text).not.toContain(text);
    // Where the person was not asked about, the mask cannot know the name in a sentence.
    for (const value of SENT.filter((one) => asked.includes(one)))
      for (const text of spelt(value)) expect(record, text).not.toContain(text);
    for (const value of [credentials.key, CODE]) expect(outcome).not.toContain(value);
    for (const value of [PAYER.name, PAYER.account, PAYEE.number]) if (asked.includes(value)) expect(outcome).not.toContain(value);
  });
});

it("a record shows what was sent as JSON, and keeps everything that is nobody's", async () => {
  const { account, port } = openedAccount([created(`${BASE_URL}/pay`)]);
  await account.create("bank.transfer", CREATE);
  const [record] = port.recorded;
  expect(record).toMatchObject({
    operation: "create bank.transfer",
    method: "POST",
    url: `${BASE_URL}/api/pay/create_order`,
    status: 200,
    error: null,
  });
  const sent = JSON.parse(record?.requestBody.replace(/^params=/, "") ?? "");
  expect(sent).toMatchObject({ productId: "8000", amount: "100", subject: "测试商品名称", clientIp: "***", param1: "***" });
  expect(JSON.parse(record?.responseBody ?? "")).toMatchObject({ retCode: "SUCCESS", payParams: { payUrl: `${BASE_URL}/pay` } });
});
