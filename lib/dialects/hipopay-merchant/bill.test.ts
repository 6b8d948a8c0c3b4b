import { describe, expect, it } from "vitest";
import { hipopayMerchantDialect } from "#lib/dialects/hipopay-merchant/index.ts";
import { backend, call, MERCHANT, signedRequest } from "#lib/dialects/hipopay-merchant/testing/drive.ts";
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const ASKED = { merchant_no: MERCHANT.callerNo, start_date: "20190801", end_date: "20190815" };
const HEADER =
  "Transaction Type,Transaction Time,Order No.,External order No.,Credit,Debit,Balance,Transaction Amount,Exchange Rate Adopted for Settlement,Service Fee,Refund Amount,Refund Order,External Refund Order No.,Fee for Withdrawal,Converted Currency,Exchange Rate Adopted for Conversion,Amount After Conversion,Payment Channel";

describe("GET /download_bill", () => {
  it.each(["3.0", "1.0"])("under Version %s is the document's text file", async (version) => {
    const to = backend();
    const paid = { method: "wechat.native", amount: "1.00" };
    const first = payment({ ...paid, no: "2019010210551024660612990", clientNo: "13260056057_wechat_1546397710000" });
    const second = payment({ ...paid, no: "2019010211070452703917004", clientNo: "13260056057_wechat_1546398424000" });
    to.entries = [
      { payment: { ...first, createdAt: new Date("2019-08-02T02:55:10Z") }, refund: null },
      { payment: { ...second, createdAt: new Date("2019-08-02T03:07:05Z") }, refund: null },
      {
        payment: second,
        refund: {
          no: "2019010410503295208356067",
          clientRefundNo: "R1",
          paymentNo: second.no,
          clientNo: second.clientNo,
          amount: "1.00",
          state: "SUCCESS",
          createdAt: new Date("2019-08-04T02:50:34Z"),
        },
      },
    ];
    const reply = await hipopayMerchantDialect.handle(signedRequest("GET", "/download_bill", ASKED, { version }), to);
    expect(reply.status).toBe(200);
    expect(reply.headers["Content-Type"]).toBe("text/plain; charset=utf-8");
    // seeds/001's own three lines, with other days, a fee of 0.01 throughout and a balance that starts at nothing.
    expect(reply.body.split("\n")).toEqual([
      "HP0000000001: company's reconciliation report of 20190801 to 20190815",
      HEADER,
      "Collection via WeChat Pay,2019-08-02 10:55:10,`2019010210551024660612990,`13260056057_wechat_1546397710000,0.99 HKD,-,0.99 HKD,1.00 HKD,1,0.01 HKD,-,-,-,-,-,-,-,WECHATPAYCN",
      "Collection via WeChat Pay,2019-08-02 11:07:05,`2019010211070452703917004,`13260056057_wechat_1546398424000,0.99 HKD,-,1.98 HKD,1.00 HKD,1,0.01 HKD,-,-,-,-,-,-,-,WECHATPAYCN",
      "Refund,2019-08-04 10:50:34,`2019010410503295208356067,`-,-,-0.99 HKD,0.99 HKD,-,-,-,1.00 HKD,`2019010211070452703917004,`13260056057_wechat_1546398424000,-,-,-,-,WECHATPAYCN",
      "",
    ]);
    expect(to.billed).toEqual([{ from: new Date("2019-07-31T16:00:00Z"), to: new Date("2019-08-15T16:00:00Z") }]);
  });

  it.each([
    [{ ...ASKED, merchant_no: "" }, "PARAM_ERROR", "merchant_no"],
    [{ ...ASKED, merchant_no: "HP2" }, "ILLEGAL_PARTNER", ""],
    [{ ...ASKED, start_date: "" }, "PARAM_ERROR", "start_date"],
    [{ ...ASKED, start_date: "20190230" }, "PARAM_ERROR", "start_date"],
    [{ ...ASKED, start_date: "20190514" }, "PARAM_ERROR", "start_date"],
    [{ ...ASKED, end_date: "yesterday" }, "PARAM_ERROR", "end_date"],
    [{ ...ASKED, end_date: "20190731" }, "PARAM_ERROR", "end_date"],
  ])("%j is %s %s in the JSON envelope", async (fields, error, name) => {
    const { json } = await call(backend(), "GET", "/download_bill", fields);
    expect(json).toMatchObject({ is_success: false, error, error_message: expect.stringContaining(name) });
  });

  it("reaches back exactly three months", async () => {
    const to = backend();
    const fields = { ...ASKED, start_date: "20190515", end_date: "20190515" };
    expect((await hipopayMerchantDialect.handle(signedRequest("GET", "/download_bill", fields), to)).body).toContain(
      "20190515 to 20190515",
    );
  });
});
