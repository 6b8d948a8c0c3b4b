import { describe, expect, it } from "vitest";
import { type Answers, checkAnswers, isCardNumber } from "#lib/domain/asks.ts";

const BANKS = [
  { code: "ICBC", name: "工商银行" },
  { code: "ABC", name: "农业银行" },
];
const PAYER = { bankCode: "ABC", name: "张三", account: "6222 0212-3456" };
const problem = (asks: string[], answers: Answers) => {
  const checked = checkAnswers(asks, answers, BANKS);
  return checked.ok ? null : [checked.problem.code, checked.problem.field];
};

describe("answers to what a method asks", () => {
  it("are passed on as gateways get them, and nothing that was not asked for is", () => {
    const given: Answers = { bank: { code: "ICBC", card: "credit" }, cardNumber: "4111 1111-1111 1111", payer: PAYER };
    expect(checkAnswers(["card_number"], given, BANKS)).toEqual({ ok: true, value: { cardNumber: "4111111111111111" } });
    expect(checkAnswers(["bank"], given, BANKS)).toEqual({ ok: true, value: { bank: given.bank } });
    expect(checkAnswers(["payer", "app_id"], given, BANKS)).toEqual({
      ok: true,
      value: { payer: { bankCode: "ABC", name: "张三", account: "622202123456" } },
    });
    expect(checkAnswers(["openid"], given, BANKS)).toEqual({ ok: true, value: {} });
  });

  it.each<[string[], Answers, [string, string]]>([
    [["bank"], {}, ["bank_missing", "bank"]],
    [["bank"], { bank: { code: "", card: "any" } }, ["bank_missing", "bank"]],
    [["bank"], { bank: { code: "HSBC", card: "any" } }, ["bank_invalid", "bank"]],
    [["card_number"], {}, ["card_number_missing", "card_number"]],
    [["card_number"], { cardNumber: "4111111111111112" }, ["card_number_invalid", "card_number"]],
    [["card_number"], { cardNumber: "4111 1111 1111 111x" }, ["card_number_invalid", "card_number"]],
    [["payer"], {}, ["payer_missing", "payer_bank"]],
    [["payer"], { payer: { ...PAYER, bankCode: "HSBC" } }, ["payer_bank_invalid", "payer_bank"]],
    [["payer"], { payer: { ...PAYER, name: " " } }, ["payer_name_invalid", "payer_name"]],
    [["payer"], { payer: { ...PAYER, name: "a;b" } }, ["payer_name_invalid", "payer_name"]],
    [["payer"], { payer: { ...PAYER, account: "12a456" } }, ["payer_account_invalid", "payer_account"]],
  ])("%j with %j is a problem of one field", (asks, answers, expected) => {
    expect(problem(asks, answers)).toEqual(expected);
  });

  it("without a list of banks in the document, any code of letters and digits is passed on", () => {
    expect(checkAnswers(["bank"], { bank: { code: "CMB_D", card: "any" } }, []).ok).toBe(true);
    expect(checkAnswers(["bank"], { bank: { code: "a&b", card: "any" } }, []).ok).toBe(false);
  });
});

describe("a card number", () => {
  // Test numbers the card networks publish.
  it.each(["4111111111111111", "378282246310005", "6200000000000005", "5555555555554444"])("%s is one", (number) => {
    expect(isCardNumber(number)).toBe(true);
  });

  it("is not when a digit is wrong or two are swapped, or it is too short or too long", () => {
    for (const wrong of ["4111111111111121", "5555555555554454", "378282246310050", "0", "00000000000", "4".repeat(20)]) {
      expect(isCardNumber(wrong)).toBe(false);
    }
  });
});
