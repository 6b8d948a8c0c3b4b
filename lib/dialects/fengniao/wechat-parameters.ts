import { md5Hex, sha256Hex } from "#lib/crypto/digest.ts";
import type { Payment } from "#lib/dialects/backend.ts";
import type { Call } from "#lib/dialects/fengniao/call.ts";
import { shownParameters } from "#lib/dialects/shown.ts";

/**
 * `pay_info`, for WeixinJSBridge.invoke('getBrandWCPayRequest', …): seeds/004 §2.2. The gateway signs these with its WeChat
 * contract's key; here that key, and an app id the caller did not name, are derived from the account.
 */
export function payInfo(payment: Payment, { caller, receivedAt }: Call): Record<string, string> {
  const shown = shownParameters(payment);
  if (shown) return shown;
  const parameters = {
    appId: payment.appId ?? `wx${sha256Hex(payment.merchantNo).slice(0, 16)}`,
    timeStamp: Math.floor(receivedAt.getTime() / 1000).toString(),
    nonceStr: sha256Hex(`${payment.no},${receivedAt.getTime()}`).slice(0, 32),
    package: `prepay_id=${payment.code}`,
    signType: "MD5",
  };
  const text = Object.entries(parameters)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const key = sha256Hex(`wechat,${caller.secret}`).slice(0, 32);
  return { ...parameters, paySign: md5Hex(`${text}&key=${key}`).toUpperCase() };
}
