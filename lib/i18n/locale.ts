/** The languages of every page, in the order the switch shows them. */
export const LOCALES = ["zh-CN", "zh-HK", "en"] as const;
export type Locale = (typeof LOCALES)[number];

/** How each language names itself. */
export const LOCALE_NAMES = { "zh-CN": "简体中文", "zh-HK": "繁體中文", en: "English" } as const satisfies Record<Locale, string>;

/** Remembers the shopper's own choice of language. */
export const LOCALE_COOKIE = "lang";

/** What a request says about language, strongest first: `?lang=`, our cookie, the order's wish, the browser's list. */
export interface LocaleHints {
  query?: string | null | undefined;
  cookie?: string | null | undefined;
  order?: string | null | undefined;
  acceptLanguage?: string | null | undefined;
}

/** True for exactly our three tags. */
export function isLocale(value: unknown): value is Locale {
  return typeof value === "string" && (LOCALES as readonly string[]).includes(value);
}

/** The language to show: the first hint that names one of ours, else English. Never fails, whatever it is given. */
export function localeOf(hints: LocaleHints): Locale {
  for (const hint of [hints.query, hints.cookie, hints.order]) {
    const known = hint ? match(hint) : null;
    if (known) return known;
  }
  for (const tag of preferred(hints.acceptLanguage ?? "")) {
    const known = match(tag);
    if (known) return known;
  }
  return "en";
}

/** One of ours for a BCP 47 tag: Traditional script or a region that writes it → zh-HK, other Chinese → zh-CN. */
function match(tag: string): Locale | null {
  if (tag.length > 35) return null;
  const parts = tag.toLowerCase().replaceAll("_", "-").split("-");
  if (parts[0] === "en") return "en";
  if (parts[0] !== "zh" && parts[0] !== "yue") return null;
  if (parts.includes("hans")) return "zh-CN";
  const traditional = parts[0] === "yue" || ["hant", "hk", "mo", "tw"].some((part) => parts.includes(part));
  return traditional ? "zh-HK" : "zh-CN";
}

/** Tags of an Accept-Language header, best quality first; at most ten are looked at. */
function preferred(header: string): string[] {
  return header
    .slice(0, 400)
    .split(",", 10)
    .map((entry, index) => {
      const [tag = "", ...rest] = entry.trim().split(";");
      const quality = /^\s*q=([01](?:\.\d{1,3})?)\s*$/.exec(rest.join(";"))?.[1];
      return { tag, weight: quality === undefined ? 1 : Number(quality), index };
    })
    .filter((one) => one.tag !== "" && one.weight > 0)
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
    .map((one) => one.tag);
}
