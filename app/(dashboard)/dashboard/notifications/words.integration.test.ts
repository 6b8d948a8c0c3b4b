import { expect, it } from "vitest";
import { problemText } from "#app/(dashboard)/dashboard/notifications/words.ts";
import { LOCALES } from "#lib/i18n/locale.ts";

it.each(LOCALES)("a refusal for another amount names both, and for another currency too, in %s", (locale) => {
  const expected = { minor: 8_800n, currency: "HKD" } as const;
  const said = problemText({ ok: false, problem: "other_amount", amounts: { expected, got: { minor: 8_700n, currency: "HKD" } } }, locale);
  expect(said).toContain("HK$88.00");
  expect(said).toContain("HK$87.00");
  const other = problemText({ ok: false, problem: "other_amount", amounts: { expected, got: { minor: 8_800n, currency: "CNY" } } }, locale);
  expect(other).toMatch(/HK\$88\.00/);
  expect(other).toMatch(/[^$]¥88\.00/);
});

it("every other refusal has its words without amounts", () => {
  expect(problemText({ ok: false, problem: "payout_unknown" }, "en")).toContain("set it aside");
});
