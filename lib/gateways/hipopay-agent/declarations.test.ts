import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import { ALIPAY_CUSTOMS, pushesOf, WECHAT_CUSTOMS } from "#lib/gateways/hipopay/customs-codes.ts";
import { BASE_URL, envelope, openedAccount } from "#lib/gateways/hipopay-agent/test-account.ts";
import type { DeclarationRequest } from "#lib/gateways/records.ts";
import { parseForm } from "#lib/gateways/wire.ts";

// Values of the document's own examples, §9.1 and §9.4.
const WECHAT: DeclarationRequest = {
  wallet: "wechat",
  gatewayOrderNo: "18051893975650968",
  gatewayRef: "2018051816320384498567689",
  customs: "SHENZHEN",
  merchantCustomsNo: "123456789BTW",
};
const ALIPAY: DeclarationRequest = { ...WECHAT, wallet: "alipay", customs: "NINGBO", merchantCustomsName: "xxxhanguo_card" };
const yuan = (minor: bigint) => ({ minor, currency: "CNY" }) as const;
const SPLIT = { subOrderNo: "2018051716124", amount: yuan(4644n), transport: yuan(2322n), product: yuan(2322n) };
const IDENTITY = { certId: "510921199308772318", name: "Lisa" };

function reply(over: object = {}): object {
  return envelope({
    out_order_no: WECHAT.gatewayOrderNo,
    payment_no: WECHAT.gatewayRef,
    customs: "SHENZHEN",
    wechatpay_no: "4200",
    state: "PROCESSING",
    modify_time: "2018-05-18 16:32:03",
    ...over,
  });
}

function bodyOf(sent: { body: string | null } | undefined): Record<string, string> {
  const form = parseForm(sent?.body ?? "");
  if (!form.ok) throw new Error(form.detail);
  return form.fields;
}

