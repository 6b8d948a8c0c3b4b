/** All that the script itself says: the button, waiting, the close button, the frame's title. The checkout speaks for itself. */
const WORDS = {
  en: ["Pay", "Opening the checkout…", "Close", "Checkout"],
  "zh-CN": ["付款", "正在打开收银台…", "关闭", "收银台"],
  "zh-HK": ["付款", "正在開啟收銀台…", "關閉", "收銀台"],
} as const;

export type Language = keyof typeof WORDS;

/** The language a tag means: Traditional Chinese of any place is ours of Hong Kong; undefined when we do not speak it. */
export function languageOf(tag: string): Language | undefined {
  if (/^zh-(hk|tw|mo|hant)/i.test(tag)) return "zh-HK";
  return /^zh/i.test(tag) ? "zh-CN" : /^en/i.test(tag) ? "en" : undefined;
}

/** The words in a language, or in the browser's own. */
export function wordsOf(language: Language | undefined): readonly [string, string, string, string] {
  return WORDS[language || languageOf(navigator.language) || "en"];
}
