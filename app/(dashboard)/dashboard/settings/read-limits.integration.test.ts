import { describe, expect, it } from "vitest";
import { readLimitsForm } from "#app/(dashboard)/dashboard/settings/read-limits.ts";

const read = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return readLimitsForm(form, (currency) => `no ${currency}`);
};

describe("refund limits as they are typed", () => {
  it("are minor units of their own currency; empty is none, 0 is always", () => {
    expect(read({ "approval.HKD": "100.50", "daily.HKD": "", "approval.JPY": "0", "daily.JPY": " 5000 " })).toMatchObject({
      ok: true,
      limits: [
        { currency: "HKD", approvalAbove: 10_050n, dailyCap: null },
        { currency: "JPY", approvalAbove: 0n, dailyCap: 5_000n },
      ],
    });
  });

  it("of a currency the form does not have are left alone", () => expect(read({ merchant: "x" })).toMatchObject({ ok: true, limits: [] }));

  it.each(["1.005", "-1", "1e3", "ten", "99999999999999"])("%j is refused at its input, and stays there", (text) => {
    expect(read({ "approval.CNY": text, "daily.CNY": "1" })).toEqual({
      ok: false,
      errors: { "approval.CNY": "no CNY" },
      values: { "approval.CNY": text, "daily.CNY": "1" },
    });
  });
});
