import { describe, expect, it } from "vitest";
import { localeOf } from "#lib/i18n/locale.ts";

describe("language of a page", () => {
  it("is the first hint that names one of ours: query, cookie, order, browser", () => {
    const hints = { query: "en", cookie: "zh-CN", order: "zh-HK", acceptLanguage: "zh-CN" };
    expect(localeOf(hints)).toBe("en");
    expect(localeOf({ ...hints, query: null })).toBe("zh-CN");
    expect(localeOf({ ...hints, query: "fr", cookie: "xx" })).toBe("zh-HK");
    expect(localeOf({ acceptLanguage: "fr, zh-TW;q=0.8, en;q=0.5" })).toBe("zh-HK");
  });

  it.each([
    ["zh", "zh-CN"],
    ["zh-Hans-HK", "zh-CN"],
    ["zh-Hant", "zh-HK"],
    ["zh_HK", "zh-HK"],
    ["yue", "zh-HK"],
    ["zh-SG", "zh-CN"],
    ["en-AU", "en"],
  ])("understands %s as %s", (tag, locale) => {
    expect(localeOf({ query: tag })).toBe(locale);
  });

  it("honours qualities, and a quality of zero means never", () => {
    expect(localeOf({ acceptLanguage: "en;q=0.1, zh-HK;q=0.9" })).toBe("zh-HK");
    expect(localeOf({ acceptLanguage: "zh-CN;q=0, de" })).toBe("en");
  });

  it("is English for anything else, however strange", () => {
    for (const odd of ["", ";;;,,,", "q=1", "-".repeat(5000), "*"]) expect(localeOf({ query: odd, acceptLanguage: odd })).toBe("en");
  });
});
