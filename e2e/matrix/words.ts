import type { Language, Outcome } from "./tables.ts";

/** What a shopper reads at the end, word for word: the heading, and one more sentence where the state has one of its own. */
export interface Ending {
  view: "paid" | "failed" | "expired";
  detail: "paid" | "paid_late" | "declined" | "expired";
  heading: Readonly<Record<Language, string>>;
  sentence: Readonly<Record<Language, string>>;
}

const PAID: Ending = {
  ...{ view: "paid", detail: "paid" },
  heading: { "zh-CN": "付款成功", "zh-HK": "付款成功", en: "Paid" },
  sentence: { "zh-CN": "已收到您的付款。", "zh-HK": "已收到你的付款。", en: "has your payment." },
};

export const DECLINED: Ending = {
  ...{ view: "failed", detail: "declined" },
  heading: { "zh-CN": "付款未成功", "zh-HK": "付款未能完成", en: "The payment did not go through" },
  sentence: { "zh-CN": "没有扣款。", "zh-HK": "並無扣款。", en: "Nothing was charged." },
};

export const EXPIRED: Ending = {
  ...{ view: "expired", detail: "expired" },
  heading: { "zh-CN": "付款时间已过", "zh-HK": "付款時限已過", en: "The time to pay has run out" },
  sentence: { "zh-CN": "请勿重复付款", "zh-HK": "請勿重複付款", en: "Do not pay again" },
};

const LATE: Ending = {
  ...{ view: "paid", detail: "paid_late" },
  heading: PAID.heading,
  sentence: {
    "zh-CN": "您的付款在付款时限之后到账。",
    "zh-HK": "你的付款在付款時限後才到帳。",
    en: "Your payment arrived after the time to pay had run out.",
  },
};

export const ENDINGS: Readonly<Record<Outcome, Ending>> = {
  ...{ paid: PAID, declined: DECLINED, expired: EXPIRED, late: LATE, offline: PAID, duplicate: PAID },
};

export const OFFLINE: Readonly<Record<Language, string>> = {
  "zh-CN": "您已离线。",
  "zh-HK": "你已離線。",
  en: "You are offline.",
};

/** Why a way to pay cannot be used where the shopper is; `{app}` is the app whose browser it is. */
export const REASONS = {
  wechat: { "zh-CN": "仅可在微信内使用。", "zh-HK": "只可在微信內使用。", en: "Only inside WeChat." },
  alipay: { "zh-CN": "仅可在支付宝 App 内使用。", "zh-HK": "只可在支付寶應用程式內使用。", en: "Only inside the Alipay app." },
  phone: { "zh-CN": "仅可在手机上使用。", "zh-HK": "只可在手機上使用。", en: "Only on a phone." },
  computer: { "zh-CN": "仅可在电脑上使用。", "zh-HK": "只可在電腦上使用。", en: "Only on a computer." },
  screen: { "zh-CN": "请用电脑打开。", "zh-HK": "請用電腦開啟。", en: "Open this page on a computer." },
  blocked: {
    "zh-CN": "{app}内无法使用，请在浏览器中打开本页。",
    "zh-HK": "{app}內未能使用，請在瀏覽器開啟本頁。",
    en: "{app} blocks it. Open this page in your browser.",
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>;
export type Reason = keyof typeof REASONS;
