/** The cookie that says which wallet's browser this browser plays in the sandbox's phone frame. */
export const PHONE_COOKIE = "sandbox_phone";
/** Sent by the phone frame on fetches of the framed page, which do not say that they come from a frame. */
export const PHONE_HEADER = "x-sandbox-phone";
/** The shopper's identity in this browser's sandbox wallet: decides the openid. */
export const SHOPPER_COOKIE = "sandbox_shopper";

const PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148";

/** The User-Agents of the wallets' own browsers. */
export const PHONE_AGENTS = {
  wechat: `${PHONE} MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN`,
  alipay: `${PHONE} NebulaSDK/1.8.100112 Nebula AliApp(AP/10.6.0) AlipayClient/10.6.0 Language/zh-Hans`,
  qq: `${PHONE} QQ/9.0.60.622 V1_IPH_SQ_9.0.60_1_APP_A Pixel/1170 NetType/WIFI`,
  unionpay: `${PHONE} (com.unionpay.chsp) (cordova 4.5.4) (updebug 0) (version 1018) UnionPay/1.0 CloudPay`,
  jd: `jdapp;iPhone;13.1.0;;;M/5.0;appBuild/169143;${PHONE};supportJDSHWK/1`,
  baidu: `${PHONE} baiduboxapp/13.60.0.10 (Baidu; P2 17.5)`,
} as const;
export type Phone = keyof typeof PHONE_AGENTS;
export const PHONES = Object.keys(PHONE_AGENTS) as Phone[];

export function isPhone(value: unknown): value is Phone {
  return typeof value === "string" && Object.hasOwn(PHONE_AGENTS, value);
}

/**
 * The User-Agent the server should believe for a request out of the sandbox's phone frame, or null for any other
 * request. It takes the cookie AND a frame (or the frame's own header on a fetch): the rest of the browser, and anybody
 * without the cookie, stays what it is. Pure.
 */
export function phoneHeaders(headers: Headers): { userAgent: string } | null {
  const phone = cookieOf(headers.get("cookie") ?? "", PHONE_COOKIE);
  if (!isPhone(phone)) return null;
  const framed = headers.get("sec-fetch-dest") === "iframe" || headers.get(PHONE_HEADER) === phone;
  return framed ? { userAgent: PHONE_AGENTS[phone] } : null;
}

/** One cookie's value out of a Cookie header, or null. */
export function cookieOf(header: string, name: string): string | null {
  for (const pair of header.split(";", 100)) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}
