import { describe, expect, it } from "vitest";
import { backend, CREATIONS, call, MERCHANT } from "#lib/dialects/fengniao/testing/drive.ts";
import { isMethod } from "#lib/domain/methods.ts";

const NO = "2017062312381442716795237";
const CODE = "3CaDEKX";
const PAGE = "https://gateway.example";
const ECHO = { error_code: 0, error_msg: "成功", out_trade_no: "T_1", total_amount: 0.01 };

/** What each method's reply has beside the echo (seeds/004 §2.1–§2.14), and how the shopper pays in the product's words. */
const REPLIES: Record<string, [string, object]> = {
  "weixin.pay": ["wechat.h5", { pay_url: `${PAGE}/wechat_h5/${NO}` }],
  "weixin.mppay": [
    "wechat.jsapi",
    {
      pay_info: {
        appId: "wx1",
        timeStamp: "1526630400",
        nonceStr: expect.stringMatching(/^\w{32}$/),
        package: `prepay_id=${CODE}`,
        signType: "MD5",
        paySign: expect.stringMatching(/^[0-9A-F]{32}$/),
      },
    },
  ],
  "weixin.qr_code_pay": ["wechat.native", { qr_code: `weixin://wxpay/bizpayurl?pr=${CODE}` }],
  "weixin.scan_qr_code_pay": [
    "wechat.barcode",
    { trade_no: NO, bank_type: "", cash_fee: 0, fee_type: "CNY", is_subscribe: "N", openid: "", pay_time: "", trade_type: "MICROPAY" },
  ],
  "weixin.h5_pay": ["wechat.h5", { pay_url: `${PAGE}/wechat_h5/${NO}` }],
  "alipay.qr_code_pay": ["alipay.qr", { qr_code: `https://qr.alipay.com/${CODE}` }],
  "alipay.scan_qr_code_pay": ["alipay.barcode", {}],
  "alipay.ration_code": ["alipay.personal", { pay_url: `${PAGE}/alipay_personal/${NO}` }],
  "alipay.wap_pay": ["alipay.wap", { pay_url: `${PAGE}/alipay_wap/${NO}` }],
  "alipay.h5_pay": ["alipay.jsapi", { pay_url: `${PAGE}/alipay_jsapi/${NO}`, tradeNo: CODE }],
  "jd.pay": ["jd.native", { qr_code: `https://ex.jd.com/pay?code=${CODE}` }],
  "qq.unified": ["qq.native", { qr_code: `https://qpay.qq.com/qr/${CODE}`, code_url: `https://qpay.qq.com/qr/${CODE}` }],
  "unionpay.gateway": ["unionpay.gateway", { pay_url: `${PAGE}/unionpay_gateway/${NO}` }],
  "unionpay.wap": ["unionpay.wap", { pay_url: `${PAGE}/unionpay_wap/${NO}` }],
};

/** Fields of each table that are 是; all others may be left out. */
const REQUIRED: Record<string, string> = {
  "weixin.pay": "merchant_no out_trade_no order_name total_amount notify_url",
  "weixin.mppay": "merchant_no out_trade_no order_name total_amount spbill_create_ip notify_url",
  "weixin.qr_code_pay": "merchant_no out_trade_no order_name total_amount sub_appid spbill_create_ip notify_url",
  "weixin.scan_qr_code_pay": "merchant_no out_trade_no order_name total_amount sub_appid auth_code spbill_create_ip",
  "weixin.h5_pay": "merchant_no out_trade_no order_name goods_tag total_amount sub_mch_id spbill_create_ip sceneInfo notify_url",
  "alipay.qr_code_pay": "merchant_no out_trade_no order_name total_amount notify_url",
  "alipay.scan_qr_code_pay": "merchant_no out_trade_no order_name total_amount auth_code scene notify_url",
  "alipay.ration_code": "out_trade_no total_amount notify_url",
  "alipay.wap_pay": "merchant_no out_trade_no order_name body total_amount notify_url",
  "alipay.h5_pay": "merchant_no out_trade_no order_name total_amount notify_url",
  "jd.pay": "merchant_no out_trade_no order_name order_type total_amount notify_url",
  "qq.unified": "out_trade_no order_name spbill_create_ip total_amount notify_url",
  "unionpay.gateway": "out_trade_no total_amount channel_type subject body client_ip pay_type bank_code notify_url success_url",
  "unionpay.wap": "out_trade_no total_amount channel_type subject body client_ip card_no notify_url success_url",
};

