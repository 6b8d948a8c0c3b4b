import { describe, expect, it } from "vitest";
import { counterChoices } from "#app/(dashboard)/dashboard/counter/choices.ts";
import { readCounterForm } from "#app/(dashboard)/dashboard/counter/read-form.ts";
import { translator } from "#lib/i18n/translator.ts";

const WORDS = { t: translator("en", "dashboard"), problem: translator("en", "problem") };
const CODE = "134567890123456789";
const read = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ amount: "8.80", currency: "HKD", kind: "test", key: "a-form-key-1", turn: "0", ...fields }))
    form.set(name, value);
  return readCounterForm(form, WORDS);
};

describe("the counter's form", () => {
  it("is an amount and the digits of a code, whatever a scanner puts between and after them", () => {
    expect(read({ code: `1345 6789-0123 456789\r\n` })).toMatchObject({ ok: true, currency: "HKD", code: CODE });
  });

  it.each([
    ["", "Enter the amount"],
    ["8,80", "digits"],
    ["-1", "digits"],
    ["1e3", "digits"],
    ["8.801", "too many digits"],
    ["0.00", "more than zero"],
    ["99999999999999", "too large"],
  ])("says what is wrong with the amount %j before it looks at the code", (amount, said) => {
    const answer = read({ amount, code: CODE });
    expect(answer).toMatchObject({ ok: false, field: "amount" });
    expect(answer.ok ? "" : answer.message).toContain(said);
  });

  it.each([
    ["", "Now scan"],
    ["https://example.com/menu", "not digits alone"],
    ["13456789012345678A", "not digits alone"],
    ["１３４５６７８９０１２３４５６７８９", "not digits alone"],
    ["6201234567890123456", "no WeChat, Alipay or QQ payment code"],
    ["1345", "no WeChat, Alipay or QQ payment code"],
  ])("refuses the code %j in words that do not repeat it", (code, said) => {
    const answer = read({ code });
    expect(answer).toMatchObject({ ok: false, field: "code" });
    expect(answer.ok ? "" : answer.message).toContain(said);
    if (code) expect(JSON.stringify(answer)).not.toContain(code);
  });

  it("a code scanned into the amount is thrown away and said, not charged as money", () => {
    const answer = read({ amount: CODE, code: "" });
    expect(answer).toMatchObject({ ok: false, field: "amount", values: { amountText: "" } });
    expect(JSON.stringify(answer)).not.toContain(CODE);
  });

  it("keeps its key, so that its double press is one order, and makes a good one when it has none", () => {
    expect(read({ code: CODE }).values.key).toBe("a-form-key-1");
    expect(read({ code: CODE, key: "<script>" }).values.key).toMatch(/^[\w-]{36}$/);
  });

  it("takes test money unless it says live", () => {
    expect(read({ kind: "real" }).values.kind).toBe("test");
    expect(read({ kind: "live" }).values.kind).toBe("live");
  });
});

describe("what a counter can charge", () => {
  const account = (gateway: string, more = {}) => ({ gateway, live: false, active: true, ...more });

  it("is what active accounts of gateways with payment codes take, test and live apart", () => {
    const both = counterChoices([account("hipopay-agent"), account("mpgateway", { live: true })]);
    expect(both.kinds).toEqual(["live", "test"]);
    expect(both.currencies).toContain("HKD");
    expect(both.wallets).toEqual(["wechat", "alipay", "qq"]);
    expect(counterChoices([account("mpgateway")])).toMatchObject({ kinds: ["test"], currencies: ["CNY"] });
  });

  it("is nothing where no account has them, is on, or is known", () => {
    const none = { kinds: [], currencies: [], wallets: [] };
    expect(counterChoices([])).toEqual(none);
    expect(counterChoices([account("xxpay"), account("hipopay-agent", { active: false }), account("gone")])).toEqual(none);
  });
});
