import { describe, expect, it } from "vitest";
import { amountRangeText, minorBounds, readAmountRange } from "#lib/domain/amount-range.ts";

describe("what somebody types for an amount", () => {
  it.each([
    ["88", { min: "88", max: "88" }],
    ["88.5", { min: "88.5", max: "88.5" }],
    ["1,234.00", { min: "1234.00", max: "1234.00" }],
    ["50-200", { min: "50", max: "200" }],
    ["50 – 200", { min: "50", max: "200" }],
    ["100-", { min: "100", max: null }],
    ["-20", { min: null, max: "20" }],
    ["0.5..1", { min: "0.5", max: "1" }],
  ])("%s is read", (text, range) => {
    expect(readAmountRange(text)).toEqual(range);
    expect(readAmountRange(amountRangeText(range))).toEqual(range);
  });

  it.each(["", "-", "abc", "1e3", "88.005", "200-50", "1-2-3", "0x10", "HK$88", "٨٨", "9".repeat(12)])("%j is not", (text) => {
    expect(readAmountRange(text)).toBeNull();
  });
});

describe("in minor units", () => {
  it.each([
    [{ min: "88", max: "88" }, 2, { min: 8800n, max: 8800n }],
    [{ min: "88", max: "88" }, 0, { min: 88n, max: 88n }],
    [{ min: "88.50", max: "88.50" }, 0, null],
    [{ min: "0.5", max: "1.5" }, 0, { min: 1n, max: 1n }],
    [{ min: "0.5", max: null }, 2, { min: 50n, max: null }],
    [{ min: null, max: "99.99" }, 0, { min: null, max: 99n }],
  ] as const)("%j with %i places", (range, exponent, bounds) => {
    expect(minorBounds(range, exponent)).toEqual(bounds);
  });
});
