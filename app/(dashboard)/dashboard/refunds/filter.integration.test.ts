import { describe, expect, it } from "vitest";
import { parseFilter, refundsAddress } from "#app/(dashboard)/dashboard/refunds/filter.ts";

const PEOPLE = new Set(["usr_a", "shop"]);

describe("the address of the refunds screen", () => {
  it("reads back what it wrote, and leaves out what is as by itself", () => {
    expect(refundsAddress("mer_1", {})).toBe("/dashboard/refunds?merchant=mer_1");
    const filter = { tab: "waiting", whose: "theirs", from: "2026-11-01", to: "2026-11-20", by: "usr_a" } as const;
    const address = refundsAddress("mer_1", filter, "older.1.rfr_1");
    const search = Object.fromEntries(new URL(address, "http://x").searchParams);
    expect(parseFilter(search, PEOPLE)).toEqual({
      filter: { ...filter, cursor: { direction: "older", at: new Date(1), id: "rfr_1" } },
      problems: [],
    });
  });

  it.each([
    [{ from: "2026-13-01" }, "from", "bad_day"],
    [{ from: "2026-02-30" }, "from", "bad_day"],
    [{ to: "yesterday" }, "to", "bad_day"],
    [{ from: "2026-11-20", to: "2026-11-19" }, "to", "bad_days"],
    [{ by: "usr_of_another_merchant" }, "by", "bad_by"],
  ])("%o is named at %s as %s", (search, field, problem) => {
    expect(parseFilter(search as Record<string, string>, PEOPLE).problems).toMatchObject([{ field, problem }]);
  });

  it("an unknown list, order of things or cursor is the first page of what waits", () => {
    const { filter, problems } = parseFilter({ tab: "x", whose: ["y"], cursor: "z" }, PEOPLE);
    expect([filter.tab, filter.whose, filter.cursor, problems]).toEqual(["waiting", "all", null, []]);
  });
});
