import { COLUMNS, type ContextName, type Language, type MethodName } from "./tables.ts";
import { REASONS, type Reason } from "./words.ts";

/** The ways to pay that can be used in each browser (peers.md, Shopper's page), of all that the matrix's shop has. */
export const USABLE: Readonly<Record<ContextName, readonly MethodName[]>> = {
  wechat_ios: ["wechat.jsapi", "wechat.mp_desk", "bank.transfer"],
  wechat_android: ["wechat.jsapi", "wechat.mp_desk", "bank.transfer"],
  wecom: ["wechat.native", "bank.transfer"],
  wechat_mini: [],
  alipay: ["alipay.wap", "alipay.jsapi", "alipay.personal", "bank.transfer"],
  unionpay: ["unionpay.wap", "unionpay.quick", "unionpay.qr", "bank.transfer"],
  qq: ["qq.h5", "qq.native", "bank.transfer"],
  phone: [
    ...(["wechat.native", "wechat.h5", "alipay.qr", "alipay.wap", "alipay.personal", "qq.native", "qq.h5"] as const),
    ...(["unionpay.qr", "unionpay.wap", "unionpay.quick", "jd.native", "jd.h5", "baidu.wallet", "bank.transfer"] as const),
  ],
  tablet: [
    ...(["wechat.native", "wechat.desk", "alipay.web", "alipay.qr", "alipay.wap", "alipay.desk", "alipay.personal", "qq.native"] as const),
    ...(["unionpay.qr", "unionpay.gateway", "unionpay.wap", "unionpay.quick", "jd.native", "baidu.wallet", "bank.transfer"] as const),
  ],
  desktop: [
    ...(["wechat.native", "wechat.desk", "alipay.web", "alipay.qr", "alipay.desk", "alipay.personal", "qq.native"] as const),
    ...(["unionpay.qr", "unionpay.gateway", "unionpay.quick", "jd.native", "baidu.wallet", "bank.transfer"] as const),
  ],
};

/** What a method wants that is not here. */
const WANTS: Readonly<Record<MethodName, Exclude<Reason, "blocked">>> = {
  ...{ "wechat.jsapi": "wechat", "wechat.mp_desk": "wechat", "alipay.jsapi": "alipay" },
  ...{ "wechat.desk": "computer", "alipay.web": "computer", "alipay.desk": "computer", "unionpay.gateway": "computer" },
  ...{ "wechat.native": "screen", "alipay.qr": "screen", "qq.native": "screen", "unionpay.qr": "screen", "jd.native": "screen" },
  ...{ "wechat.h5": "phone", "alipay.wap": "phone", "alipay.personal": "phone", "qq.h5": "phone", "unionpay.wap": "phone" },
  ...{ "unionpay.quick": "phone", "jd.h5": "phone", "baidu.wallet": "phone", "bank.transfer": "phone" },
};

/** The apps whose browsers these are, as a sentence begins with them. */
export const APPS: Partial<Record<ContextName, Readonly<Record<Language, string>>>> = {
  wechat_ios: { "zh-CN": "微信", "zh-HK": "微信", en: "WeChat" },
  wechat_android: { "zh-CN": "微信", "zh-HK": "微信", en: "WeChat" },
  wecom: { "zh-CN": "企业微信", "zh-HK": "企業微信", en: "WeCom" },
  wechat_mini: { "zh-CN": "小程序", "zh-HK": "小程序", en: "A mini program" },
  alipay: { "zh-CN": "支付宝", "zh-HK": "支付寶", en: "Alipay" },
  unionpay: { "zh-CN": "云闪付", "zh-HK": "雲閃付", en: "The UnionPay app" },
  qq: { "zh-CN": "QQ", "zh-HK": "QQ", en: "QQ" },
};

/** The sentence under each way to pay that cannot be used in this browser. */
export function refusals(context: ContextName, language: Language): Record<string, string> {
  const app = APPS[context]?.[language];
  const out = COLUMNS.method.filter((method) => !USABLE[context].includes(method));
  return Object.fromEntries(out.map((method) => [method, REASONS[reasonOf(context, method)][language].replace("{app}", app ?? "")]));
}

/** Inside an app the phone's own browser is one step away; a mini program's page cannot even show what WeChat's browser can. */
function reasonOf(context: ContextName, method: MethodName): Reason {
  const wants = WANTS[method];
  if (context === "wechat_mini") return wants === "computer" || wants === "alipay" ? wants : "blocked";
  return APPS[context] && wants === "phone" ? "blocked" : wants;
}