describe.each(Object.entries(CREATIONS))("%s", (method, content) => {
  const [pays, adds] = REPLIES[method] ?? ["", {}];
  const required = (REQUIRED[method] ?? "").split(" ");

  it("answers what its section prints, and creates the payment it was asked for", async () => {
    const to = backend();
    const { json, reply } = await call(to, method, content);
    expect(reply.status).toBe(200);
    expect(json).toEqual({ ...ECHO, ...adds });
    expect(isMethod(pays)).toBe(true);
    expect(to.created).toMatchObject([{ method: pays, merchantNo: MERCHANT, clientNo: "T_1", currency: "CNY", amount: "0.01" }]);
    expect(to.created[0]?.extra.sign_type).toBe("MD5");
  });

  it("needs exactly the fields its table says 是 of, and names the missing one", async () => {
    for (const missing of Object.keys(content)) {
      const to = backend();
      const { json } = await call(to, method, { ...content, [missing]: "" });
      const refused = json.error_code === 10008 && json.error_msg.includes(`${missing} `);
      expect({ missing, refused }).toEqual({ missing, refused: required.includes(missing) });
      expect(to.created).toHaveLength(refused ? 0 : 1);
    }
  });

  it("takes every value as text, as C# clients send them", async () => {
    const texts = Object.fromEntries(Object.entries(content).map(([name, value]) => [name, typeof value === "object" ? "{}" : `${value}`]));
    expect((await call(backend(), method, texts)).json).toMatchObject(ECHO);
  });

  it("refuses a merchant of somebody else with 10003", async () => {
    const { json } = await call(backend(), method, { ...content, merchant_no: "another" });
    expect(json).toEqual({ error_code: 10003, error_msg: expect.stringContaining("merchant_no") });
  });
});

describe("what is remembered of a payment", () => {
  const created = async (method: string, changes: object = {}) => {
    const to = backend();
    await call(to, method, { ...CREATIONS[method], ...changes });
    return to.created[0];
  };

  it("addresses, shopper and goods, each from its own field", async () => {
    expect(await created("weixin.mppay", { success_url: "https://shop.example/s" })).toMatchObject({
      subject: "腾讯形象店-QQ公仔",
      notifyUrl: "https://shop.example/n",
      returnUrl: "https://shop.example/s",
      ip: "10.0.0.1",
      openid: "o1",
      appId: "wx1",
      extra: { sign_type: "MD5", cancel_url: "https://shop.example/c" },
    });
    expect(await created("weixin.pay")).toMatchObject({ returnUrl: "https://shop.example/r", ip: "10.0.0.2", openid: null });
    expect(await created("weixin.qr_code_pay")).toMatchObject({ productId: "g1", returnUrl: null });
    expect(await created("weixin.scan_qr_code_pay")).toMatchObject({ authCode: "134567890123456789" });
    expect(await created("alipay.qr_code_pay")).toMatchObject({ ip: "10.0.0.3" });
    expect(await created("alipay.wap_pay", { success_url: "https://shop.example/s" })).toMatchObject({
      returnUrl: "https://shop.example/s",
      extra: { body: "两盒" },
    });
    expect(await created("alipay.ration_code")).toMatchObject({ subject: "T_1" });
    expect(await created("unionpay.gateway")).toMatchObject({
      subject: "茶",
      extra: { bank_code: "03080000", pay_type: "3", body: "两盒" },
    });
  });

  it("never a card's number: its last four digits alone, also of one sent as a JSON number beyond any float", async () => {
    for (const content of ['"6222020000000001234"', "6222020000000001234"]) {
      const to = backend();
      const text = JSON.stringify(CREATIONS["unionpay.wap"]).replace('"6222020000000001234"', content);
      expect((await call(to, "unionpay.wap", text)).json.error_code).toBe(0);
      expect(to.created[0]?.extra.card_last4).toBe("1234");
      expect(JSON.stringify(to.created)).not.toContain("62220200");
    }
  });

  it("a shopper unknown by openid is sent to a page instead of getting parameters no wallet would take", async () => {
    const { json } = await call(backend(), "weixin.mppay", { ...CREATIONS["weixin.mppay"], sub_openid: "" });
    expect(json).toEqual({ ...ECHO, pay_url: `${PAGE}/wechat_jsapi/${NO}` });
  });
});

describe("a scan that was paid at once (§2.4)", () => {
  it("says who paid and when, but no status", async () => {
    const to = backend();
    const create = to.create.bind(to);
    to.create = async (...asked) => {
      const made = await create(...asked);
      const paid = { state: "PAID", paidAt: new Date("2009-12-25T01:10:10Z"), openid: "o1", payAmount: "0.01" } as const;
      return made.ok ? { ok: true, value: { ...made.value, ...paid } } : made;
    };
    const { json } = await call(to, "weixin.scan_qr_code_pay", CREATIONS["weixin.scan_qr_code_pay"] ?? {});
    const fixed = { fee_type: "CNY", is_subscribe: "N", trade_type: "MICROPAY" };
    expect(json).toEqual({ ...ECHO, ...fixed, trade_no: NO, bank_type: "CFT", cash_fee: 0.01, openid: "o1", pay_time: "20091225091010" });
  });
});
