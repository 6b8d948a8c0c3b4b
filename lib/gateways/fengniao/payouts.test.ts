import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatMajor } from "#lib/domain/money.ts";
import { fengniao } from "#lib/gateways/fengniao/index.ts";
import { cny, credentials, no, ok, openedAccount, sentCall } from "#lib/gateways/fengniao/test-account.ts";
import type { PayoutAccount, PayoutRequest } from "#lib/gateways/payout.ts";

const PERSONAL: PayoutAccount = { kind: "personal", number: "6222020200112233445", name: "欧阳丽莎", mobile: "13800138000" };
const COMPANY: PayoutAccount = { ...PERSONAL, kind: "company", name: "某某有限公司", bankCode: "102100099996", bankName: "工商银行总行" };
const REQUEST: PayoutRequest = {
  ...{ payoutNo: "P1", amount: cny(1990n), account: PERSONAL, remark: "工资 & more" },
  ...{ notifyUrl: "https://shop.test/n", clientIp: "102.142.32.12" },
};
const KEY = { payoutNo: "P1", gatewayRef: null, amount: cny(1990n) };
const MERCHANT = { merchant_no: credentials.merchantNo };
const SENT = {
  ...{ out_trade_no: "P1", amount: "19.90", bakn_account_no: PERSONAL.number, bank_account_name: PERSONAL.name },
  ...{ bank_mobile: "13800138000", account_attr: "0", remark: "工资   more" },
};
const ECHO = { out_trade_no: "P1", total_amount: "19.90" };

