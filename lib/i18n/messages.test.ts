import { describe, expect, it } from "vitest";
import { PROBLEMS } from "#lib/domain/errors.ts";
import { METHODS } from "#lib/domain/methods.ts";
import { AREAS, type Area, CATALOGUES, ENGLISH } from "#lib/i18n/catalogue.ts";
import { LOCALES, type Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

const HAN = /\p{Script=Han}/u;
// Words that stay as they are in every language: names, codes, units, and addresses.
const NAMES = /\b(Shouyin|App|JavaScript|CNY|https?|WeChat|Alipay|UnionPay|QQ|JD|PC|ID|URL|API|JSON|CSV|QR|Webhook|webhook|PostgreSQL)\b/g;

/** Every message of an area by its dotted key. */
function flat(messages: object, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === "string") found.set(prefix + key, value);
    else for (const [inner, text] of flat(value as object, `${prefix}${key}.`)) found.set(inner, text);
  }
  return found;
}

const messagesOf = (locale: Locale, area: Area) => flat(CATALOGUES[locale][area]);
/** The arguments a message takes: `{name}` and `{name, plural, …}`. */
const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\s*[,}]/g)].map((match) => match[1]))].sort();

describe.each(AREAS)("messages of %s", (area) => {
  const english = messagesOf("en", area);

  it.each(LOCALES)("%s has exactly the keys of English, in its order", (locale) => {
    expect([...messagesOf(locale, area).keys()]).toEqual([...english.keys()]);
  });

  it.each(LOCALES)("%s asks for the same values in every sentence", (locale) => {
    for (const [key, text] of messagesOf(locale, area))
      expect({ key, takes: placeholders(text) }).toEqual({ key, takes: placeholders(english.get(key) ?? "") });
  });

  it("English contains no Chinese but the product's own name", () => {
    const leaks = [...english].filter(([, text]) => HAN.test(text.replaceAll(/收银|简体中文|繁體中文|收銀/g, "")));
    expect(leaks).toEqual([]);
  });

  it.each(["zh-CN", "zh-HK"] as const)("%s has no sentence left in English", (locale) => {
    const bare = (text: string) => text.replaceAll(/\{[^{}]*\}|`[^`]*`|https?:\/\/\S*/g, " ").replaceAll(NAMES, " ");
    const leaks = [...messagesOf(locale, area)].filter(([, text]) => !HAN.test(text) && /[a-z]{3,}\s+[a-z]{2,}/i.test(bare(text)));
    expect(leaks).toEqual([]);
  });

  it.each(LOCALES)("%s is well formed: every message can be said", (locale) => {
    const t = translator(locale, area) as unknown as (key: string, values: Record<string, unknown>) => string;
    for (const [key, text] of messagesOf(locale, area)) {
      const values = Object.fromEntries(placeholders(text).map((name) => [name ?? "", 3]));
      expect(t(key, values).length, key).toBeGreaterThan(0);
    }
  });
});

describe("tables and messages", () => {
  it("every problem has a sentence, and no sentence lacks a problem", () => {
    expect(Object.keys(ENGLISH.problem).sort()).toEqual([...PROBLEMS].sort());
  });

  it("every method has a name", () => {
    const names = messagesOf("en", "checkout");
    expect(METHODS.filter((method) => !names.has(`method.${method}`))).toEqual([]);
  });

  // Characters that exist in one script only; a text copied from the other language has some of them.
  const SIMPLIFIED =
    /[这为们国对时从动与东书买卖报边变标别参产车称处带单当电调订断队额发饭费风该刚给个关观规还话换会获机极几记计际间检见将讲奖结进经旧举剧据开来乐离联练两灵录马么门难脑内农欧盘贫评轻请权确热认伤设审声师识实试适输数双虽随态条铁听头团湾网卫问无务误戏显现线响项协写选学询压验样页业应营拥优预愿阅运杂则责贼张账针镇证织职种专转状总组钱]/u;
  const TRADITIONAL =
    /[這為們國對時從動與東書買賣報邊變標別參產車稱處帶單當電調訂斷隊額發飯費風該剛給個關觀規還話換會獲機極幾記計際間檢見將講獎結進經舊舉劇據開來樂離聯練兩靈錄馬麼門難腦內農歐盤貧評輕請權確熱認傷設審聲師識實試適輸數雙雖隨態條鐵聽頭團灣網衛問無務誤戲顯現線響項協寫選學詢壓驗樣頁業應營擁優憂預願閱運雜則責張賬針鎮證織職種專轉狀總組錢]/u;

  it.each(AREAS)("%s: zh-CN is written in Simplified and zh-HK in Traditional characters", (area) => {
    expect([...messagesOf("zh-CN", area)].filter(([, text]) => TRADITIONAL.test(text.replaceAll("繁體中文", "")))).toEqual([]);
    expect([...messagesOf("zh-HK", area)].filter(([, text]) => SIMPLIFIED.test(text.replaceAll("简体中文", "")))).toEqual([]);
  });
});
