import type { Browser } from "#lib/domain/shopper.ts";
import { PHONE_AGENTS } from "#lib/sandbox/phone.ts";
import { ALIPAY, PHONE, WECHAT } from "../support/checkout.ts";

/** The columns of the matrix. What comes of a row is in words.ts and outcomes.ts: nothing here is read from the product's tables. */
export const COLUMNS = {
  context: ["wechat_ios", "wechat_android", "wecom", "wechat_mini", "alipay", "unionpay", "qq", "phone", "tablet", "desktop"],
  method: [
    ...["wechat.jsapi", "wechat.native", "wechat.h5", "wechat.desk", "wechat.mp_desk"],
    ...["alipay.web", "alipay.qr", "alipay.wap", "alipay.jsapi", "alipay.desk", "alipay.personal"],
    ...["qq.native", "qq.h5", "unionpay.qr", "unionpay.gateway", "unionpay.wap", "unionpay.quick"],
    ...["jd.native", "jd.h5", "baidu.wallet", "bank.transfer"],
  ] as readonly MethodName[],
  outcome: ["paid", "declined", "expired", "late", "offline", "duplicate"],
  language: ["zh-CN", "zh-HK", "en"],
  script: ["on", "off"],
} as const;

export type ContextName = (typeof COLUMNS.context)[number];
export type Outcome = (typeof COLUMNS.outcome)[number];
export type Language = (typeof COLUMNS.language)[number];
export type MethodName =
  | `wechat.${"jsapi" | "native" | "h5" | "desk" | "mp_desk"}`
  | `alipay.${"web" | "qr" | "wap" | "jsapi" | "desk" | "personal"}`
  | `qq.${"native" | "h5"}`
  | `unionpay.${"qr" | "gateway" | "wap" | "quick"}`
  | `jd.${"native" | "h5"}`
  | "baidu.wallet"
  | "bank.transfer";

export interface Case {
  context: ContextName;
  method: MethodName;
  outcome: Outcome;
  language: Language;
  script: "on" | "off";
}

const TABLET = "Mozilla/5.0 (Linux; Android 14; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";

/** Where the shopper is: what Playwright makes that browser with, and what the product calls it. */
export const CONTEXTS: Readonly<Record<ContextName, { browser: Browser; device: object }>> = {
  wechat_ios: { browser: "wechat", device: { ...PHONE, userAgent: PHONE_AGENTS.wechat } },
  wechat_android: { browser: "wechat", device: WECHAT },
  wecom: { browser: "wecom", device: { ...WECHAT, userAgent: WECHAT.userAgent.replace("MicroMessenger", "wxwork/4.1.22 MicroMessenger") } },
  wechat_mini: { browser: "wechat_mini", device: { ...WECHAT, userAgent: `${WECHAT.userAgent} miniProgram/wx0000000000000000` } },
  alipay: { browser: "alipay", device: ALIPAY },
  unionpay: { browser: "unionpay", device: { ...PHONE, userAgent: PHONE_AGENTS.unionpay } },
  qq: { browser: "qq", device: { ...PHONE, userAgent: PHONE_AGENTS.qq } },
  phone: { browser: "phone", device: PHONE },
  tablet: { browser: "tablet", device: { userAgent: TABLET, viewport: { width: 820, height: 1180 }, hasTouch: true } },
  desktop: { browser: "desktop", device: {} },
};

/** The gateways whose accounts the matrix's shop has, in the order in which it tries them. */
export const GATEWAYS = ["hipopay-agent", "xxpay", "fengniao"] as const;

export interface MethodFacts {
  /** The first of the shop's gateways that has it. */
  gateway: (typeof GATEWAYS)[number];
  /** What the shopper is shown next. */
  shows: "qr" | "iframe" | "redirect" | "form" | "jsapi";
  /** Answers to what is asked first, by their names in the form. */
  answers?: Readonly<Record<string, string>>;
  /** The document closes such payments (nobody can pay late), and has the same word for one that was declined. */
  closes?: true;
}

const PAYER = { payer_bank: "HPT00002", payer_name: "张三", payer_account: "6222020000000000123" };

export const METHODS: Readonly<Record<MethodName, MethodFacts>> = {
  "wechat.jsapi": { gateway: "hipopay-agent", shows: "jsapi" },
  "wechat.native": { gateway: "hipopay-agent", shows: "qr" },
  "wechat.h5": { gateway: "xxpay", shows: "redirect" },
  "wechat.desk": { gateway: "hipopay-agent", shows: "redirect" },
  "wechat.mp_desk": { gateway: "hipopay-agent", shows: "redirect" },
  "alipay.web": { gateway: "hipopay-agent", shows: "iframe" },
  "alipay.qr": { gateway: "hipopay-agent", shows: "qr" },
  "alipay.wap": { gateway: "hipopay-agent", shows: "redirect" },
  "alipay.jsapi": { gateway: "xxpay", shows: "redirect" },
  "alipay.desk": { gateway: "hipopay-agent", shows: "redirect" },
  "alipay.personal": { gateway: "fengniao", shows: "redirect", closes: true },
  "qq.native": { gateway: "xxpay", shows: "qr" },
  "qq.h5": { gateway: "xxpay", shows: "redirect" },
  "unionpay.qr": { gateway: "xxpay", shows: "qr" },
  "unionpay.gateway": { gateway: "fengniao", shows: "redirect", answers: { bank: "01050000", card: "debit" } },
  "unionpay.wap": { gateway: "fengniao", shows: "redirect", answers: { card_number: "6222020200112233446" } },
  "unionpay.quick": { gateway: "xxpay", shows: "redirect" },
  "jd.native": { gateway: "xxpay", shows: "qr" },
  "jd.h5": { gateway: "xxpay", shows: "redirect" },
  "baidu.wallet": { gateway: "xxpay", shows: "redirect" },
  "bank.transfer": { gateway: "xxpay", shows: "redirect", answers: PAYER },
};

/** In these browsers one method begins by itself: the only one made for them. */
export const BEGINS: Partial<Record<ContextName, MethodName>> = {
  wechat_ios: "wechat.jsapi",
  wechat_android: "wechat.jsapi",
  qq: "qq.h5",
};