describe("a withdrawal", () => {
  it.each([
    ["unionpay", "unionpay.withdraw", {}],
    ["merchant", "merchant.withdraw", MERCHANT],
  ])("%s sends the document's fields by %s, its misspelling too, and is pending", async (channel, wire, more) => {
    const { account, port } = openedAccount([ok(ECHO)]);
    expect(await account.payout?.(channel, REQUEST)).toEqual({
      ok: true,
      value: { kind: "pending", gatewayRef: null, amount: cny(1990n) },
    });
    expect(sentCall(port.sent[0])).toEqual({ method: wire, content: { ...SENT, ...more } });
  });

  it("to a company names its bank; the merchant's own also who and where", async () => {
    const account: PayoutAccount = { ...COMPANY, idCard: "510921199308772318", province: "四川", city: "成都" };
    const company = { ...SENT, bank_account_name: COMPANY.name, account_attr: "1", bank_code: "102100099996", bank_name: "工商银行总行" };
    const opened = openedAccount([ok(ECHO), ok(ECHO)]);
    await opened.account.payout?.("unionpay", { ...REQUEST, account });
    await opened.account.payout?.("merchant", { ...REQUEST, account });
    expect(sentCall(opened.port.sent[0]).content).toEqual(company);
    const where = { id_card_no: "510921199308772318", province: "四川", city: "成都" };
    expect(sentCall(opened.port.sent[1]).content).toEqual({ ...company, ...MERCHANT, ...where });
  });

  it.each([
    ["a company without its bank's code", { account: { ...COMPANY, bankCode: undefined } }, "bank_code"],
    ["a company without its bank's name", { account: { ...COMPANY, bankName: undefined } }, "bank_name"],
    ["a bank's code of another length", { account: { ...PERSONAL, bankCode: "1021" } }, "bank_code"],
    ["no mobile number", { account: { ...PERSONAL, mobile: undefined } }, "bank_mobile"],
    ["a mobile number that is none", { account: { ...PERSONAL, mobile: "138-0013" } }, "bank_mobile"],
    ["an account number that is none", { account: { ...PERSONAL, number: "6222 0202" } }, "account number"],
    ["a name the wire would change", { account: { ...PERSONAL, name: "A & B" } }, "bank_account_name"],
    ["an empty name", { account: { ...PERSONAL, name: " " } }, "bank_account_name"],
    ["an empty city", { account: { ...PERSONAL, city: "" } }, "city"],
    ["an identity card that is none", { account: { ...PERSONAL, idCard: "5109&2119" } }, "id_card_no"],
    ["nothing", { amount: cny(0n) }, "amount"],
    ["too much", { amount: cny(10_000_000_001n) }, "amount"],
    ["another currency", { amount: { minor: 1n, currency: "HKD" } }, "CNY"],
    ["a number that is none", { payoutNo: "P-1" }, "number"],
  ])("of %s is refused before the wire, in words without the person", async (_what, over, word) => {
    const { account, port } = openedAccount();
    const outcome = await account.payout?.("merchant", { ...REQUEST, ...over } as PayoutRequest);
    expect(outcome).toMatchObject({ ok: false, kind: "refused", code: "invalid_request", message: expect.stringContaining(word) });
    for (const value of [PERSONAL.number, PERSONAL.name, "6222 0202", "138-0013", "A & B", "5109"])
      expect(JSON.stringify(outcome)).not.toContain(value);
    expect(port.sent).toEqual([]);
  });

  it.each([
    {},
    { out_trade_no: "P1" },
    { ...ECHO, out_trade_no: "P2" },
    { ...ECHO, total_amount: "19.9001" },
    { ...ECHO, total_amount: "1" },
  ])("answered by %o is unclear: it may have been made", async (reply) => {
    const { account } = openedAccount([ok(reply)]);
    expect(await account.payout?.("unionpay", REQUEST)).toMatchObject({ ok: false, kind: "unknown" });
  });

  it("answered by `amount`, as it was sent, is believed", async () => {
    const { account } = openedAccount([ok({ out_trade_no: "P1", amount: 19.9, trade_no: "W1" })]);
    expect(await account.payout?.("unionpay", REQUEST)).toMatchObject({ ok: true, value: { kind: "pending", gatewayRef: "W1" } });
  });

  it.each([
    [12001, "refused", "duplicate_number"],
    [1000, "unknown", undefined],
    [15501, "refused", "busy"],
    [15502, "refused", "forbidden"],
    [15503, "refused", "insufficient_balance"],
  ])("code %i is %s %s", async (code, kind, meaning) => {
    const { account } = openedAccount([no(code)]);
    expect(await account.payout?.("merchant", REQUEST)).toMatchObject({ ok: false, kind, ...(meaning && { code: meaning }) });
  });

  it("by a channel the document does not have is unsupported", async () => {
    expect(await openedAccount().account.payout?.("alipay", REQUEST)).toMatchObject({ ok: false, kind: "refused", code: "unsupported" });
    expect(openedAccount().account.payoutChannels).toEqual(["unionpay", "merchant"]);
    expect(fengniao.payoutChannels).toEqual({ unionpay: { banks: [] }, merchant: { banks: [] } });
  });
});

