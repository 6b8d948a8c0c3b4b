import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { METHODS } from "#lib/domain/methods.ts";
import { capabilityTable } from "#lib/gateways/capability-table.ts";
import { hipopayAgent } from "#lib/gateways/hipopay-agent/index.ts";
import { PATHS } from "#lib/gateways/hipopay-agent/paths.ts";
import { GATEWAYS, gatewayById } from "#lib/gateways/registry.ts";
import { CASES } from "../../e2e/gateways/cases.ts";
import { proofs, sameRow } from "../../scripts/gateways-doc/proofs.ts";

const at = (path: string) => new URL(`../../${path}`, import.meta.url);

describe("the registry", () => {
  it("finds each gateway by its id, and none by another", () => {
    expect(GATEWAYS.map(({ id }) => id)).toEqual(["hipopay-agent", "hipopay-merchant", "mpgateway", "xxpay", "fengniao"]);
    for (const gateway of GATEWAYS) expect(gatewayById(gateway.id)).toBe(gateway);
    expect(gatewayById("nobody")).toBeNull();
  });

  it("names the methods whose create charges", () => {
    expect(hipopayAgent.chargesAtOnce).toEqual(new Set(["wechat.barcode", "alipay.barcode"]));
    expect(gatewayById("mpgateway")?.chargesAtOnce).toEqual(new Set(["wechat.barcode", "alipay.barcode", "qq.barcode"]));
  });

  it.each(GATEWAYS)("$id asks only for methods it has, and methods are the product's", ({ methods, asks, banks }) => {
    for (const method of methods) expect(METHODS).toContain(method);
    for (const method of [...Object.keys(asks), ...Object.keys(banks)]) expect(methods).toContain(method);
  });
});

describe.each(GATEWAYS)("$id's rows", ({ id, capabilities, methods }) => {
  it("name every method it has, and no other", () => {
    const named = new Set(capabilities.flatMap(({ method }) => method ?? []));
    expect([...named].sort()).toEqual([...methods].sort());
  });

  it("are all different", () => {
    const names = capabilities.map(({ section, operation, method }) => `${section} ${operation} ${method}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it("name only foreign vectors that exist", () => {
    const vectors = readFileSync(at(`lib/gateways/${id}/vectors.json`), "utf8");
    for (const { vector } of capabilities) if (vector !== undefined) expect(vectors).toContain(`"${vector}"`);
  });

  it("are each answered or sent by the sandbox", () => {
    const gateway = gatewayById(id);
    const without = capabilities.filter((row) => gateway && proofs.sandbox(gateway, row) === null);
    expect(without).toEqual([]);
  });
});

it("hipopay-agent has a row for every path of its table", () => {
  const wires = hipopayAgent.capabilities.map(({ wire }) => wire);
  for (const { verb, path } of Object.values(PATHS)) expect(wires).toContain(`${verb} ${path}`);
});

describe("the end-to-end cases", () => {
  it("are each about exactly one row, in a spec that exists", () => {
    const wrong = CASES.filter((one) => {
      const rows = gatewayById(one.gateway)?.capabilities.filter((row) => sameRow(one, row)) ?? [];
      return rows.length !== 1 || !existsSync(at(one.spec));
    });
    expect(wrong).toEqual([]);
  });
});

describe("the page", () => {
  it("has a row per capability, with what the proofs say or `none`", () => {
    const page = capabilityTable([hipopayAgent], {
      sandbox: (_gateway, { section }) => (section === "4.3" ? "served" : null),
      test: (_gateway, { section }) => (section === "4.11" ? "e2e/b.spec.ts" : null),
    });
    const rowsOf = (section: string) => page.split("\n").filter((line) => line.startsWith(`| §${section} `));
    expect(page.split("\n").filter((line) => line.startsWith("| §"))).toHaveLength(hipopayAgent.capabilities.length);
    expect(rowsOf("4.3")).toEqual([expect.stringMatching(/\| served \|.*\| none \|$/)]);
    expect(rowsOf("4.11")).toEqual([expect.stringMatching(/\| none \|.*\| e2e\/b\.spec\.ts \|$/)]);
  });

  it("in docs/ is the registry's: `node scripts/gateways-doc.ts` writes it", () => {
    expect(readFileSync(at("docs/gateways.md"), "utf8")).toBe(capabilityTable(GATEWAYS, proofs));
  });
});
