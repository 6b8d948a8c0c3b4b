import { describe, expect, it } from "vitest";
import { maskedName } from "#app/(dashboard)/dashboard/payouts/masked.ts";
import { type Channel, channelsOf, readRecipient } from "#app/(dashboard)/dashboard/payouts/needs.ts";
import { GATEWAYS, gatewayById } from "#lib/gateways/registry.ts";

function channel(gatewayId: string, name: string): Channel {
  const gateway = gatewayById(gatewayId);
  const found = gateway && channelsOf(gateway).find((one) => one.name === name);
  if (!found) throw new Error(`no channel ${gatewayId} ${name}`);
  return found;
}

const PERSON = { kind: "personal", name: "张三", number: "6222 0202 0001 2345 678", mobile: "13800138000" };
const COMPANY = { ...PERSON, kind: "company", name: "某某有限公司", bankCode: "102100099996", bankName: "中国工商银行北京分行" };

describe("whose account a payout goes to", () => {
  it("is read without blanks; what the channel does not ask for is left out", () => {
    const read = readRecipient({ ...PERSON, idCard: "110101199001011234", province: "北京" }, channel("fengniao", "unionpay"));
    expect(read).toEqual({
      ok: true,
      recipient: { kind: "personal", name: "张三", number: "6222020200012345678", mobile: "13800138000" },
    });
  });

  it("a company's needs the bank's clearing number and name, a person's does not", () => {
    const unionpay = channel("fengniao", "unionpay");
    expect(readRecipient({ ...COMPANY, bankCode: "", bankName: "" }, unionpay)).toEqual({
      ok: false,
      bad: { bankCode: "needed", bankName: "needed" },
    });
    expect(readRecipient(COMPANY, unionpay).ok).toBe(true);
  });

  it("wants the bank's place and a remark where the document does", () => {
    const trans = channel("xxpay", "trans");
    const first = { ...PERSON, bankCode: trans.banks[0]?.code ?? "" };
    expect(readRecipient(first, trans)).toEqual({ ok: false, bad: { province: "needed", city: "needed" } });
    expect(readRecipient({ ...first, province: "省".repeat(33), city: "苏州" }, trans)).toEqual({ ok: false, bad: { province: "text" } });
    expect([trans.remark, channel("fengniao", "unionpay").remark, channel("fengniao", "merchant").remark]).toEqual([
      "optional",
      "always",
      "always",
    ]);
  });

  it("takes a bank of the document's list where it has one, by code", () => {
    const trans = channel("xxpay", "trans");
    const [first] = trans.banks;
    const placed = { ...PERSON, province: "江苏", city: "苏州" };
    expect(trans.banks.length).toBe(97);
    expect(readRecipient({ ...placed, bankCode: first?.code ?? "" }, trans)).toMatchObject({
      ok: true,
      recipient: { bankCode: first?.code },
    });
    expect(readRecipient({ ...placed, bankCode: "102100099996" }, trans)).toEqual({ ok: false, bad: { bankCode: "bank" } });
    expect(readRecipient(placed, trans)).toEqual({ ok: false, bad: { bankCode: "needed" } });
  });

  it("names every bad field at once", () => {
    const bad = { kind: "company", name: "", number: "12ab", mobile: "no", bankCode: "123", bankName: "a=b", idCard: "?" };
    expect(readRecipient(bad, channel("fengniao", "merchant"))).toEqual({
      ok: false,
      bad: { name: "name", number: "number", mobile: "mobile", bankCode: "bankCode", bankName: "text", idCard: "idCard" },
    });
  });

  it("every payout channel of every gateway can be asked for", () => {
    const channels = GATEWAYS.flatMap((gateway) => channelsOf(gateway).map(({ name, needs }) => ({ of: `${gateway.id} ${name}`, needs })));
    expect(channels.map(({ of }) => of)).toEqual(expect.arrayContaining(["xxpay trans", "fengniao unionpay", "fengniao merchant"]));
    for (const { needs } of channels) expect(Object.keys(needs).length).toBeGreaterThan(0);
  });

  it("is shown by the first sign of the name only", () => {
    expect([maskedName("张三丰"), maskedName("𠮷田"), maskedName("")]).toEqual(["张**", "𠮷**", "**"]);
  });
});