describe("declare", () => {
  it("WeChat: duty in fen, split and identity as the document names them", async () => {
    const { account, port } = openedAccount([answer(reply({ sub_order_no: SPLIT.subOrderNo, cert_check_result: "SAME" }))]);
    const outcome = await account.declare?.({ ...WECHAT, dutyFen: 88n, split: SPLIT, identity: IDENTITY });
    expect(port.sent[0]?.url).toBe(`${BASE_URL}/wechatpay/declaration`);
    expect(bodyOf(port.sent[0])).toEqual({
      ...{
        out_order_no: "18051893975650968",
        payment_no: "2018051816320384498567689",
        customs: "SHENZHEN",
        mch_customs_no: "123456789BTW",
      },
      ...{ duty: "88", action_type: "ADD", sub_order_no: "2018051716124", sub_order_amount: "46.44", transport_amount: "23.22" },
      ...{ product_amount: "23.22", cert_id: "510921199308772318", name: "Lisa" },
    });
    const modifiedAt = new Date("2018-05-18T08:32:03Z");
    const common = { customs: "SHENZHEN", walletRef: "4200", explanation: null, modifiedAt };
    expect(outcome).toEqual({ ok: true, value: [{ state: "processing", subOrderNo: "2018051716124", identity: "same", ...common }] });
  });

  it("Alipay: the customs name, one amount per sub-order, T and F", async () => {
    const { account, port } = openedAccount([
      answer(reply({ customs: "NINGBO", alipay_no: "2088", state: "SUCCESS", cert_check_result: "F" })),
    ]);
    const outcome = await account.declare?.({ ...ALIPAY, split: { subOrderNo: "S", amount: yuan(4644n) }, identity: IDENTITY });
    expect(port.sent[0]?.url).toBe(`${BASE_URL}/alipay/declaration`);
    expect(bodyOf(port.sent[0])).toEqual({
      ...{ out_order_no: "18051893975650968", payment_no: "2018051816320384498567689", customs: "NINGBO", mch_customs_no: "123456789BTW" },
      ...{
        merchant_customs_name: "xxxhanguo_card",
        sub_order_no: "S",
        sub_order_amount: "46.44",
        cert_id: "510921199308772318",
        name: "Lisa",
      },
    });
    expect(outcome).toMatchObject({ ok: true, value: [{ state: "succeeded", identity: "different", walletRef: "2088" }] });
  });

  it.each([
    ["wechat", "GUANGZHOU_HP_GJ", ["GUANGZHOU_ZS", "GUANGZHOU_HP_GJ"]],
    ["wechat", "GUANGZHOU_NS_GJ", ["GUANGZHOU_ZS", "GUANGZHOU_NS_GJ"]],
    ["alipay", "HENAN,ZONGSHU", ["HENAN", "ZONGSHU"]],
    ["alipay", "SHENZHEN_ZS,ZONGSHU", ["SHENZHEN_ZS", "ZONGSHU"]],
  ] as const)("%s %s is two declarations, in the document's order", async (wallet, customs, codes) => {
    const answers = codes.map((code) => answer(reply({ customs: code, state: "SUCCESS" })));
    const { account, port } = openedAccount(answers);
    const outcome = await account.declare?.({ ...(wallet === "wechat" ? WECHAT : ALIPAY), customs });
    expect(port.sent.map((sent) => bodyOf(sent).customs)).toEqual(codes);
    expect(outcome).toMatchObject({ ok: true, value: codes.map((code) => ({ customs: code, state: "succeeded" })) });
  });

  it("the second push is not sent when the first failed, and a failure of the second names the first", async () => {
    const request = { ...ALIPAY, customs: "HENAN,ZONGSHU" };
    const first = openedAccount([{ kind: "none", reached: "no", message: "down" }]);
    expect(await first.account.declare?.(request)).toMatchObject({ ok: false, kind: "unreachable" });
    expect(first.port.sent).toHaveLength(1);
    const second = openedAccount([
      answer(reply({ customs: "HENAN", state: "SUCCESS" })),
      { kind: "none", reached: "maybe", message: "lost" },
    ]);
    expect(await second.account.declare?.(request)).toEqual({ ok: false, kind: "unknown", message: "lost (done before: HENAN)" });
  });

  it.each([
    ["transport and product that do not add up", { ...WECHAT, split: { ...SPLIT, product: yuan(2323n) } }],
    ["a WeChat split without its parts", { ...WECHAT, split: { subOrderNo: "S", amount: yuan(1n) } }],
    ["a split in another currency", { ...WECHAT, split: { ...SPLIT, amount: { minor: 4644n, currency: "HKD" } } }],
    ["an Alipay split with parts", { ...ALIPAY, split: SPLIT }],
    ["Alipay without a customs name", { ...WECHAT, wallet: "alipay", customs: "NINGBO" }],
    ["a duty for Alipay", { ...ALIPAY, dutyFen: 1n }],
    ["a negative duty", { ...WECHAT, dutyFen: -1n }],
    ["an identity without a name", { ...WECHAT, identity: { certId: "510921199308772318", name: " " } }],
    ["a code that is not in the table", { ...WECHAT, customs: "SHANGHAI_CBT" }],
    ["a code of WeChat's for Alipay", { ...ALIPAY, customs: "GUANGZHOU_ZS" }],
  ] as [string, DeclarationRequest][])("%s is refused before the wire", async (_what, request) => {
    const { account, port } = openedAccount();
    expect(await account.declare?.(request)).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
    expect(port.sent).toEqual([]);
  });

  it.each([
    ["a state the document does not have", { state: "DONE" }],
    ["another payment", { payment_no: "other" }],
    ["a time that is none", { modify_time: "soon" }],
  ])("an answer with %s is unclear", async (_what, over) => {
    const { account } = openedAccount([answer(reply(over))]);
    expect(await account.declare?.(WECHAT)).toMatchObject({ ok: false, kind: "unknown" });
  });
});

