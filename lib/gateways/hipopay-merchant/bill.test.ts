import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import { SAMPLES } from "#lib/gateways/hipopay-merchant/samples.ts";
import { BASE_URL, failure, openedAccount, success } from "#lib/gateways/hipopay-merchant/test-account.ts";

const RANGE = { from: "2019-01-01", to: "2019-01-20" };

// How the text is read, line by line, is hipopay-agent/bill.test.ts: both gateways' bills are this document's.
describe("bill", () => {
  it("asks for a merchant's days under Version 3.0, and reads the document's sample", async () => {
    const { account, port } = openedAccount([answer(SAMPLES.bill)]);
    const outcome = await account.bill?.(RANGE);
    expect(port.sent[0]).toMatchObject({
      method: "GET",
      url: `${BASE_URL}/download_bill?end_date=20190120&merchant_no=WC8888888888888&start_date=20190101`,
      headers: { Version: "3.0" },
    });
    if (!outcome?.ok) throw new Error("no bill");
    expect(outcome.value.unreadable).toEqual([]);
    expect(outcome.value.lines.map(({ kind, gatewayRef, amount, fee }) => [kind, gatewayRef, amount, fee])).toEqual([
      ["payment", "2019010210551024660612990", { minor: 100n, currency: "HKD" }, "0.01 HKD"],
      ["payment", "2019010211070452703917004", { minor: 100n, currency: "HKD" }, "0.00 HKD"],
      ["refund", "2019010211070452703917004", { minor: 100n, currency: "HKD" }, null],
    ]);
    expect(outcome.value.lines[2]).toMatchObject({ gatewayRefundRef: "2019010410503295208356067", refundNo: null });
  });

  it("the version is the account's own where its settings say so", async () => {
    const { account, port } = openedAccount([answer(SAMPLES.bill)], { billVersion: "1.0" });
    await account.bill?.(RANGE);
    expect(port.sent[0]?.headers.Version).toBe("1.0");
  });

  it("an envelope instead of a file is read as what it says", async () => {
    const { account } = openedAccount([answer(failure("ILLEGAL_SECURITY_PROFILE")), answer(success({})), answer("no", 404)]);
    expect(await account.bill?.(RANGE)).toMatchObject({ ok: false, kind: "refused", code: "signature_rejected" });
    expect(await account.bill?.(RANGE)).toMatchObject({ ok: false, kind: "unknown" });
    expect(await account.bill?.(RANGE)).toMatchObject({ ok: false, kind: "unknown" });
  });

  it.each([
    { from: "20190101", to: "2019-01-02" },
    { from: "2019-01-03", to: "2019-01-02" },
    { from: "2019-01-01", to: "2019-04-04" },
  ])("%o are no three months at most, in order", async (range) => {
    const { account, port } = openedAccount();
    expect(await account.bill?.(range)).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
    expect(port.sent).toEqual([]);
  });

  it("three whole months may be asked for", async () => {
    const { account, port } = openedAccount([answer(SAMPLES.bill)]);
    expect(await account.bill?.({ from: "2026-07-01", to: "2026-09-30" })).toMatchObject({ ok: true });
    expect(port.sent).toHaveLength(1);
  });
});
