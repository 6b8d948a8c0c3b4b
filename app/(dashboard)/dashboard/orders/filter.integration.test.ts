import { describe, expect, it } from "vitest";
import { isNarrowed, listAddress, parseFilter } from "#app/(dashboard)/dashboard/orders/filter.ts";

describe("the orders list's address", () => {
  it("says everything the list is narrowed by, and nothing else", () => {
    const address = listAddress("mer_1", {
      number: "A&B",
      state: "paid",
      wallet: "alipay",
      needs: "review",
      from: "2026-11-01",
      to: "2026-11-20",
    });
    const search = Object.fromEntries(new URL(address, "http://x").searchParams);
    expect(parseFilter(search)).toEqual({
      filter: { number: "A&B", state: "paid", wallet: "alipay", needs: "review", from: "2026-11-01", to: "2026-11-20" },
      cursor: null,
      problems: [],
    });
  });

  it("takes empty fields, as a plain form sends them, for no filter", () => {
    const parsed = parseFilter({ number: "  ", state: "", wallet: "", needs: "", from: "", to: "", cursor: "" });
    expect(parsed.problems).toEqual([]);
    expect(isNarrowed(parsed.filter)).toBe(false);
  });

  const bad: [Record<string, string>, string, string][] = [
    [{ from: "2026-02-30" }, "from", "badDate"],
    [{ from: "20/11/2026" }, "from", "badDate"],
    [{ to: "0001-01-01" }, "to", "badDate"],
    [{ from: "2026-11-20", to: "2026-11-19" }, "to", "badOrder"],
    [{ state: "PAID" }, "state", "badChoice"],
    [{ wallet: "paypal" }, "wallet", "badChoice"],
    [{ needs: "money" }, "needs", "badChoice"],
    [{ cursor: "page2" }, "cursor", "badCursor"],
    [{ number: "9".repeat(129) }, "number", "badNumber"],
  ];
  for (const [search, field, problem] of bad) {
    it(`names ${field} when it is ${JSON.stringify(search).slice(0, 50)}`, () => {
      expect(parseFilter(search).problems).toMatchObject([{ field, problem }]);
    });
  }

  it("names every bad field at once", () => {
    expect(parseFilter({ from: "x", to: "y", state: "z" }).problems.map((one) => one.field)).toEqual(["state", "from", "to"]);
  });

  it("cuts what would break a query: spaces around, and NUL", () => {
    expect(parseFilter({ number: " \0A1\0 " }).filter.number).toBe("A1");
  });
});
