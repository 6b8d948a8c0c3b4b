/** What a browser says of itself, as far as a person needs it to know their own device again. */
export interface Device {
  /** A name people know, e.g. "Chrome"; null when it names none of those below. */
  browser: string | null;
  system: string | null;
}

// First match wins: apps' own browsers and Chrome's many relatives also say "Chrome" and "Safari".
const BROWSERS = [
  ["WeChat", /MicroMessenger\//],
  ["Alipay", /AlipayClient\//],
  ["DingTalk", /DingTalk\//],
  ["Feishu", /(?:Feishu|Lark)\//],
  ["Edge", /Edg(?:e|A|iOS)?\//],
  ["Opera", /OPR\//],
  ["Samsung Internet", /SamsungBrowser\//],
  ["UC", /UC(?:Browser|WEB)/],
  ["QQ", /M?QQBrowser\//],
  ["360", /360SE|360EE|QihooBrowser/],
  ["Huawei", /HuaweiBrowser\//],
  ["Firefox", /(?:Firefox|FxiOS)\//],
  ["Chrome", /(?:Chrome|CriOS|HeadlessChrome)\//],
  ["Safari", /Version\/[\d.]+.*Safari\//],
  ["curl", /^curl\//],
] as const;

const SYSTEMS = [
  ["HarmonyOS", /HarmonyOS|OpenHarmony/],
  ["iPhone", /iPhone/],
  ["iPad", /iPad/],
  ["Android", /Android/],
  ["Windows", /Windows NT/],
  ["macOS", /Macintosh|Mac OS X/],
  ["ChromeOS", /CrOS/],
  ["Linux", /Linux|X11/],
] as const;

/** Reads a User-Agent. It is what the browser claims: good to recognise one's own device by, no proof of anything. */
export function deviceOf(userAgent: string): Device {
  const named = (names: readonly (readonly [string, RegExp])[]) => names.find(([, mark]) => mark.test(userAgent))?.[0] ?? null;
  return { browser: named(BROWSERS), system: named(SYSTEMS) };
}
