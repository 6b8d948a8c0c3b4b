import { describe, expect, it } from "vitest";
import { bankName } from "#components/checkout/bank-names.ts";
import { GATEWAYS } from "#lib/gateways/registry.ts";

const names = [...new Set(GATEWAYS.flatMap((gateway) => Object.values(gateway.banks).flatMap((banks) => banks.map(({ name }) => name))))];
const SIMPLIFIED = /[国银业设农华东发汇兴兰亚广邮储宁滨长岛饶临龙开连顶丰仑汉阳济潍绍苏莱营赣郑尔庆峡锦陕韩齐鲁]/;

describe("the banks of every gateway", () => {
  it("there are some", () => expect(names.length).toBeGreaterThan(90));

  it.each(names)("%s has a name in English, beside its own", (name) => {
    const { said, original } = bankName(name, "en");
    expect(said).toMatch(/^[\w’ ]+$/);
    expect(original).toBe(name);
  });

  it("are written as Hong Kong writes", () => {
    expect(names.filter((name) => SIMPLIFIED.test(bankName(name, "zh-HK").said.replaceAll(/台州|温/g, "")))).toEqual([]);
  });

  it("that no table knows keep the name the gateway gave", () => {
    expect(bankName("新银行", "en")).toEqual({ said: "新银行", original: null });
  });
});
