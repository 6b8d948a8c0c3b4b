import { describe, expect, it } from "vitest";
import { bankFacts, isCashierPage } from "#lib/sandbox/cashier-pages.ts";

describe("what a bank's page shows", () => {
  it.each([
    [
      { bank_code: "01050000", pay_type: "2" },
      { bank: "建设银行 01050000", kind: "credit", lastFour: null, payer: null },
    ],
    [{ card_last4: "1234" }, { bank: null, kind: null, lastFour: "1234", payer: null }],
    [{ card_last4: "6222020000001234" }, { bank: null, kind: null, lastFour: "1234", payer: null }],
    [{ param1: "工商银行;王小明;6222020000001234" }, { bank: "工商银行", kind: null, lastFour: null, payer: "王小明" }],
    [
      { bank_code: "99999999", pay_type: "9" },
      { bank: "99999999", kind: null, lastFour: null, payer: null },
    ],
    [{}, { bank: null, kind: null, lastFour: null, payer: null }],
  ])("of %o is %o: never more of a card than its last four digits", (extra, facts) => {
    expect(bankFacts({ extra })).toEqual(facts);
  });

  it.each(["toString", "constructor", "", "nowhere"])("%j is no cashier", (name) => {
    expect(isCashierPage(name)).toBe(false);
  });
});
