import { expect, it } from "vitest";
import { languageOf, wordsOf } from "./words.ts";

it("speaks the language a page says it is in, Traditional Chinese of any place as in Hong Kong, and nothing else", () => {
  const tags = ["zh", "zh-CN", "zh-Hans", "zh-SG", "zh-HK", "zh-TW", "zh-MO", "zh-Hant-TW", "ZH-hk", "en", "en-GB", "fr", "", "x-zh"];
  expect(tags.map(languageOf)).toEqual([
    ...["zh-CN", "zh-CN", "zh-CN", "zh-CN", "zh-HK", "zh-HK", "zh-HK", "zh-HK", "zh-HK", "en", "en"],
    ...[undefined, undefined, undefined],
  ]);
  expect(wordsOf("zh-HK")).toEqual(["付款", "正在開啟收銀台…", "關閉", "收銀台"]);
});
