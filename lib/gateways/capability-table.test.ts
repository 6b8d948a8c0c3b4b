import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { METHODS } from "#lib/domain/methods.ts";
import { capabilityTable } from "#lib/gateways/capability-table.ts";
import { hipopayAgent } from "#lib/gateways/hipopay-agent/index.ts";
import { PATHS } from "#lib/gateways/hipopay-agent/paths.ts";
import { vectors } from "#lib/gateways/hipopay-agent/test-account.ts";
import { GATEWAYS, gatewayById } from "#lib/gateways/registry.ts";

/** Every operation, variant and notification of seeds/000, by its heading's number. */
const SEEDS_000 = [
  ...["4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8", "4.9", "4.10", "4.11"],
  ...["5.1", "5.2", "5.3", "5.4"],
  ...["6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.7", "6.8"],
  ...["7.1", "7.2", "7.3", "7.4", "7.5", "8"],
  ...["9.1", "9.2", "9.3", "9.4", "9.5", "9.6", "10.1", "10.2", "10.3"],
];

describe("hipopay-agent's rows", () => {
  it.each(SEEDS_000)("§%s has one", (section) => {
    expect(hipopayAgent.capabilities.some((row) => row.section === section)).toBe(true);
  });

  it("every path of the table and every method has one, and no method beside", () => {
    const wires = hipopayAgent.capabilities.map(({ wire }) => wire);
    for (const { verb, path } of Object.values(PATHS)) expect(wires).toContain(`${verb} ${path}`);
    const methods = new Set(hipopayAgent.capabilities.flatMap(({ method }) => method ?? []));
    expect([...methods].sort()).toEqual([...hipopayAgent.methods].sort());
  });

  it("a foreign vector they name exists", () => {
    const ids = [...vectors.requests, ...vectors.notifications].map(({ id }) => id);
    for (const { vector } of hipopayAgent.capabilities) if (vector) expect(ids).toContain(vector);
  });
});

describe("the registry", () => {
  it("finds each gateway by its id, and none by another", () => {
    expect(new Set(GATEWAYS.map(({ id }) => id)).size).toBe(GATEWAYS.length);
    for (const gateway of GATEWAYS) expect(gatewayById(gateway.id)).toBe(gateway);
    expect(gatewayById("nobody")).toBeNull();
  });

  it("names the methods whose create charges", () => {
    expect(hipopayAgent.chargesAtOnce).toEqual(new Set(["wechat.barcode", "alipay.barcode"]));
  });

  it.each(GATEWAYS)("$id asks only for methods it has, and methods are the product's", ({ methods, asks }) => {
    for (const method of methods) expect(METHODS).toContain(method);
    for (const method of Object.keys(asks)) expect(methods).toContain(method);
  });
});

describe("the page", () => {
  const rowsOf = (page: string, section: string) => page.split("\n").filter((line) => line.startsWith(`| §${section} `));

  it("has a row per capability, and names the test that mentions its method or section, whole", () => {
    const tests = [
      { file: "e2e/a.spec.ts", text: 'pay("wechat.native")' },
      { file: "e2e/b.spec.ts", text: "// seeds/000 §4.11" },
    ];
    const page = capabilityTable([hipopayAgent], tests);
    expect(page.split("\n").filter((line) => line.startsWith("| §"))).toHaveLength(hipopayAgent.capabilities.length);
    expect(rowsOf(page, "4.3")).toEqual([expect.stringContaining("| e2e/a.spec.ts |")]);
    expect(rowsOf(page, "4.11")).toEqual([expect.stringContaining("| e2e/b.spec.ts |")]);
    expect(rowsOf(page, "4.1").every((line) => line.endsWith("| none |"))).toBe(true);
  });

  it("in docs/ is the registry's (`node scripts/gateways-doc.ts` writes it; its last column follows e2e/ and is checked there)", () => {
    const written = readFileSync(new URL("../../docs/gateways.md", import.meta.url), "utf8");
    const withoutTests = (page: string) => page.replace(/ [^|]* \|$/gm, "");
    expect(withoutTests(written)).toBe(withoutTests(capabilityTable(GATEWAYS, [])));
  });
});
