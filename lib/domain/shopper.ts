/** Where the shopper's browser runs, decided from its User-Agent alone (peers.md, Shopper's page). */
export const BROWSERS = ["wechat", "wecom", "wechat_mini", "alipay", "unionpay", "qq", "phone", "tablet", "desktop"] as const;
export type Browser = (typeof BROWSERS)[number];

/** What a page knows of the shopper. `ip` is the connection's, for gateways that want it. */
export interface Shopper {
  browser: Browser;
  ip: string;
  userAgent: string;
  /** Language the page is shown in. */
  locale: "zh-CN" | "zh-HK" | "en";
}

// Order matters: WeCom and mini-program web-views also say MicroMessenger; in-app browsers also say Mobile.
const RULES: readonly (readonly [RegExp, Browser])[] = [
  [/wxwork/i, "wecom"],
  [/miniProgram/i, "wechat_mini"],
  [/MicroMessenger/i, "wechat"],
  [/AlipayClient/i, "alipay"],
  [/UnionPay\/|CloudPay/i, "unionpay"],
  [/ QQ\//, "qq"],
  [/iPad|Android(?!.*Mobile)|Tablet/i, "tablet"],
  [/iPhone|iPod|Android.*Mobile|HarmonyOS.*Mobile|Windows Phone|Mobile Safari/i, "phone"],
];

/** The kind of browser a User-Agent names; anything unknown is a desktop, where a QR code always works. */
export function browserOf(userAgent: string): Browser {
  for (const [pattern, browser] of RULES) if (pattern.test(userAgent)) return browser;
  return "desktop";
}
