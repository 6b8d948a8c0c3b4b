import { describe, expect, it } from "vitest";
import { CONTACT_MAX, MERCHANT_NAME_MAX, readColour, readFace } from "#lib/domain/brand.ts";

describe("a merchant's face as it is typed", () => {
  it.each([
    ["#8A1C3B", "#8a1c3b"],
    [" 8a1c3b ", "#8a1c3b"],
    ["#abc", "#aabbcc"],
    ["", ""],
    ["red", null],
    ["#12345", null],
    ["#fff;}body{display:none", null],
  ])("colour %j is %j", (typed, kept) => expect(readColour(typed)).toBe(kept));

  it("is kept on one line, what is empty not at all", () => {
    expect(readFace({ name: " 美華\n茶莊 ", colour: "", contact: "" })).toEqual({
      ok: true,
      name: "美華 茶莊",
      colour: undefined,
      contact: undefined,
    });
  });

  it("names every field that is wrong", () => {
    const typed = { name: " ", colour: "blue", contact: "x".repeat(CONTACT_MAX + 1) };
    expect(readFace(typed)).toEqual({ ok: false, errors: { name: "missing", colour: "colour", contact: "long" } });
    expect(readFace({ name: "茶".repeat(MERCHANT_NAME_MAX + 1), colour: "", contact: "" })).toEqual({
      ok: false,
      errors: { name: "long" },
    });
    expect(readFace({ name: "𠮷".repeat(MERCHANT_NAME_MAX), colour: "", contact: "" }).ok).toBe(true);
  });
});
