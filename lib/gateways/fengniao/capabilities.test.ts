import { describe, expect, it } from "vitest";
import { COMMANDS } from "#lib/gateways/fengniao/commands.ts";
import { fengniao } from "#lib/gateways/fengniao/index.ts";
import { vectors } from "#lib/gateways/fengniao/test-account.ts";

/** Every operation and notification of seeds/004, by its 目錄. 3.3–3.6 are advice, the codes and dead links. */
const SEEDS_004 = [...Array.from({ length: 25 }, (_, index) => `2.${index + 1}`), "3.1", "3.2", "4.1"];

describe("fengniao's rows", () => {
  it.each(SEEDS_004)("§%s has one", (section) => {
    expect(fengniao.capabilities.some((row) => row.section === section)).toBe(true);
  });

  it("every method name has one, and every payment method, and no method beside", () => {
    for (const [command, { section }] of Object.entries(COMMANDS))
      expect(fengniao.capabilities).toContainEqual(expect.objectContaining({ section, wire: `POST /gateway ${command}` }));
    const methods = new Set(fengniao.capabilities.flatMap(({ method }) => method ?? []));
    expect([...methods].sort()).toEqual([...fengniao.methods].sort());
  });

  it("a foreign vector they name exists", () => {
    const ids = [...vectors.requests, ...vectors.notifications].map(({ id }) => id);
    for (const { vector } of fengniao.capabilities) if (vector) expect(ids).toContain(vector);
  });

  it("scan pay charges at once", () => {
    expect(fengniao.chargesAtOnce).toEqual(new Set(["wechat.barcode", "alipay.barcode"]));
  });
});
