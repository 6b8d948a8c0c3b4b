import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import { pushesOf } from "#lib/gateways/hipopay/customs-codes.ts";
import { SAMPLES } from "#lib/gateways/hipopay-merchant/samples.ts";
import { BASE_URL, bodyOf, failure, openedAccount, success } from "#lib/gateways/hipopay-merchant/test-account.ts";
import type { DeclarationKey, DeclarationRequest } from "#lib/gateways/records.ts";

// Values of the document's own examples, §14.
const WECHAT: DeclarationRequest = {
  ...{ wallet: "wechat", gatewayOrderNo: "18051893975650968", gatewayRef: "20180518163203689", customs: "SHENZHEN" },
  merchantCustomsNo: "123456789BTW",
};
const ALIPAY: DeclarationRequest = { ...WECHAT, wallet: "alipay", customs: "NINGBO", merchantCustomsName: "xxxhanguo_card" };
const yuan = (minor: bigint) => ({ minor, currency: "CNY" }) as const;
const SPLIT = { subOrderNo: "2018051716124", amount: yuan(4644n), transport: yuan(2322n), product: yuan(2322n) };
const IDENTITY = { certId: "510921199308772318", name: "Lisa" };
const RAW = JSON.parse(SAMPLES.rawResponse) as Record<string, unknown>;

function reply(over: object = {}): object {
  return success({
    ...{ out_order_no: WECHAT.gatewayOrderNo, payment_no: WECHAT.gatewayRef, customs: "SHENZHEN", wechatpay_no: "4200" },
    ...{ state: "PROCESSING", modify_time: "2018-05-18 16:32:03", ...over },
  });
}

describe("declare", () => {
  it("WeChat: duty in fen, split and identity as the document names them", async () => {
    const given = { sub_order_no: SPLIT.subOrderNo, cert_check_result: "SAME", ver_dept: "NETSUNION", pay_transaction_id: "42000002" };
    const { account, port } = openedAccount([answer(reply(given))]);
    const outcome = await account.declare?.({ ...WECHAT, dutyFen: 88n, split: SPLIT, identity: IDENTITY });
    expect(port.sent[0]).toMatchObject({ method: "POST", url: `${BASE_URL}/wechatpay/declaration` });
    expect(bodyOf(port.sent[0])).toEqual({
      ...{ out_order_no: "18051893975650968", payment_no: "20180518163203689", customs: "SHENZHEN", mch_customs_no: "123456789BTW" },
      ...{ duty: "88", action_type: "ADD", sub_order_no: "2018051716124", sub_order_amount: "46.44", transport_amount: "23.22" },
      ...{ product_amount: "23.22", cert_id: "510921199308772318", name: "Lisa" },
    });
    const modifiedAt = new Date("2018-05-18T08:32:03Z");
    const common = { customs: "SHENZHEN", walletRef: "4200", explanation: null, modifiedAt };
    expect(outcome).toEqual({ ok: true, value: [{ state: "processing", subOrderNo: "2018051716124", identity: "same", ...common }] });
  });

  it("a change is MODIFY", async () => {
    const { account, port } = openedAccount([answer(reply({ state: "SUBMITTED" }))]);
    expect(await account.declare?.({ ...WECHAT, action: "MODIFY" })).toMatchObject({ ok: true, value: [{ state: "submitted" }] });
    expect(bodyOf(port.sent[0]).action_type).toBe("MODIFY");
  });

  it("Alipay: the customs name, one amount per sub-order, T and F", async () => {
    const { account, port } = openedAccount([
      answer(reply({ customs: "NINGBO", alipay_no: "2088", state: "SUCCESS", cert_check_result: "F" })),
    ]);
    const outcome = await account.declare?.({ ...ALIPAY, split: { subOrderNo: "S", amount: yuan(4644n) }, identity: IDENTITY });
    expect(port.sent[0]?.url).toBe(`${BASE_URL}/alipay/declaration`);
    expect(bodyOf(port.sent[0])).toMatchObject({ merchant_customs_name: "xxxhanguo_card", sub_order_no: "S", sub_order_amount: "46.44" });
    expect(outcome).toMatchObject({ ok: true, value: [{ state: "succeeded", identity: "different", walletRef: "2088" }] });
  });

  it.each([
    ["wechat", "GUANGZHOU_HP_GJ", ["GUANGZHOU_ZS", "GUANGZHOU_HP_GJ"]],
    ["wechat", "GUANGZHOU_NS_GJ", ["GUANGZHOU_ZS", "GUANGZHOU_NS_GJ"]],
    ["alipay", "HENAN,ZONGSHU", ["HENAN", "ZONGSHU"]],
  ] as const)("%s %s is two declarations, in the document's order", async (wallet, customs, codes) => {
    const { account, port } = openedAccount(codes.map((code) => answer(reply({ customs: code, state: "SUCCESS" }))));
    const outcome = await account.declare?.({ ...(wallet === "wechat" ? WECHAT : ALIPAY), customs });
    expect(port.sent.map((sent) => bodyOf(sent).customs)).toEqual(codes);
    expect(outcome).toMatchObject({ ok: true, value: codes.map((code) => ({ customs: code, state: "succeeded" })) });
  });

  it.each([
    ["transport and product that do not add up", { ...WECHAT, split: { ...SPLIT, product: yuan(2323n) } }],
    ["a split in another currency", { ...WECHAT, split: { ...SPLIT, amount: { minor: 4644n, currency: "HKD" } } }],
    ["a code that is not in the table", { ...WECHAT, customs: "SHANGHAI_CBT" }],
  ] as [string, DeclarationRequest][])("%s is refused before the wire", async (_what, request) => {
    const { account, port } = openedAccount();
    expect(await account.declare?.(request)).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
    expect(port.sent).toEqual([]);
  });

  it("a refusal is read, an answer about another payment or in no word of the document is unclear", async () => {
    const answers = [answer(failure("ILLEGAL_SECURITY_PROFILE")), answer(reply({ payment_no: "other" })), answer(reply({ state: "DONE" }))];
    const { account } = openedAccount(answers);
    expect(await account.declare?.(WECHAT)).toMatchObject({ ok: false, kind: "refused", code: "signature_rejected" });
    expect(await account.declare?.(WECHAT)).toMatchObject({ ok: false, kind: "unknown" });
    expect(await account.declare?.(WECHAT)).toMatchObject({ ok: false, kind: "unknown" });
  });
});

