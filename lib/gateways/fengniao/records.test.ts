import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import { fengniao } from "#lib/gateways/fengniao/index.ts";
import { cny, createRequest, credentials, openedAccount, PERSON } from "#lib/gateways/fengniao/test-account.ts";
import type { OpenAccount } from "#lib/gateways/gateway.ts";
import type { PayoutAccount, PayoutRequest } from "#lib/gateways/payout.ts";

const CODE = "loginCode0071";
const KEY = { method: "wechat.native", gatewayOrderNo: "T1503043962", gatewayRef: "R1", amount: cny(1n) } as const;
const RECIPIENT: PayoutAccount = {
  ...{ kind: "company", number: "6222020200998877665", name: "欧阳丽莎", mobile: "13800138000", bankCode: "102100099996" },
  ...{ bankName: "工商银行总行", province: "四川", city: "成都", idCard: "510921199308772318" },
};
const PAYOUT: PayoutRequest = {
  ...{ payoutNo: "P1", amount: cny(1n), account: RECIPIENT, remark: "欧阳丽莎 的工资", notifyUrl: "https://shop.test/n", clientIp: "::1" },
};

const CALLS: Record<string, (account: OpenAccount) => Promise<unknown> | undefined> = {
  ...Object.fromEntries(fengniao.methods.map((method) => [method, (account: OpenAccount) => account.create(method, createRequest())])),
  query: (account) => account.query?.(KEY),
  "query alipay": (account) => account.query?.({ ...KEY, method: "alipay.qr" }),
  close: (account) => account.close?.(KEY),
  refund: (account) => account.refund?.({ ...KEY, refundNo: "F1", refundAmount: KEY.amount }),
  "payout unionpay": (account) => account.payout?.("unionpay", PAYOUT),
  "payout merchant": (account) => account.payout?.("merchant", PAYOUT),
  queryPayout: (account) => account.queryPayout?.("merchant", { payoutNo: "P1", gatewayRef: null, amount: cny(1n) }),
  balance: (account) => account.balance?.("unionpay"),
  openid: (account) => account.openid?.(CODE),
};

// The worst reply there can be: everything personal, under its own name, elsewhere, escaped, and inside a JSON text.
const gossip = JSON.stringify({
  error_code: 10008,
  error_msg: `卡号 ${PERSON.cardNumber} 姓名 ${RECIPIENT.name} openid ${PERSON.openid}`,
  ...{ openid: PERSON.openid, auth_code: PERSON.authCode, card_no: PERSON.cardNumber, client_ip: PERSON.clientIp, code: CODE },
  ...{ bank_account_no: RECIPIENT.number, bakn_account_no: RECIPIENT.number, bank_account_name: RECIPIENT.name },
  ...{ bank_mobile: RECIPIENT.mobile, id_card_no: RECIPIENT.idCard, bank_code: RECIPIENT.bankCode, bank_name: RECIPIENT.bankName },
  ...{ province: RECIPIENT.province, city: RECIPIENT.city },
  more: JSON.stringify({ user: "138****9999", buyer_logon_id: "someone@alipay.example", access_token: "ACCESS_TOKEN_1" }),
  remark: `${RECIPIENT.name} ${RECIPIENT.idCard} ${CODE} ${credentials.secret} ${credentials.wechatSecret}`,
}).replaceAll("欧阳丽莎", (name) => [...name].map((sign) => `\\u${sign.charCodeAt(0).toString(16)}`).join(""));

const { kind: _kind, ...recipient } = RECIPIENT;
const SECRETS = [
  ...[...Object.values(PERSON), ...Object.values(recipient), CODE, credentials.secret, credentials.wechatSecret],
  ...["138****9999", "someone@alipay.example", "ACCESS_TOKEN_1"],
];
const spelt = (value: string): string[] => {
  const ascii = [...value].map((sign) => (sign > "\u007f" ? `\\u${sign.charCodeAt(0).toString(16)}` : sign)).join("");
  return [value, encodeURIComponent(value), ascii, encodeURIComponent(ascii)];
};

describe.each(Object.entries(CALLS))("%s", (_name, call) => {
  it.each([
    ["a talkative answer", answer(gossip)],
    ["a broken answer", answer(gossip.slice(0, -2))],
    [
      "no answer",
      { kind: "none", reached: "maybe", message: `lost ${Object.values(PERSON).join(" ")} ${RECIPIENT.name} ${CODE}` } as const,
    ],
  ])("leaves no secret and no personal datum in the record or the outcome of %s", async (_what, given) => {
    const { account, port } = openedAccount([given]);
    const outcome = JSON.stringify(await call(account), (_key, value) => (typeof value === "bigint" ? `${value}` : value));
    expect(port.recorded).toHaveLength(1);
    const record = JSON.stringify(port.recorded);
    const sentToo = port.sent.map(({ url, body }) => `${url} ${body}`).join(" ");
    for (const value of SECRETS) {
      const sent = spelt(value).some((text) => sentToo.includes(text));
      // Where the person was neither asked about nor answered, a sentence of the network's cannot know it.
      if (sent || given.kind === "answer") for (const text of spelt(value)) expect(record, `${value} as ${text}`).not.toContain(text);
      if (sent && given.kind === "answer") for (const text of spelt(value)) expect(outcome, `${value} as ${text}`).not.toContain(text);
    }
  });
});

it("a name too short to look for is hidden by its field's name, in the request too", async () => {
  const { account, port } = openedAccount([answer("")]);
  await account.payout?.("unionpay", { ...PAYOUT, remark: "", account: { ...RECIPIENT, name: "Bo" } });
  expect(port.sent[0]?.body).toContain("%22bank_account_name%22%3A%22Bo%22");
  expect(port.recorded[0]?.requestBody).toContain("%22bank_account_name%22%3A%22***%22");
});

it("a record keeps everything else, exactly", async () => {
  const { account, port } = openedAccount([
    answer({ error_code: 0, error_msg: "成功", out_trade_no: "T1503043962", total_amount: "0.01" }),
  ]);
  await account.create("alipay.barcode", createRequest());
  const [record] = port.recorded;
  expect(record).toMatchObject({ operation: "create alipay.barcode", method: "POST", status: 200, error: null, durationMs: 0 });
  expect(record?.responseBody).toBe('{"error_code":0,"error_msg":"成功","out_trade_no":"T1503043962","total_amount":"0.01"}');
  expect(record?.requestBody).toBe(port.sent[0]?.body?.replace(PERSON.authCode, "***").replace(PERSON.clientIp, "***"));
  expect(record?.requestHeaders).toEqual(port.sent[0]?.headers);
});
