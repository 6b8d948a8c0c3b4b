import { describe, expect, it } from "vitest";
import { fail } from "#lib/domain/errors.ts";
import { problemFrom, withProblem } from "#lib/problem-address.ts";

describe("a problem in an address", () => {
  it("comes back as it went, with code and field but never with words", () => {
    const { problem } = fail("amount_below", "amount", { min: "Send money to…" });
    const address = new URL(withProblem("/l/tea", problem, { amount: "5" }), "https://pay.example");
    expect(problemFrom(Object.fromEntries(address.searchParams))).toEqual({ code: "amount_below", field: "amount" });
    expect(address.href).not.toContain("Send");
    expect(address.hash).toBe("#problem");
  });

  it("is none when the code is not from our table", () => {
    expect(problemFrom({ problem: "<script>" })).toBeNull();
    expect(problemFrom({ problem: ["declined"] })).toBeNull();
    expect(problemFrom({ problem: "declined", field: "<b>" })).toEqual({ code: "declined", field: null });
  });
});