describe("raw_response", () => {
  const bare = { out_order_no: WECHAT.gatewayOrderNo, payment_no: WECHAT.gatewayRef, customs: "SHENZHEN" };

  it.each([
    ["an object", RAW],
    ["its JSON text", SAMPLES.rawResponse],
  ])("as %s fills in what stands nowhere else", async (_what, raw) => {
    const { account } = openedAccount([answer(success({ ...bare, raw_response: raw }))]);
    expect(await account.declare?.(WECHAT)).toEqual({
      ok: true,
      value: [
        {
          ...{ state: "undeclared", customs: "SHENZHEN", walletRef: "4200xxxxxxxx665", subOrderNo: "XXXXX", identity: "same" },
          ...{ explanation: null, modifiedAt: new Date("2019-04-03T09:17:04Z") },
        },
      ],
    });
  });

  it("never overrules the fields beside it, but says why customs refused", async () => {
    const raw = { ...RAW, state: "SUCCESS", err_code_des: "备案号错误" };
    const { account } = openedAccount([answer(reply({ state: "FAIL", raw_response: raw }))]);
    expect(await account.declare?.(WECHAT)).toMatchObject({
      ok: true,
      value: [{ state: "failed", walletRef: "4200", explanation: "备案号错误", modifiedAt: new Date("2018-05-18T08:32:03Z") }],
    });
  });

  it.each(["{ broken", "", null, 7])("that is none (%j) is left out, and without any other state the answer is unclear", async (raw) => {
    const { account } = openedAccount([answer(reply({ raw_response: raw })), answer(success({ ...bare, raw_response: raw }))]);
    expect(await account.declare?.(WECHAT)).toMatchObject({ ok: true, value: [{ state: "processing" }] });
    expect(await account.declare?.(WECHAT)).toMatchObject({ ok: false, kind: "unknown" });
  });
});

