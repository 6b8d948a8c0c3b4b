import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brandColours, contrast } from "#components/checkout/brand-contrast.ts";

const rgb = (hex: string) =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as readonly [number, number, number];
const GROUNDS = { light: ["#ffffff", "#fafaf7", "#f3f2ed"], dark: ["#101214", "#181b1f", "#20242a"] } as const;

describe("a shop's colour", () => {
  it("is legible on every ground of both themes, whatever the shop chose", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        const colours = brandColours(`#${number.toString(16).padStart(6, "0")}`);
        if (!colours) return false;
        return (["light", "dark"] as const).every((theme) => {
          const { main, strong, soft, on } = colours[theme];
          const pairs = [...[...GROUNDS[theme], soft].map((ground) => [main, ground]), [on, main], [on, strong]] as [string, string][];
          return pairs.every(([one, other]) => contrast(rgb(one), rgb(other)) >= 4.5);
        });
      }),
      { numRuns: 2000 },
    );
  });

  it("stays what it is where it can be read", () => {
    expect(brandColours("#0b5394")?.light.main).toBe("#0b5394");
  });

  it("that is none is left alone: our own colours stay", () => {
    for (const wrong of ["red", "#fff", "#12345g", "url(x)", "#123456;}"]) expect(brandColours(wrong)).toBeNull();
  });
});
