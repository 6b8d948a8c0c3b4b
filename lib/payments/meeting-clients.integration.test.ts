import { createSign } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import fengniaoVectors from "#lib/gateways/fengniao/vectors.json" with { type: "json" };
import xxpayVectors from "#lib/gateways/xxpay/vectors.json" with { type: "json" };
import { bySorted, FORM, md5, number } from "#lib/payments/by-hand-testing.ts";
import { type Meeting, meetAt } from "#lib/payments/meeting-testing.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";

/**
 * Outside clients of seeds/003 and seeds/004: requests as other people's programs write them (the vectors' encodings, headers and number styles),
 * signed here by hand with the provisioned keys, are served over HTTP. Nothing of lib/gateways' signing takes part.
 */
describe("xxpay", () => {
  let meeting: Meeting<"xxpay">;
  beforeAll(async () => {
    meeting = await meetAt("xxpay");
  });
  afterAll(() => meeting.close());

  const signed = (fields: Record<string, unknown>) => {
    const texts = Object.fromEntries(
      Object.entries(fields)
        .filter(([, value]) => value !== "" && value !== null)
        .map(([name, value]) => [name, String(value)]),
    );
    return md5(`${bySorted(texts, (text) => text)}&key=${meeting.provisioned.credentials.key}`).toUpperCase();
  };
  const PLACES: Record<string, (path: string, fields: Record<string, unknown>) => Promise<Response>> = {
    "params in a form": (path, fields) =>
      meeting.raw(path, { method: "POST", headers: FORM, body: new URLSearchParams({ params: JSON.stringify(fields) }) }),
    "params in the query": (path, fields) =>
      meeting.raw(`${path}?${new URLSearchParams({ params: JSON.stringify(fields) })}`, { method: "POST" }),
    "params by GET": (path, fields) => meeting.raw(`${path}?${new URLSearchParams({ params: JSON.stringify(fields) })}`, {}),
    "fields flat in a form": (path, fields) => meeting.raw(path, { method: "POST", headers: FORM, body: flat(fields) }),
    "fields flat in the query": (path, fields) => meeting.raw(`${path}?${flat(fields)}`, {}),
  };
  const flat = (fields: Record<string, unknown>) =>
    new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value ?? "")]));
  const call = async (place: string, path: string, values: Record<string, unknown>, write = (sign: string) => sign) => {
    const { mchId, appId } = meeting.provisioned.credentials;
    const fields = { ...values, mchId: typeof values.mchId === "number" ? Number(mchId) : mchId, appId };
    const response = await PLACES[place]?.(path, { ...fields, sign: write(signed(fields)) });
    return (await response?.json()) as Record<string, unknown>;
  };
  const created = JSON.parse(xxpayVectors.cases.find(({ id }) => id === "create_basic")?.params_json ?? "{}") as Record<string, unknown>;
  const go = JSON.parse(xxpayVectors.go_haojiehpay[0]?.params_json ?? "{}") as Record<string, unknown>;

  it.each(Object.keys(PLACES))("%s: numbers as numbers or text, empty and unknown fields, either case of the sign", async (place) => {
    for (const [index, vector] of [created, go, { ...created, extra: '{"openId":"o1"}', zz: "9", device: null }].entries()) {
      const mchOrderNo = number();
      const { sign: _sign, ...fields } = vector as Record<string, unknown>;
      const order = { ...fields, mchOrderNo, productId: index === 0 ? 8002 : "8019" };
      const made = await call(place, "/api/pay/create_order", order, index === 1 ? (sign) => sign.toLowerCase() : undefined);
      expect(made).toMatchObject({ retCode: "SUCCESS", payParams: { payUrl: expect.any(String) } });
      for (const asked of [
        { mchOrderNo, executeNotify: true },
        { payOrderId: made.payOrderId, executeNotify: "false" },
      ]) {
        const { sign, ...found } = await call(place, "/api/pay/query_order", asked);
        expect(found).toMatchObject({ retCode: "SUCCESS", mchOrderNo, status: "1", amount: String(fields.amount) });
        expect(sign).toBe(signed(found));
      }
    }
  });

  it("a payout's zero is a value (Java signs it)", async () => {
    await meeting.paid("alipay.qr");
    const trans = JSON.parse(xxpayVectors.cases.find(({ id }) => id === "trans_create")?.params_json ?? "{}") as Record<string, unknown>;
    for (const accountAttr of [0, "0"]) {
      const made = await call("params in a form", "/api/trans/create_order", { ...trans, accountAttr, mchTransOrderNo: number() });
      expect(made).toMatchObject({ retCode: "SUCCESS", status: 0, amount: 100 });
    }
  });
});

