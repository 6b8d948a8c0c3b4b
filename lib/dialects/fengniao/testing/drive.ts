import { createHash, sign } from "node:crypto";
import { newRsaKeyPair } from "#lib/crypto/rsa.ts";
import type { Caller } from "#lib/dialects/backend.ts";
import type { WireReply, WireRequest } from "#lib/dialects/dialect.ts";
import { fengniaoDialect } from "#lib/dialects/fengniao/index.ts";
import { FakeBackend } from "#lib/dialects/testing/fake-backend.ts";

export const CALLER_KEYS = newRsaKeyPair();
export const GATEWAY_KEYS = newRsaKeyPair();

export const CALLER: Caller = {
  callerNo: "2018031171827642",
  merchantNos: ["20170815152552020001", "20180225150354026148"],
  callerPublicKey: CALLER_KEYS.publicKey,
  gatewayPrivateKey: GATEWAY_KEYS.privateKey,
  secret: "s3cr3tS3CR3Ts3cr3tS3CR3Ts3cr3t00",
  appId: null,
};
export const MERCHANT = "20170815152552020001";

/** The instant of most tests: 2018-05-18 16:00:00 in UTC+8. */
export const NOW = new Date("2018-05-18T08:00:00Z");

/** Two callers: ours, and a stranger whose merchant is not ours to act for. */
export function backend(): FakeBackend {
  return new FakeBackend([CALLER, { ...CALLER, callerNo: "999", merchantNos: ["another"], secret: "other" }]);
}

export function request(changes: Partial<WireRequest> & { text?: string } = {}): WireRequest {
  const { text = "", ...rest } = changes;
  return {
    method: "POST",
    path: "/gateway",
    query: "",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: Buffer.from(text, "utf8"),
    receivedAt: NOW,
    clientIp: "203.0.113.9",
    ...rest,
  };
}

/** The common parameters of a call, signed as seeds/004 §3.1 says, written here anew so that the product does not sign its own exam. */
export function signedFields(method: string, content: string, changes: Record<string, string> = {}): Record<string, string> {
  const fields: Record<string, string> = { app_id: CALLER.callerNo, content, method, version: "1.0", sign_type: "MD5", ...changes };
  const text = Object.keys(fields)
    .filter((name) => name !== "sign_type" && fields[name]?.trim() !== "")
    .sort()
    .map((name) => `${name}=${fields[name]}&`)
    .join("");
  const whole = `${text}key=${CALLER.secret}`;
  return {
    ...fields,
    sign:
      fields.sign_type === "RSA"
        ? sign("RSA-SHA1", Buffer.from(whole), CALLER_KEYS.privateKey).toString("base64")
        : createHash("md5").update(whole).digest("hex"),
  };
}

/** Sends a signed call and reads the JSON of its reply. `content` is an object, or the JSON text to be sent verbatim. */
export async function call(to: FakeBackend, method: string, content: object | string, changes: Record<string, string> = {}) {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  const body = new URLSearchParams(signedFields(method, text, changes)).toString();
  const reply = await fengniaoDialect.handle(request({ text: body }), to);
  return { reply, json: jsonOf(reply) };
}

export function jsonOf(reply: WireReply): Record<string, unknown> & { error_code: number; error_msg: string } {
  return JSON.parse(reply.body);
}

/** A complete call of every method that creates a payment. */
export const CREATIONS: Readonly<Record<string, Record<string, unknown>>> = (() => {
  const order = { out_trade_no: "T_1", total_amount: "0.01", notify_url: "https://shop.example/n" };
  const named = { ...order, merchant_no: MERCHANT, order_name: "腾讯形象店-QQ公仔" };
  const ip = { spbill_create_ip: "10.0.0.1" };
  const union = { ...order, channel_type: "07", subject: "茶", body: "两盒", client_ip: "10.0.0.1", success_url: "https://shop.example/s" };
  return {
    "weixin.pay": { ...named, return_url: "https://shop.example/r", ip: "10.0.0.2" },
    "weixin.mppay": { ...named, ...ip, sub_appid: "wx1", sub_openid: "o1", cancel_url: "https://shop.example/c" },
    "weixin.qr_code_pay": { ...named, ...ip, sub_appid: "wx1", goods_id: "g1" },
    "weixin.scan_qr_code_pay": { ...named, ...ip, sub_appid: "wx1", auth_code: "134567890123456789" },
    "weixin.h5_pay": { ...named, ...ip, goods_tag: "t", sub_mch_id: "1900000109", sceneInfo: { h5_info: { type: "Wap" } } },
    "alipay.qr_code_pay": { ...named, client_ip: "10.0.0.3" },
    "alipay.scan_qr_code_pay": { ...named, auth_code: "281234567890123456", scene: "bar_code" },
    "alipay.ration_code": order,
    "alipay.wap_pay": { ...named, body: "两盒", return_url: "https://shop.example/r" },
    "alipay.h5_pay": { ...named, user_id: "2088101117955611" },
    "jd.pay": { ...named, order_type: 1 },
    "qq.unified": { ...order, order_name: "茶", ...ip },
    "unionpay.gateway": { ...union, pay_type: 3, bank_code: "03080000" },
    "unionpay.wap": { ...union, card_no: "6222020000000001234" },
  };
})();
