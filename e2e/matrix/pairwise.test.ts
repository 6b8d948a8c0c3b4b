import { describe, expect, it } from "vitest";
import { chosenCases, EVERY_CASE, nameOf } from "./cases.ts";
import { USABLE } from "./elsewhere.ts";
import { everyRow, pairsOf, pairwise, sample } from "./pairwise.ts";
import { type Case, COLUMNS, CONTEXTS } from "./tables.ts";

const pairsIn = (rows: readonly object[]): Set<string> => new Set(rows.flatMap((row) => pairsOf(row as Record<string, string>)));

describe("all-pairs selection", () => {
  const columns = { size: ["s", "m", "l"], colour: ["red", "blue"], wrap: ["yes", "no"], speed: ["slow", "fast", "now"] } as const;

  it("covers every pair of every two columns that a valid row has, and only valid rows are in it", () => {
    const valid = ({ size, colour }: { size: string; colour: string }) => !(size === "l" && colour === "red");
    const rows = everyRow(columns, valid);
    expect(rows).toHaveLength(30);
    const chosen = pairwise(rows);
    expect(pairsIn(chosen)).toEqual(pairsIn(rows));
    expect(chosen.filter((row) => !valid(row))).toEqual([]);
    expect(pairsIn(rows)).not.toContain("size=l colour=red");
  });

  it("is far fewer rows than there are, never fewer than the two longest columns need, and the same every time", () => {
    const rows = everyRow(columns, () => true);
    const chosen = pairwise(rows);
    expect(chosen.length).toBeGreaterThanOrEqual(9);
    expect(chosen.length).toBeLessThanOrEqual(12);
    expect(pairwise(rows)).toEqual(chosen);
  });

  it("a row is taken only for a pair that no row before it had", () => {
    const seen = new Set<string>();
    for (const row of pairwise(everyRow(columns, () => true))) {
      expect(pairsOf(row).filter((pair) => !seen.has(pair))).not.toEqual([]);
      for (const pair of pairsOf(row)) seen.add(pair);
    }
  });

  it("of nothing is nothing", () => expect(pairwise([])).toEqual([]));
});

describe("a sample", () => {
  it("draws each row once at most, the same ones for the same seed and others for another", () => {
    const rows = Array.from({ length: 500 }, (_, at) => at);
    const drawn = sample(rows, 100, 7);
    expect(new Set(drawn).size).toBe(100);
    expect(sample(rows, 100, 7)).toEqual(drawn);
    expect(sample(rows, 100, 8)).not.toEqual(drawn);
    expect(sample(rows, 900, 7).toSorted((a, b) => a - b)).toEqual(rows);
  });
});

describe("the matrix", () => {
  it("is the whole of what can happen, and its selection has every pair of it", () => {
    expect(new Set(EVERY_CASE.map(nameOf)).size).toBe(EVERY_CASE.length);
    expect(pairsIn(chosenCases(undefined, undefined))).toEqual(pairsIn(EVERY_CASE));
    expect(chosenCases("full", undefined)).toBe(EVERY_CASE);
    expect(chosenCases("100", "3")).toHaveLength(100);
    expect(() => chosenCases("some", undefined)).toThrow("E2E_MATRIX");
  });

  it("every value of every column happens but in a mini program's page, where nothing can be paid", () => {
    for (const [column, values] of Object.entries(COLUMNS)) {
      const seen = new Set(EVERY_CASE.map((one) => one[column as keyof Case]));
      expect([column, values.filter((value) => !seen.has(value as never))]).toEqual([column, column === "context" ? ["wechat_mini"] : []]);
    }
    expect(Object.keys(CONTEXTS)).toEqual(COLUMNS.context);
  });

  it("what the product offers in a browser is what the matrix's own table says can be used there", () => {
    const offered = (context: string) => new Set(EVERY_CASE.filter((one) => one.context === context).map((one) => one.method));
    for (const context of COLUMNS.context) expect([context, offered(context)]).toEqual([context, new Set(USABLE[context])]);
  });
});
