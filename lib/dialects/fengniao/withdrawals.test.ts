import { describe, expect, it } from "vitest";
import type { Problem } from "#lib/dialects/backend.ts";
import { backend, call, MERCHANT } from "#lib/dialects/fengniao/testing/drive.ts";
import { payout } from "#lib/dialects/testing/fake-backend.ts";

const OK = { error_code: 0, error_msg: "成功" };
const UNION = {
  out_trade_no: "W_1",
  amount: 100.5,
  bakn_account_no: "6222020000000001234",
  bank_account_name: "张三",
  bank_mobile: "13800138000",
  account_attr: 0,
  remark: "提现",
};
const MERCHANTS = { ...UNION, merchant_no: MERCHANT };
const COMPANY = { account_attr: 1, bank_code: "102100099996", bank_name: "工商银行北京分行" };
const BOTH: [string, string, Record<string, unknown>][] = [
  ["unionpay.withdraw", "unionpay", UNION],
  ["merchant.withdraw", "merchant", MERCHANTS],
];

describe.each(BOTH)("%s", (method, channel, content) => {
  it("withdraws to the account it names", async () => {
    const to = backend();
    const { json, reply } = await call(to, method, { ...content, id_card_no: "11010519491231002X" });
    expect(json).toEqual({ ...OK, out_trade_no: "W_1", total_amount: 100.5 });
    expect(reply.body).toContain('"total_amount":100.50');
    expect(to.paidOut).toEqual([
      {
        channel,
        merchantNo: MERCHANT,
        clientNo: "W_1",
        currency: "CNY",
        amount: "100.50",
        accountNo: "6222020000000001234",
        accountName: "张三",
        notifyUrl: null,
        extra: { account_attr: "0", bank_mobile: "13800138000", remark: "提现" },
      },
    ]);
  });

  it("reads bank_account_no as well as the document's bakn_account_no, and is_company for account_attr", async () => {
    const { bakn_account_no, account_attr, ...rest } = content;
    const to = backend();
    const sent = { ...rest, bank_account_no: bakn_account_no, is_company: account_attr };
    expect((await call(to, method, sent)).json.error_code).toBe(0);
    expect(to.paidOut).toMatchObject([{ accountNo: "6222020000000001234", extra: { account_attr: "0" } }]);
  });

  it("needs exactly the fields its table says 是 of", async () => {
    for (const missing of Object.keys(content)) {
      const to = backend();
      const { json } = await call(to, method, { ...content, [missing]: null });
      expect(json).toEqual({ error_code: 10008, error_msg: expect.stringContaining(`${missing} `) });
      expect(to.paidOut).toEqual([]);
    }
  });

  it.each<[object, string | null]>([
    [COMPANY, null],
    [{ ...COMPANY, bank_code: "" }, "bank_code"],
    [{ ...COMPANY, bank_name: "" }, "bank_name"],
    [{ ...COMPANY, bank_code: "1021000999" }, "bank_code"],
    [{ bank_code: "102100099996" }, null],
    [{ bank_code: "abc" }, "bank_code"],
    [{ account_attr: 2 }, "account_attr"],
    [{ amount: "0" }, "amount"],
    [{ amount: "1.234" }, "amount"],
    [{ amount: "100000000.01" }, "amount"],
    [{ bakn_account_no: "62 22" }, "bakn_account_no"],
    [{ bank_mobile: "phone" }, "bank_mobile"],
    [{ out_trade_no: "W-1" }, "out_trade_no"],
  ])("%j: wrong is %s", async (changes, wrong) => {
    const to = backend();
    const { json } = await call(to, method, { ...content, ...changes });
    expect(json.error_code).toBe(wrong === null ? 0 : 10008);
    if (wrong) expect(json.error_msg).toContain(`${wrong} `);
    expect(to.paidOut).toHaveLength(wrong === null ? 1 : 0);
  });

  it("a number is used once: the same withdrawal again is 12001 and pays nobody", async () => {
    const to = backend();
    await call(to, method, content);
    const { json } = await call(to, method, content);
    expect(json).toEqual({ error_code: 12001, error_msg: expect.stringContaining("out_trade_no") });
    expect(to.paidOut).toHaveLength(1);
  });

  it.each<[Problem, number]>([
    ["balance_insufficient", 15503],
    ["duplicate_number", 12001],
    ["amount_invalid", 10008],
    ["unknown_merchant", 10011],
    ["unavailable", 10006],
    ["wallet_down", 1000],
  ])("%s is %i", async (problem, code) => {
    const to = backend();
    to.problem = problem;
    expect((await call(to, method, content)).json.error_code).toBe(code);
  });

  it("refuses a merchant of somebody else", async () => {
    const to = backend();
    expect((await call(to, method, { ...content, merchant_no: "another" })).json.error_code).toBe(10003);
    expect(to.paidOut).toEqual([]);
  });
});