describe("declare again, and ask", () => {
  const identity = { cert_id: "510921199308772318", name: "Lisa" };
  const wechat = { wallet: "wechat", customs: "SHENZHEN", merchantCustomsNo: "1" } as const;
  const alipay = { wallet: "alipay", subOrderNo: "S", subOrderAmount: yuan(4644n), customs: "NINGBO", merchantCustomsNo: "1" } as const;

  it.each([
    [
      { ...wechat, gatewayRef: "P" },
      { payment_no: "P", customs: "SHENZHEN", mch_customs_no: "1" },
    ],
    [
      { ...wechat, gatewayOrderNo: "O" },
      { out_order_no: "O", customs: "SHENZHEN", mch_customs_no: "1" },
    ],
    [
      { ...wechat, gatewayRef: "P", subOrderNo: "S" },
      { sub_order_no: "S", customs: "SHENZHEN", mch_customs_no: "1" },
    ],
    [
      { ...alipay, merchantCustomsName: "n", identity: IDENTITY },
      { sub_order_no: "S", sub_order_amount: "46.44", customs: "NINGBO", mch_customs_no: "1", merchant_customs_name: "n", ...identity },
    ],
  ] as [DeclarationKey, Record<string, string>][])("re-declaration of %o sends one of three numbers", async (key, fields) => {
    const { account, port } = openedAccount([answer(success({ state: "FAIL", explanation: "备案号错误" }))]);
    expect(await account.redeclare?.(key)).toMatchObject({ ok: true, value: [{ state: "failed", explanation: "备案号错误" }] });
    expect(port.sent[0]).toMatchObject({
      method: "POST",
      url: `${BASE_URL}/${key.wallet === "wechat" ? "wechatpay" : "alipay"}/redeclaration`,
    });
    expect(bodyOf(port.sent[0])).toEqual(fields);
  });

  it("WeChat's query names the office, Alipay's answers for all of them", async () => {
    const both = success({
      declarations: [
        { customs: "HENAN", state: "SUCCESS" },
        { customs: "ZONGSHU", state: "SUCCESS" },
      ],
    });
    const { account, port } = openedAccount([answer(reply({ state: "EXCEPT" })), answer(both)]);
    const asked = { wallet: "wechat", gatewayOrderNo: WECHAT.gatewayOrderNo, customs: "SHENZHEN" } as const;
    expect(await account.queryDeclaration?.(asked)).toMatchObject({ ok: true, value: [{ state: "exception" }] });
    const outcome = await account.queryDeclaration?.({ wallet: "alipay", gatewayRef: "P" });
    expect(outcome).toMatchObject({ ok: true, value: [{ customs: "HENAN" }, { customs: "ZONGSHU" }] });
    expect(port.sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET ${BASE_URL}/wechatpay/declaration?customs=SHENZHEN&out_order_no=18051893975650968`,
      `GET ${BASE_URL}/alipay/declaration?payment_no=P`,
    ]);
  });

  it.each([[{ wallet: "wechat", customs: "SHENZHEN" }], [{ wallet: "wechat", gatewayRef: "P" }]] as const)(
    "a query of %o says too little to be sent",
    async (key) => {
      const { account, port } = openedAccount();
      expect(await account.queryDeclaration?.(key)).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
      expect(port.sent).toEqual([]);
    },
  );
});

/** seeds/001 §17: the name, and what is to be pushed. */
const DOCUMENT = {
  Guangzhou: ["GUANGZHOU_ZS"],
  Huangpu: ["GUANGZHOU_ZS", "GUANGZHOU_HP_GJ"],
  Nansha: ["GUANGZHOU_ZS", "GUANGZHOU_NS_GJ"],
  Hangzhou: ["HANGZHOU_ZS"],
  Ningbo: ["NINGBO"],
  "Zhengzhou, bonded logistics": ["ZHENGZHOU_BS"],
  Chongqing: ["CHONGQING"],
  "Xi’an": ["XIAN"],
  Shanghai: ["SHANGHAI_ZS"],
  Shenzhen: ["SHENZHEN"],
  "Zhengzhou, comprehensive": ["ZHENGZHOU_ZH_ZS"],
  Tianjin: ["TIANJIN"],
  Beijing: ["BEIJING"],
  Fuzhou: ["GUANGZHOU_ZS"],
};

it.each(Object.entries(DOCUMENT))("%s's code is pushed as the document says", (_name, pushes) => {
  expect(pushesOf("wechat", pushes.at(-1) ?? "")).toEqual(pushes);
});
