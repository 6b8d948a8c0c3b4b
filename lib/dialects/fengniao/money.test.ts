import { describe, expect, it } from "vitest";
import { toJson, WireNumber } from "#lib/dialects/fengniao/json.ts";
import { fenOf, fullyRefunded, netReceipt, yuan } from "#lib/dialects/fengniao/money.ts";
import { payment } from "#lib/dialects/testing/fake-backend.ts";

it.each([
  ["0.01", "0.01"],
  ["5", "5.00"],
  ["19.9", "19.90"],
  ["1.67", "1.67"],
  ["2.68", "2.68"],
  ["100000000", "100000000.00"],
])("%s yuan is written %s", (text, written) => expect(yuan(text)).toBe(written));

it.each([
  ["0.1549", 15n],
  ["0.1550", 16n],
  ["0.004999999999999999999999999", 0n],
  ["99999999999999999999.99", 9_999_999_999_999_999_999_999n],
])("a fee of %s is %s fen", (text, fen) => expect(fenOf(text)).toBe(fen));

it.each(["", "-1", "1e3", " 1", "1.", ".5"])("%j is no decimal, and a mistake of the backend", (text) => {
  expect(() => fenOf(text)).toThrow();
});

describe("a net receipt", () => {
  const row = payment({ amount: "15.00", fee: "0.1550" });
  it("is the amount less the fee, never below nothing, and nothing before it is paid", () => {
    expect(netReceipt(row)).toBe("14.84");
    expect(netReceipt({ ...row, fee: "16" })).toBe("0.00");
    expect(netReceipt({ ...row, state: "INIT" })).toBe("0.00");
  });

  it("is not lessened by what went back", () => {
    expect(fullyRefunded({ ...row, refundedAmount: "15" })).toBe(true);
    expect(fullyRefunded({ ...row, refundedAmount: "14.99" })).toBe(false);
    expect(netReceipt({ ...row, refundedAmount: "15" })).toBe("14.84");
  });
});

it("numbers leave digit for digit, and what is none is a mistake of ours", () => {
  expect(toJson({ a: new WireNumber("12.00"), b: [new WireNumber("0")], c: "茶\n" })).toBe('{"a":12.00,"b":[0],"c":"茶\\n"}');
  expect(() => toJson({ a: new WireNumber("1e3") })).toThrow();
});
