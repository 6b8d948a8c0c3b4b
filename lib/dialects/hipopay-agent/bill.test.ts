import { describe, expect, it } from "vitest";
import { hipopayAgentDialect } from "#lib/dialects/hipopay-agent/index.ts";
import { backend, call, signedRequest } from "#lib/dialects/hipopay-agent/testing/drive.ts";
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const ASKED = { agent_no: "123456", start_date: "20180501", end_date: "20180518" };
const HEADER =
  "Transaction Type,Transaction Time,Order No.,External order No.,Credit,Debit,Balance,Transaction Amount,Exchange Rate Adopted for Settlement,Service Fee,Refund Amount,Refund Order,External Refund Order No.,Fee for Withdrawal,Converted Currency,Exchange Rate Adopted for Conversion,Amount After Conversion,Payment Channel";

it("the bill is the merchant API's text file, a line an entry in order of time", async () => {
  const to = backend();
  const first = payment({ no: "2019010210551024660612990", clientNo: "1326_wechat_1", createdAt: new Date("2018-05-02T02:55:10Z") });
  const second = payment({ no: "P2", clientNo: "a,b\nc`d", method: "alipay.qr", channel: "HK", currency: "JPY", amount: "100", fee: "1" });
  const refund = { no: "R1", clientRefundNo: "C1", paymentNo: first.no, clientNo: first.clientNo, state: "SUCCESS" as const };
  to.entries = [
    { payment: first, refund: { ...refund, amount: "1", createdAt: new Date("2018-05-04T02:50:34Z") } },
    { payment: { ...second, createdAt: new Date("2018-05-03T00:00:00Z") }, refund: null },
    { payment: first, refund: null },
    { payment: first, refund: { ...refund, no: "R2", amount: "1", state: "FAIL", createdAt: first.createdAt } },
    { payment: { ...first, no: "unpaid", state: "INIT", paidAt: null }, refund: null },
  ];
  const { reply } = await callText(to, ASKED);
  expect(reply.headers["Content-Type"]).toBe("text/plain; charset=utf-8");
  expect(reply.body.split("\n")).toEqual([
    "123456: company's reconciliation report of 20180501 to 20180518",
    HEADER,
    "Collection via WeChat Pay,2018-05-02 10:55:10,`2019010210551024660612990,`1326_wechat_1,0.99 HKD,-,0.99 HKD,1.00 HKD,1,0.01 HKD,-,-,-,-,-,-,-,WECHATPAYCN",
    "Collection via Alipay,2018-05-03 08:00:00,`P2,`a b c d,99 JPY,-,99 JPY,100 JPY,1,1 JPY,-,-,-,-,-,-,-,ALIPAYHK",
    "Refund,2018-05-04 10:50:34,`R1,`-,-,-0.99 HKD,0.00 HKD,-,-,-,1.00 HKD,`2019010210551024660612990,`1326_wechat_1,-,-,-,-,WECHATPAYCN",
    "",
  ]);
  // Days are days of UTC+8, the last one included.
  expect(to.billed).toEqual([{ from: new Date("2018-04-30T16:00:00Z"), to: new Date("2018-05-18T16:00:00Z") }]);
});

describe("the bill is refused", () => {
  it.each([
    [{ ...ASKED, agent_no: "" }, 400, "agent_no"],
    [{ ...ASKED, agent_no: "999999" }, 403, "agent_no"],
    [{ ...ASKED, start_date: "" }, 400, "start_date"],
    [{ ...ASKED, start_date: "20180230" }, 400, "start_date"],
    [{ ...ASKED, start_date: "20180217" }, 400, "start_date"],
    [{ ...ASKED, end_date: "yesterday" }, 400, "end_date"],
    [{ ...ASKED, end_date: "20180430" }, 400, "end_date"],
  ])("%j is %i naming %s", async (fields, status, name) => {
    const { reply, json } = await call(backend(), "GET", "/download_bill", fields);
    expect(reply.status).toBe(status);
    expect(json.meta.message).toContain(name);
  });

  it("but not for exactly three months ago, nor with dashes in the days, nor under Version 3.0", async () => {
    const fields = { ...ASKED, start_date: "2018-02-18", end_date: "2018-02-18" };
    expect((await callText(backend(), fields, { version: "3.0" })).reply.status).toBe(200);
  });
});

async function callText(to: ReturnType<typeof backend>, fields: Record<string, string>, headers: Record<string, string> = {}) {
  return { reply: await hipopayAgentDialect.handle(signedRequest("GET", "/download_bill", fields, headers), to) };
}
