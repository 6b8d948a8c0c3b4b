import { describe, expect, it } from "vitest";
import { checkAmounts, lostOn, ROADS } from "../../scripts/fuzz/amounts.ts";

/** Every amount comes back from each gateway as it went: a stride here, all ten million with `npm run fuzz -- amounts`. */
// A prime, so that every last digit and every remainder comes up.
const STRIDE = 997n;

describe.each(ROADS.map((road) => [`${road.gateway} ${road.currency}`, road] as const))("%s", (_name, road) => {
  it("an amount goes and comes back exactly, from 0.01 to 99,999.99, and 0 is refused", () => {
    const { checked, lost, examples } = checkAmounts(road, STRIDE);
    expect({ lost, examples }).toEqual({ lost: 0, examples: [] });
    expect(checked).toBe(10_031);
  });

  it("so do those that floats got wrong (19.90, 1.67, 1.68, 2.68, 0.01, 0.29, 4.35, 1.15) and the largest", () => {
    for (const minor of [1990n, 167n, 168n, 268n, 1n, 29n, 435n, 115n, 1_001n, 9_999_999n]) expect(lostOn(road, minor)).toBeNull();
  });

  it("the road itself can lose: a float on it is found", () => {
    const floating = { ...road, write: (minor: bigint) => String((Number(minor) / 100) * 1.1) };
    expect(checkAmounts(floating, 99_991n).lost).toBeGreaterThan(0);
  });
});