describe("declare again", () => {
  it("WeChat: one of three numbers, the sub-order's first", async () => {
    const answers = [answer(reply({ state: "FAIL", explanation: "备案号错误" })), answer(reply())];
    const { account, port } = openedAccount(answers);
    const key = { wallet: "wechat", gatewayRef: WECHAT.gatewayRef, customs: "SHENZHEN", merchantCustomsNo: "1" } as const;
    expect(await account.redeclare?.(key)).toMatchObject({ ok: true, value: [{ state: "failed", explanation: "备案号错误" }] });
    await account.redeclare?.({ ...key, subOrderNo: "S" });
    const common = { customs: "SHENZHEN", mch_customs_no: "1" };
    expect(port.sent.map(bodyOf)).toEqual([
      { payment_no: WECHAT.gatewayRef, ...common },
      { sub_order_no: "S", ...common },
    ]);
    expect(port.sent[0]).toMatchObject({ method: "POST", url: `${BASE_URL}/wechatpay/redeclaration` });
  });

  it("Alipay: with the split's amount and the identity once more", async () => {
    const { account, port } = openedAccount([answer(reply({ state: "SUCCESS" }))]);
    await account.redeclare?.({
      ...{ wallet: "alipay", subOrderNo: "S", subOrderAmount: yuan(4644n), customs: "NINGBO" },
      ...{ merchantCustomsNo: "1", merchantCustomsName: "n", identity: IDENTITY },
    });
    expect(port.sent[0]?.url).toBe(`${BASE_URL}/alipay/redeclaration`);
    const identity = { cert_id: "510921199308772318", name: "Lisa" };
    expect(bodyOf(port.sent[0])).toEqual({
      ...{ sub_order_no: "S", sub_order_amount: "46.44", customs: "NINGBO", mch_customs_no: "1", merchant_customs_name: "n", ...identity },
    });
  });

  it("without any number nothing is sent", async () => {
    const { account, port } = openedAccount();
    const outcome = await account.redeclare?.({ wallet: "wechat", customs: "SHENZHEN", merchantCustomsNo: "1" });
    expect(outcome).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
    expect(port.sent).toEqual([]);
  });
});

describe("query a declaration", () => {
  it("WeChat names the office, Alipay answers for all of them", async () => {
    const both = envelope({
      declarations: [
        { customs: "HENAN", state: "SUCCESS" },
        { customs: "ZONGSHU", state: "SUCCESS" },
      ],
    });
    const { account, port } = openedAccount([answer(reply()), answer(both)]);
    expect(
      await account.queryDeclaration?.({ wallet: "wechat", gatewayOrderNo: WECHAT.gatewayOrderNo, customs: "SHENZHEN" }),
    ).toMatchObject({ ok: true });
    const alipay = await account.queryDeclaration?.({ wallet: "alipay", gatewayRef: "P" });
    expect(alipay).toMatchObject({ ok: true, value: [{ customs: "HENAN" }, { customs: "ZONGSHU" }] });
    expect(port.sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET ${BASE_URL}/wechatpay/declaration?customs=SHENZHEN&out_order_no=18051893975650968`,
      `GET ${BASE_URL}/alipay/declaration?payment_no=P`,
    ]);
  });
});

describe("the code tables", () => {
  it("hold the document's rows, and every push of theirs can be made alone", () => {
    expect([WECHAT_CUSTOMS.length, ALIPAY_CUSTOMS.length]).toEqual([13, 14]);
    for (const [wallet, offices] of [
      ["wechat", WECHAT_CUSTOMS],
      ["alipay", ALIPAY_CUSTOMS],
    ] as const) {
      for (const { code, pushes } of offices) {
        expect(pushesOf(wallet, code)).toEqual(pushes);
        expect(pushes.at(-1)).toBe(code.split(",").at(-1));
      }
      const alone = offices.flatMap(({ pushes }) => pushes).filter((code) => !offices.some((office) => office.code === code));
      for (const code of alone) expect(pushesOf(wallet, code)).toEqual([code]);
    }
  });
});