describe("a withdrawal's query", () => {
  const row = { out_trade_no: "P1", trade_no: "W1", amount: "19.90", fee: "0.50", bank_account_no: PERSONAL.number, remark: "" };
  const standing = { gatewayRef: "W1", amount: cny(1990n), fee: "0.50" };

  it.each([
    ["unionpay", "unionpay.withdraw_query", {}],
    ["merchant", "merchant.withdraw_query", MERCHANT],
  ])("%s asks %s and reads the three statuses as text", async (channel, wire, more) => {
    const { account, port } = openedAccount(["0", 1, "2", "01", "3", ""].map((status) => ok({ ...row, trade_status: status })));
    const kinds: (string | undefined)[] = [];
    for (let count = 0; count < 6; count += 1) {
      const outcome = await account.queryPayout?.(channel, KEY);
      expect(outcome).toMatchObject({ ok: true, value: standing });
      kinds.push(outcome?.ok ? outcome.value.kind : undefined);
    }
    expect(kinds).toEqual(["pending", "paid", "failed", "unknown", "unknown", "unknown"]);
    expect(sentCall(port.sent[0])).toEqual({ method: wire, content: { ...more, out_trade_no: "P1" } });
  });

  it.each([{ out_trade_no: "P2" }, { amount: "19.91" }, { amount: "" }, { trade_no: "W2" }])(
    "about something else (%o) is unclear",
    async (over) => {
      const { account } = openedAccount([ok({ ...row, trade_status: "1", ...over })]);
      expect(await account.queryPayout?.("unionpay", { ...KEY, gatewayRef: "W1" })).toMatchObject({ ok: false, kind: "unknown" });
    },
  );

  it("of a number nobody knows is refused as not found", async () => {
    const { account } = openedAccount([no(12002)]);
    expect(await account.queryPayout?.("unionpay", KEY)).toMatchObject({ ok: false, kind: "refused", code: "not_found" });
  });

  it("a fee that is no decimal is left out", async () => {
    const { account } = openedAccount([ok({ ...row, trade_status: "1", fee: "免费" })]);
    const outcome = await account.queryPayout?.("unionpay", KEY);
    expect(outcome?.ok && outcome.value).not.toHaveProperty("fee");
  });
});

describe("balances", () => {
  it("UnionPay's takes nothing, which is an empty list, and adds up", async () => {
    const { account, port } = openedAccount([ok({ withdraw_balance: "100.00", freeze_balance: "30.01", normal_balance: "69.99" })]);
    expect(await account.balance?.("unionpay")).toEqual({
      ...{ ok: true, value: { currency: "CNY", total: cny(10_000n), available: cny(6999n), frozen: cny(3001n), unsettled: null } },
    });
    expect(sentCall(port.sent[0])).toEqual({ method: "unionpay.withdraw_balance_query", content: [] });
  });

  it("the merchant's does not tell what of it can be paid out", async () => {
    const { account, port } = openedAccount([ok({ balance: 100.5, freeze: 0, unliquidated: "2.68" })]);
    expect(await account.balance?.("merchant")).toEqual({
      ...{ ok: true, value: { currency: "CNY", total: cny(10_050n), available: null, frozen: cny(0n), unsettled: cny(268n) } },
    });
    expect(sentCall(port.sent[0])).toEqual({ method: "merchant.balance", content: MERCHANT });
  });

  it.each([
    ["unionpay", { withdraw_balance: "100.00", freeze_balance: "30.00", normal_balance: "69.99" }],
    ["unionpay", { withdraw_balance: "100.00" }],
    ["merchant", { balance: "1.001", freeze: "0", unliquidated: "0" }],
    ["merchant", { balance: "-1", freeze: "0", unliquidated: "0" }],
  ])("%s: one that does not add up or cannot be read (%o) is unclear", async (name, reply) => {
    const { account } = openedAccount([ok(reply)]);
    expect(await account.balance?.(name)).toMatchObject({ ok: false, kind: "unknown" });
  });

  it("any balance that adds up is read to the fen", async () => {
    const part = fc.bigInt({ min: 0n, max: 4_000_000_000_000n });
    await fc.assert(
      fc.asyncProperty(part, part, async (frozen, available) => {
        const [total, freeze, normal] = [frozen + available, frozen, available].map((minor) => formatMajor(cny(minor)));
        const { account } = openedAccount([ok({ withdraw_balance: total, freeze_balance: freeze, normal_balance: normal })]);
        const value = { total: cny(frozen + available), frozen: cny(frozen), available: cny(available) };
        expect(await account.balance?.("unionpay")).toMatchObject({ ok: true, value });
      }),
      { numRuns: 40 },
    );
  });

  it("one of another name is unsupported", async () => {
    expect(fengniao.balanceNames).toEqual(["unionpay", "merchant"]);
    expect(await openedAccount().account.balance?.("wechat")).toMatchObject({ ok: false, kind: "refused", code: "unsupported" });
  });
});
