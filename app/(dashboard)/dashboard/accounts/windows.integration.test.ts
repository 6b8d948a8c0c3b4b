import { describe, expect, it } from "vitest";
import { readWindows, windowRows } from "#app/(dashboard)/dashboard/accounts/windows.ts";

const form = (...rows: [string, string, string][]) => {
  const data = new FormData();
  for (const [index, [currency, min, max]] of rows.entries()) {
    data.set(`window.${index}.currency`, currency);
    data.set(`window.${index}.min`, min);
    data.set(`window.${index}.max`, max);
  }
  return data;
};

describe("the amounts an account takes", () => {
  it("are kept in minor units of their currency, and drawn again as they were entered", () => {
    const { windows, problems } = readWindows(form(["HKD", "0.50", "1000"], ["JPY", "", "5000"]), ["HKD", "JPY"]);
    expect(problems).toEqual({});
    expect(windows).toEqual([
      { currency: "HKD", min: "50", max: "100000" },
      { currency: "JPY", min: null, max: "5000" },
    ]);
    expect(windowRows(windows, ["HKD", "JPY"]).slice(0, 2)).toEqual([
      { currency: "HKD", min: "0.50", max: "1000.00" },
      { currency: "JPY", min: "", max: "5000" },
    ]);
  });

  it("a row without amounts says nothing", () => {
    expect(readWindows(form(["HKD", "", " "]), ["HKD"])).toEqual({ windows: [], problems: {} });
  });

  it.each([
    [["HKD", "a", ""], { "window.0.min": "amount_format" }],
    [["HKD", "", "1.001"], { "window.0.max": "amount_places" }],
    [["HKD", "-1", "x"], { "window.0.min": "amount_format", "window.0.max": "amount_format" }],
    [["HKD", "10", "9.99"], { "window.0.max": "order" }],
    [["EUR", "1", ""], { "window.0.min": "currency_unsupported" }],
  ] as const)("%j is refused at its input", ([currency, min, max], problems) => {
    expect(readWindows(form([currency, min, max]), ["HKD"])).toEqual({ windows: [], problems });
  });

  it("a form has room for two more, and twenty at most", () => {
    expect(windowRows([], ["CNY"])).toEqual([
      { currency: "CNY", min: "", max: "" },
      { currency: "CNY", min: "", max: "" },
    ]);
    expect(
      windowRows(
        Array.from({ length: 25 }, () => ({ currency: "CNY", min: "1", max: null })),
        ["CNY"],
      ),
    ).toHaveLength(20);
  });
});
