import { md5Hex, sha256Hex } from "#lib/crypto/digest.ts";
import { rsaSha256Sign } from "#lib/crypto/rsa.ts";
import type { Caller, Payment } from "#lib/dialects/backend.ts";
import { shownParameters } from "#lib/dialects/shown.ts";

/** Who asked, and when: what the parameters depend on beside the payment. */
export interface Asked {
  caller: Caller;
  receivedAt: Date;
}

/**
 * What a wallet's own SDK takes. The gateway computes these with its WeChat and Alipay contracts; here app ids, partner
 * numbers and the wallet's key are derived from the account, so the same payment always gets the same ones.
 */

/** For WeixinJSBridge.invoke('getBrandWCPayRequest', …): seeds/000 §4.1 step 3, fields as WeChat documents them. No order number. */
export function jsapiParameters(payment: Payment, call: Asked): Record<string, string> {
  const shown = shownParameters(payment);
  if (shown) return shown;
  const parameters = {
    appId: payment.appId ?? appIdOf(payment),
    timeStamp: secondsOf(call),
    nonceStr: nonce(payment, call),
    package: `prepay_id=${payment.code}`,
    signType: "MD5",
  };
  return { ...parameters, paySign: walletSign(parameters, call) };
}

/** seeds/000 §4.4 step 3: the caller builds `package` from prepay_id, so that is what is signed. */
export function miniProgramParameters(payment: Payment, call: Asked): Record<string, string> {
  const parameters = jsapiParameters(payment, call);
  const { timeStamp = "", nonceStr = "", paySign = "", package: prepay = "" } = parameters;
  return { timeStamp, prepay_id: prepay.replace(/^prepay_id=/, ""), nonceStr, paySign, order_no: payment.no };
}

/** seeds/000 §4.5: the app SDK's names; WeChat signs the same values under lower-case ones. */
export function appParameters(payment: Payment, call: Asked): Record<string, string> {
  const shown = shownParameters(payment);
  if (shown) return { ...shown, order_no: payment.no };
  const appid = payment.appId ?? appIdOf(payment);
  const partnerid = partnerOf(payment);
  const noncestr = nonce(payment, call);
  const timestamp = secondsOf(call);
  const sign = walletSign({ appid, partnerid, noncestr, timestamp, prepayid: payment.code, package: "Sign=WXPay" }, call);
  return {
    appid,
    nonceStr: noncestr,
    order_no: payment.no,
    packageValue: "Sign=WXPay",
    partnerId: partnerid,
    prepayId: payment.code,
    sign,
    timeStamp: timestamp,
  };
}

/** seeds/000 §6.2.1: Alipay's mobile.securitypay.pay order string, quoted values, signed by the gateway. */
export function alipayPrepayString(payment: Payment, call: Asked): string {
  const shown = shownParameters(payment);
  if (shown) return shown.prepay_string ?? "";
  const partner = `2088${partnerOf(payment)}${partnerOf(payment).slice(0, 4)}`;
  const fields = {
    _input_charset: "utf-8",
    body: payment.subject,
    currency: payment.currency,
    forex_biz: "FP",
    out_trade_no: payment.no,
    partner,
    payment_type: "1",
    seller_id: partner,
    service: "mobile.securitypay.pay",
    subject: payment.subject,
    total_fee: payment.amount,
  };
  // A quotation mark would end the value.
  const text = Object.entries(fields)
    .map(([name, value]) => `${name}="${value.replaceAll('"', "")}"`)
    .join("&");
  const sign = encodeURIComponent(rsaSha256Sign(text, gatewayKey(call)));
  return `${text}&sign="${sign}"&sign_type="RSA"`;
}

/** WeChat's MD5 over the sorted fields and a key, upper case; the key is derived from the account. */
export function walletSign(fields: Readonly<Record<string, string>>, call: Asked): string {
  const text = Object.entries(fields)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  return md5Hex(`${text}&key=${sha256Hex(gatewayKey(call)).slice(0, 32)}`).toUpperCase();
}

function gatewayKey(call: Asked): string {
  const key = call.caller.gatewayPrivateKey;
  if (key === null) throw new Error(`HipoPay account ${call.caller.callerNo} has no gateway key`);
  return key;
}

export function appIdOf(payment: Payment): string {
  return `wx${sha256Hex(payment.merchantNo).slice(0, 16)}`;
}

export function partnerOf(payment: Payment): string {
  const digits = BigInt(`0x${sha256Hex(payment.merchantNo).slice(0, 12)}`) % 100_000_000n;
  return digits.toString().padStart(8, "0");
}

function nonce(payment: Payment, call: Asked): string {
  return sha256Hex(`${payment.no},${call.receivedAt.getTime()}`).slice(0, 32);
}

function secondsOf(call: Asked): string {
  return Math.floor(call.receivedAt.getTime() / 1000).toString();
}