it("an identity card's number is checked", async () => {
  const { json } = await call(backend(), "merchant.withdraw", { ...MERCHANTS, id_card_no: "123" });
  expect(json).toEqual({ error_code: 10008, error_msg: expect.stringContaining("id_card_no") });
});

describe.each([
  ["unionpay.withdraw_query", "unionpay", {}],
  ["merchant.withdraw_query", "merchant", { merchant_no: MERCHANT }],
])("%s", (method, channel, base) => {
  const extra = { account_attr: "0", bank_mobile: "138", remark: "提现", bank_code: "102100099996", bank_name: "工商银行" };
  const row = payout({ channel, no: "P9", clientNo: "W_1", merchantNo: MERCHANT, amount: "100.50", fee: "2.00", extra });
  const ask = (changes: Parameters<typeof payout>[0], content: object = {}) => {
    const to = backend();
    to.payouts.push({ ...row, ...changes });
    return call(to, method, { ...base, out_trade_no: "W_1", ...content });
  };
  const shape = {
    ...OK,
    out_trade_no: "W_1",
    trade_no: "P9",
    amount: 100.5,
    fee: 2,
    bank_account_no: "6222020000000000000",
    bank_account_name: "张三",
    bank_mobile: "138",
    remark: "提现",
  };

  it.each([
    ["CREATED", 0],
    ["PROCESSING", 0],
    ["PAID", 1],
    ["FAIL", 2],
  ] as const)("%s is the number %i", async (state, status) => {
    expect((await ask({ state })).json).toEqual({ ...shape, trade_status: status });
  });

  it("repeats the bank of a company's account", async () => {
    const { json } = await ask({ extra: { ...extra, account_attr: "1" } });
    expect(json).toEqual({ ...shape, trade_status: 0, bank_code: "102100099996", bank_name: "工商银行" });
  });

  it("does not know another balance's withdrawals, another merchant's, nor a number never used", async () => {
    expect((await ask({ channel: "other" })).json.error_code).toBe(12002);
    expect((await ask({}, { out_trade_no: "W_2" })).json.error_code).toBe(12002);
    expect((await ask({}, { merchant_no: "20180225150354026148" })).json.error_code).toBe(12002);
    expect((await ask({}, { merchant_no: "another" })).json.error_code).toBe(10003);
  });
});

it("merchant.withdraw_query needs the merchant", async () => {
  const { json } = await call(backend(), "merchant.withdraw_query", { out_trade_no: "W_1" });
  expect(json).toEqual({ error_code: 10008, error_msg: expect.stringContaining("merchant_no") });
});

describe("balances", () => {
  it("UnionPay's are strings: the total is what is frozen and what is not (§2.17)", async () => {
    const { json } = await call(backend(), "unionpay.withdraw_balance_query", "[]");
    expect(json).toEqual({ ...OK, withdraw_balance: "101.50", freeze_balance: "1.50", normal_balance: "100.00" });
  });

  it("the merchant's are numbers (§2.25)", async () => {
    const { json, reply } = await call(backend(), "merchant.balance", { merchant_no: MERCHANT });
    expect(json).toEqual({ ...OK, balance: 100, freeze: 1.5, unliquidated: 20 });
    expect(reply.body).toContain('"balance":100.00,');
    expect((await call(backend(), "merchant.balance", "[]")).json.error_code).toBe(10008);
    expect((await call(backend(), "merchant.balance", { merchant_no: "another" })).json.error_code).toBe(10003);
  });
});