describe("fengniao", () => {
  let meeting: Meeting<"fengniao">;
  beforeAll(async () => {
    meeting = await meetAt("fengniao");
  });
  afterAll(() => meeting.close());

  const PARTS = ["app_id", "content", "method", "version"] as const;
  type Written = { sign: string; sign_type: string } & Record<(typeof PARTS)[number], string>;
  const post = async (
    method: string,
    content: string,
    how: { rsa?: boolean; upper?: boolean } = {},
    write?: (fields: Written) => { body: RequestInit["body"]; headers?: HeadersInit },
  ) => {
    const { appId, secret, privateKey } = meeting.provisioned.credentials;
    const open = { app_id: appId, content, method, version: "1.0" };
    const text = `${bySorted(open, (value) => value)}&key=${secret}`;
    const hex = how.upper ? md5(text).toUpperCase() : md5(text);
    const sign = how.rsa ? createSign("RSA-SHA1").update(text).sign(privateKey, "base64") : hex;
    const fields = { ...open, sign, sign_type: how.rsa ? "RSA" : "MD5" };
    const { body, headers } = write?.(fields) ?? { body: new URLSearchParams(fields).toString(), headers: FORM };
    return (await (await meeting.raw("/gateway", { method: "POST", ...(headers && { headers }), body: body ?? null })).json()) as Record<
      string,
      unknown
    >;
  };
  const own = (content: string, out_trade_no: string) =>
    content
      .replace(/"merchant_no":"[^"]*"/, `"merchant_no":"${meeting.provisioned.credentials.merchantNo}"`)
      .replace(/"out_trade_no":"[^"]*"/, `"out_trade_no":"${out_trade_no}"`);
  // HMPayApi.cs does not URL-encode its body at all.
  const bare = (fields: Written) => ({
    body: Object.entries(fields)
      .map(([name, value]) => `${name}=${value}`)
      .join("&"),
    headers: FORM,
  });
  const creates = fengniaoVectors.requests.filter(({ method }) => /pay/.test(method));

  it.each(creates.map((vector) => [vector.id, vector] as const))(
    "%s: its content verbatim, by MD5 in either case, by RSA, by multipart",
    async (id, vector) => {
      const multipart = (fields: Written) => {
        const body = new FormData();
        for (const [name, value] of Object.entries(fields)) body.set(name, value);
        return { body };
      };
      const ways = [
        [{}],
        [{ upper: true }],
        [{ rsa: true }],
        [{}, multipart],
        ...(id === "csharp_style_reimplemented" ? [[{}, bare] as const] : []),
      ] as const;
      for (const [how, write] of ways) {
        const out_trade_no = number();
        const made = await post(vector.method, own(vector.content_text, out_trade_no), how, write);
        expect(made).toMatchObject({ error_code: 0, out_trade_no });
        expect((await paymentByAny(meeting.database, out_trade_no))?.state).toBe("INIT");
        const asked = JSON.stringify({ merchant_no: meeting.provisioned.credentials.merchantNo, out_trade_no });
        expect(await post("trade.query", asked, how, write)).toMatchObject({ error_code: 0, out_trade_no });
      }
    },
  );

  it("empty values inside the content, no parameters at all, and either spelling of a bank account", async () => {
    const empty = fengniaoVectors.requests.find(({ id }) => id === "empty_values")?.content_text ?? "";
    expect(await post("trade.refund", empty)).toMatchObject({ error_code: 10008, error_msg: expect.stringContaining("out_refund_no") });
    for (const nothing of ["[]", "{}"])
      expect(await post("unionpay.withdraw_balance_query", nothing)).toMatchObject({ error_code: 0, freeze_balance: "0.00" });
    for (const name of ["bakn_account_no", "bank_account_no"]) {
      const fields = {
        out_trade_no: number(),
        amount: 1.5,
        [name]: "6222020000000000123",
        bank_account_name: "张三",
        bank_mobile: "13800000000",
        account_attr: 0,
        remark: "r",
      };
      expect(await post("unionpay.withdraw", JSON.stringify(fields))).toMatchObject({ error_code: 15503 });
    }
  });

  it("weixin.mppay answers pay_info where it knows the openid, else its own page's pay_url (§2.2)", async () => {
    const { merchantNo: merchant_no } = meeting.provisioned.credentials;
    const order = () => ({
      merchant_no,
      out_trade_no: number(),
      order_name: "茶",
      total_amount: 0.01,
      spbill_create_ip: "10.0.0.1",
      notify_url: meeting.notifyUrl,
    });
    const known = await post("weixin.mppay", JSON.stringify({ ...order(), sub_openid: "oX123456" }));
    expect(known).toMatchObject({ error_code: 0, pay_info: { package: expect.stringMatching(/^prepay_id=/) } });
    const page = await post("weixin.mppay", JSON.stringify(order()));
    expect(page).toMatchObject({ error_code: 0, pay_url: expect.stringContaining(`${meeting.origin}/sandbox/cashier/wechat_jsapi/`) });
  });
});
