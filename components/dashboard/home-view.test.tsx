import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { HomeAttentionProps } from "#components/dashboard/home-attention.tsx";
import type { Figures } from "#components/dashboard/home-shape.ts";
import { HomeView } from "#components/dashboard/home-view.tsx";
import { LOCALES, type Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

/** A Friday, 18:48 in Hong Kong. */
const NOW = new Date("2026-11-20T10:48:00Z");
const HKD = { currency: "HKD", count: 1 };
const FIGURES: Figures = {
  today: "2026-11-20",
  until: null,
  days: [
    { ...HKD, day: "2026-11-20", count: 3, amount: 90_000n },
    { ...HKD, day: "2026-11-19", count: 2, amount: 180_000n },
    { ...HKD, day: "2026-11-13", amount: 120_000n },
    { day: "2026-11-20", currency: "CNY", count: 1, amount: 5_000n },
  ],
  hours: [
    { ...HKD, back: 0, hour: 9, amount: 90_000n },
    { ...HKD, back: 1, hour: 9, amount: 45_000n },
    { ...HKD, back: 1, hour: 20, amount: 135_000n },
    { ...HKD, back: 7, hour: 10, amount: 120_000n },
  ],
  byNow: [
    { ...HKD, back: 1, amount: 60_000n },
    { ...HKD, back: 7, amount: 120_000n },
    { currency: "CNY", back: 7, count: 1, amount: 5_000n },
  ],
  steps: { opened: 8, chosen: 6, shown: 6, paid: 3, ended: 4 },
  channels: [
    { accountId: "acc_a", method: "alipay.qr", tried: 1, paid: 1, ended: 1 },
    { accountId: "acc_b", method: "wechat.native", tried: 5, paid: 2, ended: 4 },
    { accountId: "acc_c", method: "wechat.native", tried: 2, paid: 0, ended: 0 },
  ],
};
const ACCOUNTS = [
  { id: "acc_a", title: "Shop A", gateway: "hipopay-agent", gatewayTitle: "HipoPay" },
  { id: "acc_b", title: "Shop B", gateway: "hipopay-agent", gatewayTitle: "HipoPay" },
  { id: "acc_c", title: "Shop C", gateway: "xxpay", gatewayTitle: "XxPay" },
];
const none = { count: 0, oldest: null };
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const CALM = {
  ...{ review: none, unclear: none, waitingRefunds: none, openRefunds: none, orphans: none, mismatches: none },
  ...{ deadDeliveries: none, stoppedEndpoints: none, pausedChannels: none, lateQuestions: none, lateDeliveries: none },
};

function drawn(locale: Locale, figures = FIGURES, attention: Partial<HomeAttentionProps> = {}): string {
  const [t, d] = [translator(locale, "overview"), translator(locale, "dashboard")];
  const choice = { mode: "live", days: 7, currency: null } as const;
  const reading = { locale, timeZone: "Asia/Hong_Kong" };
  return renderToStaticMarkup(
    <HomeView
      look={{ t, d, reading, now: NOW, figures, choice, address: () => "/dashboard" }}
      modes={{ live: true, test: false }}
      accounts={ACCOUNTS}
      attention={{ merchantId: "mer_1", counts: CALM, review: [], countMax: 999, may: () => true, ...attention }}
    />,
  );
}

const words = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
const all = (html: string, tag: string) => [...html.matchAll(new RegExp(`<${tag}[ >].*?</${tag}>`, "gs"))].map(([one]) => one);
const part = (html: string, heading: string) => {
  const found = all(html, "section").find((one) => one.includes(`aria-labelledby="${heading}"`));
  if (!found) throw new Error(`no section ${heading}`);
  return found;
};
/** Everything about how it worked, the last of the screen. */
const worked = (html: string) => html.slice(html.indexOf('aria-labelledby="worked"'));
/** Every table's rows as cells' words, heads left out. */
const tables = (html: string) =>
  all(html, "table").map((table) =>
    all(table, "tr")
      .slice(1)
      .map((row) => [...row.matchAll(/<(t[hd])[ >].*?<\/\1>/gs)].map(([cell]) => words(cell))),
  );

/** What the two currencies are held against: more, less, the same, and nothing to hold it against. */
const COMPARED: Record<Locale, string[]> = {
  en: [
    "+50% on yesterday by 18:48 (HK$600.00)",
    "-25% on last Friday by 18:48 (HK$1,200.00)",
    "Nothing yesterday by 18:48",
    "0% on last Friday by 18:48 (CN¥50.00)",
  ],
  "zh-CN": [
    "+50% 较昨日截至 18:48 (HK$600.00)",
    "-25% 较上星期五截至 18:48 (HK$1,200.00)",
    "昨日截至 18:48 无收款",
    "0% 较上星期五截至 18:48 (¥50.00)",
  ],
  "zh-HK": [
    "+50% 較昨日截至 18:48 (HK$600.00)",
    "-25% 較上星期五截至 18:48 (HK$1,200.00)",
    "昨日截至 18:48 未有收款",
    "0% 較上星期五截至 18:48 (CN¥50.00)",
  ],
};

describe.each(LOCALES)("home in %s", (locale) => {
  it("holds today against yesterday and this day a week ago: sign, percent, and no percent of nothing", () => {
    const compared = all(part(drawn(locale), "takings"), "p").map(words);
    expect(compared.slice(0, 4)).toEqual(COMPARED[locale]);
  });

  it("draws the hours as bars and strokes of the table's own figures", () => {
    const takings = part(drawn(locale), "takings");
    const [rows = []] = tables(takings);
    expect(rows).toHaveLength(24);
    const full = (hour: number) => rows[hour]?.map((cell) => cell.replace(/[^\d.,:]/g, ""));
    expect(full(9)).toEqual(["09:00", "900.00", "450.00", "0.00"]);
    expect(full(10)).toEqual(["10:00", "0.00", "0.00", "1,200.00"]);
    expect(full(20)).toEqual(["20:00", "0.00", "1,350.00", "0.00"]);
    const drawing = all(takings, "g");
    expect(drawing).toHaveLength(24);
    for (const [hour, [name, today, yesterday]] of rows.entries())
      for (const figure of [name, today, yesterday]) expect(words(all(drawing[hour] ?? "", "title")[0] ?? "")).toContain(figure);
    // The tallest of the chart, yesterday's 20:00, is 120 high: today's 900.00 is two thirds of it.
    expect(drawing[9]).toMatch(/<rect [^>]*height="79.92"[^>]*class="[^"]*fill-jade/);
    expect(drawing[20]).toMatch(/<line [^>]*y1="0"/);
  });

  it("draws thirty days as bars of the table's own figures, each a way to its orders", () => {
    const html = part(drawn(locale), "days");
    const [rows = []] = tables(html);
    const bars = [...html.matchAll(/<a href="[^"]*from=([^&"]+)[^"]*" aria-label="([^"]*)"/g)].map(([, day, label]) => [day, label]);
    expect([rows.length, bars.length]).toEqual([30, 30]);
    expect(rows[0]).toEqual(["2026-11-20", "HK$900.00", "3"]);
    expect(rows[7]).toEqual(["2026-11-13", "HK$1,200.00", "1"]);
    for (const [index, [day, amount, count]] of rows.entries()) {
      const [of, label] = bars[29 - index] ?? [];
      expect(of).toBe(day);
      expect(label).toContain(amount);
      expect(label).toMatch(new RegExp(`\\b${count}\\b`));
    }
  });

  it("has the steps' table say what the bars beside it say", () => {
    const html = part(drawn(locale), "steps");
    const bars = all(html, "li").map((one) => [...one.matchAll(/<rect width="([^"]+)"/g)].map(([, width]) => width)[1]);
    expect(bars).toEqual(["100%", "75%", "75%", "37.5%"]);
    expect(tables(html)[0]?.map((row) => row.slice(1))).toEqual([
      ["8", "100%", "0"],
      ["6", "75%", "2"],
      ["6", "75%", "0"],
      ["3", "37.5%", "3"],
    ]);
  });

  it("adds a gateway's accounts up, and puts them beneath it where there are several", () => {
    const rates = tables(worked(drawn(locale))).at(-1) ?? [];
    const t = translator(locale, "overview");
    expect(rates).toEqual([
      [`HipoPay ${t("accounts", { count: 2 })}`, "6", "3 / 5", "60%"],
      ["Shop B", "5", "2 / 4", "50%"],
      ["Shop A", "1", "1 / 1", "100%"],
      ["XxPay Shop C", "2", "0 / 0", "–"],
    ]);
  });

  it("says of each matter how much there is, since when, and leads to it", () => {
    const t = translator(locale, "overview");
    const counts = Object.fromEntries(Object.keys(CALM).map((kind, index) => [kind, { count: index + 1, oldest: daysAgo(index + 2) }]));
    const html = part(drawn(locale, FIGURES, { counts: counts as HomeAttentionProps["counts"] }), "attention");
    const rows = all(html, "li");
    expect(rows).toHaveLength(11);
    const age = (days: number) => new Intl.NumberFormat(locale, { style: "unit", unit: "day", unitDisplay: "long" }).format(days);
    const said = Object.keys(CALM).map((kind, index) =>
      `${t(`matter_${kind as keyof typeof CALM}`, { count: index + 1 })} ${t("oldest", { age: age(index + 2) })}`.replaceAll("\u00a0", " "),
    );
    expect(rows.map(words).sort()).toEqual(said.sort());
    for (const row of rows) expect(row).toMatch(/<a href="\/dashboard\/[^"]+"/);
    const fresh = words(part(drawn(locale, FIGURES, { counts: { ...CALM, orphans: { count: 1, oldest: NOW } } }), "attention"));
    expect(fresh).toBe(`${t("attention")} ${t("matter_orphans", { count: 1 })}`);
    const calm = words(part(drawn(locale), "attention"));
    expect(calm).toContain(t("calm"));
  });

  it("says so and leads on where nothing was ever paid or tried", () => {
    const steps = { opened: 0, chosen: 0, shown: 0, paid: 0, ended: 0 };
    const html = drawn(locale, { ...FIGURES, days: [], hours: [], byNow: [], channels: [], steps });
    const t = translator(locale, "overview");
    const takings = part(html, "takings");
    expect(words(takings)).toContain(t("nothing"));
    expect(takings).toMatch(/<a href="\/dashboard\/links"/);
    expect(words(part(html, "steps"))).toContain(t("noneOpened"));
    expect(words(worked(html)).split(t("noneTried"))).toHaveLength(3);
  });
});
