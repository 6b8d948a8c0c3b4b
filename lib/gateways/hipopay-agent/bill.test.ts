import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import { readBill } from "#lib/gateways/hipopay/bill-text.ts";
import { BASE_URL, openedAccount } from "#lib/gateways/hipopay-agent/test-account.ts";

// seeds/001, "Export Reconciliation Report", verbatim.
const SAMPLE = `Test: company's reconciliation report of 20190101 to 20190120
Transaction Type,Transaction Time,Order No.,External order No.,Credit,Debit,Balance,Transaction Amount,Exchange Rate Adopted for Settlement,Service Fee,Refund Amount,Refund Order,External Refund Order No.,Fee for Withdrawal,Converted Currency,Exchange Rate Adopted for Conversion,Amount After Conversion,Payment Channel
Collection via WeChat Pay,2019-01-02 10:55:10,\`2019010210551024660612990,\`13260056057_wechat_1546397710000,0.99 HKD,-,1.06 HKD,1.00 HKD,1,0.01 HKD,-,-,-,-,-,-,-,WECHATPAYCN
Collection via WeChat Pay,2019-01-02 11:07:05,\`2019010211070452703917004,\`13260056057_wechat_1546398424000,0.99 HKD,-,2.05 HKD,1.00 HKD,1,0.00 HKD,-,-,-,-,-,-,-,WECHATPAYCN
Refund,2019-01-04 10:50:34,\`2019010410503295208356067,\`,-,-0.99 HKD,1.06 HKD,-,-,-,1.00 HKD,\`2019010211070452703917004,\`13260056057_wechat_1546398424000,-,-,-,-,WECHATPAYCN
`;

const RANGE = { from: "2019-01-01", to: "2019-01-20" };

describe("bill", () => {
  it("asks for days of an agent under the bill's own version, and reads the sample", async () => {
    const { account, port } = openedAccount([answer(SAMPLE)]);
    const outcome = await account.bill?.(RANGE);
    expect(port.sent[0]).toMatchObject({
      url: `${BASE_URL}/download_bill?agent_no=123456&end_date=20190120&start_date=20190101`,
      headers: { Version: "3.0" },
    });
    if (!outcome?.ok) throw new Error("no bill");
    expect(outcome.value.text).toBe(SAMPLE);
    expect(outcome.value.unreadable).toEqual([]);
    const [first, second, refund, ...more] = outcome.value.lines;
    expect(first).toEqual({
      ...{ kind: "payment", gatewayRef: "2019010210551024660612990", gatewayOrderNo: "13260056057_wechat_1546397710000" },
      ...{ gatewayRefundRef: null, refundNo: null, amount: { minor: 100n, currency: "HKD" }, fee: "0.01 HKD" },
      ...{ at: new Date("2019-01-02T02:55:10Z"), method: "WECHATPAYCN" },
    });
    // The refund's own number stands under "Order No.", the payment's under "Refund Order".
    expect(refund).toEqual({
      ...{ kind: "refund", gatewayRef: second?.gatewayRef, gatewayOrderNo: second?.gatewayOrderNo },
      ...{ gatewayRefundRef: "2019010410503295208356067", refundNo: null, amount: { minor: 100n, currency: "HKD" }, fee: null },
      ...{ at: new Date("2019-01-04T02:50:34Z"), method: "WECHATPAYCN" },
    });
    expect(more).toEqual([]);
  });

  it.each([
    ["too few columns", (line: string) => line.slice(0, 80)],
    ["no time", (line: string) => line.replace("2019-01-02 10:55:10", "-")],
    ["an unknown currency", (line: string) => line.replace("1.00 HKD", "1.00 XXX")],
    ["too many places", (line: string) => line.replace("1.00 HKD", "1.001 HKD")],
    ["no number", (line: string) => line.replace("`2019010210551024660612990", "-")],
  ])("a line with %s is reported with its number, and the rest is read", (_what, change) => {
    const lines = SAMPLE.split("\n");
    lines[2] = change(lines[2] ?? "");
    const bill = readBill(lines.join("\n"));
    expect(bill.unreadable.map(({ line }) => line)).toEqual([3]);
    expect(bill.lines).toHaveLength(2);
  });

  it("leaves withdrawals and conversions out, and reads Chinese words, a BOM and CRLF", () => {
    const text = SAMPLE.replace("Collection via WeChat Pay", "提现").replace("Refund,", "退款,").replaceAll("\n", "\r\n");
    const bill = readBill(`\uFEFF${text}`);
    expect(bill.lines.map(({ kind }) => kind)).toEqual(["payment", "refund"]);
    expect(bill.unreadable).toEqual([]);
  });

  it.each(["", SAMPLE.split("\n").slice(0, 2).join("\n")])("a bill of nothing has no lines", (text) => {
    expect(readBill(text)).toEqual({ text, lines: [], unreadable: [] });
  });

  it("an envelope instead of a file is read as what it says", async () => {
    const { account } = openedAccount([
      answer({ meta: { status_code: 400, message: "range", success: false } }, 400),
      answer({ meta: { status_code: 200, message: "ok", success: true }, data: {} }),
    ]);
    expect(await account.bill?.(RANGE)).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
    expect(await account.bill?.(RANGE)).toMatchObject({ ok: false, kind: "unknown" });
  });

  it.each([
    { from: "20190101", to: "2019-01-02" },
    { from: "2019-01-03", to: "2019-01-02" },
  ])("%o are no days in order", async (range) => {
    const { account, port } = openedAccount();
    expect(await account.bill?.(range)).toMatchObject({ ok: false, kind: "refused" });
    expect(port.sent).toEqual([]);
  });
});
