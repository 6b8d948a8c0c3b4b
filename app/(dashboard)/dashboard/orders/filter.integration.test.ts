import { describe, expect, it } from "vitest";
import {
  fieldsOf,
  isBare,
  isNarrowed,
  type ListView,
  listAddress,
  parseFilter,
  without,
} from "#app/(dashboard)/dashboard/orders/filter.ts";
import { NO_FILTER } from "#db/queries/orders-filter.ts";
import { DEFAULT_COLUMNS } from "#lib/domain/order-columns.ts";

const KNOWN = { accounts: [{ id: "acc_1", gateway: "xxpay" }] };
const read = (search: Record<string, string | string[]>) => parseFilter(search, KNOWN);
const VIEW: ListView = {
  filter: {
    number: "A&B",
    state: "paid",
    needs: "review",
    mode: "live",
    amount: { min: "50", max: "200.50" },
    currency: "HKD",
    wallet: "alipay",
    method: "alipay.qr",
    gateway: "xxpay",
    account: "acc_1",
    from: "2026-11-01",
    to: "2026-11-20",
  },
  zone: "gateway",
  sort: "oldest",
  columns: ["method", "walletRef"],
};

describe("the orders list's address", () => {
  it("says everything the list is looked at by, and nothing else", () => {
    const search = Object.fromEntries(new URL(listAddress("mer_1", VIEW), "http://x").searchParams);
    expect(search.merchant).toBe("mer_1");
    expect(read(search)).toEqual({ ...VIEW, cursor: null, problems: [] });
  });

  it("says nothing of what is as it would be anyway", () => {
    expect(fieldsOf({ filter: NO_FILTER, zone: null, sort: "newest", columns: DEFAULT_COLUMNS })).toEqual({});
  });

  it("takes empty fields, as a plain form sends them, for no filter", () => {
    const parsed = read({ number: "  ", state: "", wallet: "", needs: "", amount: "", from: "", to: "", cursor: "" });
    expect(parsed.problems).toEqual([]);
    expect(isNarrowed(parsed)).toBe(false);
  });

  it("takes columns as a form sends them and as an address of ours has them; none of them means none", () => {
    expect(read({ columns: ["", "paid", "method"] }).columns).toEqual(["method", "paid"]);
    expect(read({ columns: "method,paid,nothing" }).columns).toEqual(["method", "paid"]);
    expect(read({ columns: "" }).columns).toEqual([]);
    expect(read({}).columns).toEqual(DEFAULT_COLUMNS);
  });

  it("loses one thing at a time", () => {
    const left = fieldsOf(without(without(VIEW, "amount"), "zone"));
    expect(left).toEqual(Object.fromEntries(Object.entries(fieldsOf(VIEW)).filter(([field]) => field !== "amount" && field !== "zone")));
  });

  it("is bare until it says how to look at the list, so that a person's own view may", () => {
    expect([{}, { merchant: "mer_1" }, { said: "x" }].map(isBare)).toEqual([true, true, true]);
    expect([{ state: "paid" }, { view: "all" }, { cursor: "x" }].map(isBare)).toEqual([false, false, false]);
  });

  const bad: [Record<string, string>, string, string][] = [
    [{ from: "2026-02-30" }, "from", "badDate"],
    [{ from: "20/11/2026" }, "from", "badDate"],
    [{ to: "0001-01-01" }, "to", "badDate"],
    [{ from: "2026-11-20", to: "2026-11-19" }, "to", "badOrder"],
    [{ state: "PAID" }, "state", "badChoice"],
    [{ wallet: "paypal" }, "wallet", "badChoice"],
    [{ method: "alipay" }, "method", "badChoice"],
    [{ needs: "money" }, "needs", "badChoice"],
    [{ account: "acc_2" }, "account", "badChoice"],
    [{ gateway: "fengniao" }, "gateway", "badChoice"],
    [{ currency: "BTC" }, "currency", "badChoice"],
    [{ amount: "lots" }, "amount", "badAmount"],
    [{ sort: "amount" }, "sort", "badChoice"],
    [{ cursor: "page2" }, "cursor", "badCursor"],
    [{ number: "9".repeat(129) }, "number", "badNumber"],
  ];
  for (const [search, field, problem] of bad) {
    it(`names ${field} when it is ${JSON.stringify(search).slice(0, 50)}`, () => {
      expect(read(search).problems).toMatchObject([{ field, problem }]);
    });
  }

  it("names every bad field at once", () => {
    expect(read({ from: "x", to: "y", state: "z" }).problems.map((one) => one.field)).toEqual(["state", "from", "to"]);
  });

  it("cuts what would break a query: spaces around, and NUL", () => {
    expect(read({ number: " \0A1\0 " }).filter.number).toBe("A1");
  });
});
