import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ROUTINGS, type Routed, route, takesAmount, windowsOf } from "#lib/domain/routing.ts";

const account = (id: string, more: Partial<Routed> = {}): Routed => ({ id, position: 0, weight: 1, windows: [], ...more });
const hkd = (minor: bigint) => ({ minor, currency: "HKD" as const });
const ids = (routed: readonly Routed[]) => routed.map((one) => one.id).join("");
const end = fc.option(fc.bigInt(0n, 2000n), { nil: null });
const anyAccounts = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 6 }),
    position: fc.integer({ min: 0, max: 3 }),
    weight: fc.integer({ min: 0, max: 1000 }),
    windows: fc.array(fc.record({ currency: fc.constantFrom("HKD" as const, "CNY" as const), min: end, max: end }), { maxLength: 3 }),
  }),
  { selector: (one) => one.id, maxLength: 8 },
);

describe("every policy", () => {
  it("gives exactly the accounts that take the amount, each once, the same at every look and whatever order they come in", () => {
    fc.assert(
      fc.property(anyAccounts, fc.constantFrom(...ROUTINGS), fc.string(), fc.bigInt(1n, 2000n), (accounts, routing, id, minor) => {
        const order = { id, amount: hkd(minor) };
        const routed = route(accounts, routing, order);
        const able = accounts.filter((one) => takesAmount(one.windows, order.amount)).map((one) => one.id);
        expect(routed.map((one) => one.id).sort()).toEqual(able.sort());
        expect(route([...accounts].reverse(), routing, order)).toEqual(routed);
      }),
    );
  });
});

describe("first", () => {
  it("is the merchant's own order, ties by id", () => {
    const accounts = [account("c", { position: 1 }), account("b"), account("a", { position: 1 })];
    expect(ids(route(accounts, "first", { id: "o", amount: hkd(1n) }))).toBe("bac");
  });
});

describe("weighted", () => {
  it("over many orders, each account is first as often as its weight says, and one of weight 0 never before another", () => {
    const accounts = [account("a", { weight: 6 }), account("b", { weight: 3 }), account("c", { weight: 1 }), account("z", { weight: 0 })];
    const firsts: Record<string, number> = { a: 0, b: 0, c: 0 };
    for (let order = 0; order < 5000; order += 1) {
      const routed = ids(route(accounts, "weighted", { id: `ord_${order}`, amount: hkd(1n) }));
      firsts[routed.charAt(0)] = (firsts[routed.charAt(0)] ?? 0) + 1;
      expect(routed.endsWith("z")).toBe(true);
    }
    for (const [id, share] of [
      ["a", 3000],
      ["b", 1500],
      ["c", 500],
    ] as const) {
      expect(Math.abs((firsts[id] ?? 0) - share)).toBeLessThan(150);
    }
  });
});

describe("by_amount", () => {
  it("puts the narrowest window that holds the amount first, open ends after it, no window last", () => {
    const accounts = [
      account("a"),
      account("b", { windows: [{ currency: "HKD", min: 100n, max: null }] }),
      account("c", { windows: [{ currency: "HKD", min: null, max: 100_000n }] }),
      account("d", { windows: [{ currency: "HKD", min: 500n, max: 900n }] }),
      account("e", { windows: [{ currency: "HKD", min: 501n, max: 900n }], position: 9 }),
    ];
    expect(ids(route(accounts, "by_amount", { id: "o", amount: hkd(600n) }))).toBe("edcab");
    expect(ids(route(accounts, "by_amount", { id: "o", amount: hkd(500n) }))).toBe("dcab");
  });
});

describe("a window", () => {
  it("holds both its ends, and limits its own currency only", () => {
    const windows = [{ currency: "HKD" as const, min: 100n, max: 200n }];
    expect([99n, 100n, 200n, 201n].map((minor) => takesAmount(windows, hkd(minor)))).toEqual([false, true, true, false]);
    expect(takesAmount(windows, { minor: 1n, currency: "CNY" })).toBe(true);
  });

  it("is read from digits, and one that is none is left out", () => {
    expect(windowsOf([{ currency: "HKD", min: "100", max: null }])).toEqual([{ currency: "HKD", min: 100n, max: null }]);
    for (const bad of ["-1", "1.5", "1e3", "", "x"]) expect(windowsOf([{ currency: "HKD", min: bad, max: null }])).toEqual([]);
    expect(windowsOf([{ currency: "XXX", min: null, max: null }])).toEqual([]);
  });
});
