import { expect, type Page } from "@playwright/test";
import type { LOCALES } from "./looks.ts";

/** Names that are the same in every language, numbers, addresses, and what people themselves wrote: the shop, its goods. */
const NAMES =
  /Shouyin|HipoPay|link:\S*|Demo Shop|Demo order|Pay any amount|Pay in yuan|Noodles|Shop [0-9a-f]{8}|Sandbox|English|JavaScript|API|CSV|App|PC|QQ|GMT|HKT|HKD|HK\$|CNY|[A-Z]{2,3}\$|[\w.-]+@[\w.-]+|https?:\S+|Asia\/\w+|[\w.:…-]*\d[\w.:…-]*/gi;
const CHINESE_NAMES = /简体中文|繁體中文|收银体验|演示商店|自助付款|人民币收款|一碗麵|测试员|收银|(?<=^|· )[演收](?= ·)/g;

// Signs that only one of the two scripts has, in words these pages use.
const FOREIGN = {
  en: /[\u4e00-\u9fff]/,
  "zh-CN": /[a-z]{3,}|[請銀錢碼訂單執繼續關閉時間發現錯誤載頁為]/i,
  "zh-HK": /[a-z]{3,}|[请银钱码订单执继续关闭时间发现错误载页为]/i,
} as const satisfies Record<(typeof LOCALES)[number], RegExp>;

/** Nothing on the page, nor its title, is in another language than `locale`. `known` are more names, e.g. a gateway's. */
export async function expectOnly(page: Page, locale: (typeof LOCALES)[number], known: RegExp = /(?!)/g): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("lang", locale);
  const words = (await page.locator("body").innerText()).replaceAll("\n", " · ");
  const own = `${words} · ${await page.title()}`.replaceAll(known, "").replaceAll(NAMES, "").replaceAll(CHINESE_NAMES, "");
  expect(own, locale).not.toMatch(FOREIGN[locale]);
}
