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

/** Browsers inside a wallet's (or a chat's) own app, which open other wallets' pages badly or not at all. */
export const IN_APP = ["wechat", "wecom", "wechat_mini", "alipay", "unionpay", "qq"] as const satisfies readonly Browser[];
export type InApp = (typeof IN_APP)[number];

export function isInApp(browser: Browser): browser is InApp {
  return (IN_APP as readonly Browser[]).includes(browser);
}

// Order matters: WeCom and mini-program web-views also say MicroMessenger; in-app browsers also say Mobile. An emulator is
// a phone by its words and a computer by its use: nobody's wallet is in it.
const RULES: readonly (readonly [RegExp, Browser])[] = [
  [/wxwork/i, "wecom"],
  [/miniProgram/i, "wechat_mini"],
  [/MicroMessenger/i, "wechat"],
  [/AlipayClient/i, "alipay"],
  [/UnionPay\/|CloudPay/i, "unionpay"],
  [/ QQ\//, "qq"],
  [/sdk_gphone|Android SDK built for|Emulator|Genymotion|BlueStacks|\bNox\b|\bMuMu\b/i, "tablet"],
  [/iPad|Android(?!.*Mobile)|Tablet/i, "tablet"],
  [/iPhone|iPod|Android.*Mobile|HarmonyOS.*Mobile|Windows Phone|Mobile Safari/i, "phone"],
];

/** Set by the page's script where fingers use a browser that says it is a computer's; read with the User-Agent. */
export const TOUCH_COOKIE = "touch";

/**
 * The kind of browser a User-Agent names; anything unknown is a desktop, where a QR code always works. `touch`: the page saw
 * fingers on what says it is a Macintosh or Linux: an iPad, or a phone asked for the desktop's page. Both are treated as tablets.
 */
export function browserOf(userAgent: string, touch = false): Browser {
  for (const [pattern, browser] of RULES) if (pattern.test(userAgent)) return browser;
  return touch && /Macintosh|X11; Linux/.test(userAgent) ? "tablet" : "desktop";
}
