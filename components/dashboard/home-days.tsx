import { ChartTable } from "#components/dashboard/chart-table.tsx";
import { dailyOf, thousandths } from "#components/dashboard/home-shape.ts";
import type { HomeLook } from "#components/dashboard/home-view.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { CARD } from "#components/ui/card.ts";

const HEIGHT = 132;
/** Room above the bars for the figure of the one that is looked at. */
const HEAD = 22;

/** Thirty days of one currency as bars, each a way to that day's orders; its figure stands above while it is pointed at or focused. */
export function HomeDays({ look, currency }: { look: HomeLook; currency: string }) {
  const { t, reading, figures } = look;
  const days = dailyOf(figures, currency);
  const most = days.reduce((max, { amount }) => (amount > max ? amount : max), 0n);
  const total = days.reduce((sum, { amount }) => sum + amount, 0n);
  const count = days.reduce((sum, one) => sum + one.count, 0);
  const money = (amount: bigint) => moneyText({ amount, currency }, reading.locale);
  const best = days.findIndex(({ amount }) => amount === most);
  const format = new Intl.DateTimeFormat(reading.locale === "en" ? "en-GB" : reading.locale, {
    month: "short",
    day: "numeric",
    timeZone: "UTC",
  });
  const dayText = (day: string) => format.format(new Date(`${day}T00:00:00Z`));
  return (
    <section className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-3`} aria-labelledby="days">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 id="days" className="font-semibold">
          {t("days")}
        </h2>
        <p className="text-sm text-ink-soft tabular-nums">{t("daysTotal", { total: money(total), count })}</p>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing whose bars are links has no element of its own. */}
      <svg
        width="100%"
        height={HEAD + HEIGHT + 20}
        role="group"
        aria-label={t("daysLabel", { currency })}
        className="group/chart overflow-visible"
      >
        <line x1="0" x2="100%" y1={HEAD + HEIGHT} y2={HEAD + HEIGHT} className="stroke-line" />
        {days.map((one, index) => {
          const height = (thousandths(one.amount, most) * HEIGHT) / 1000;
          const x = (index * 100) / days.length;
          const anchor = index < 5 ? "start" : index > 24 ? "end" : "middle";
          const label = { x: `${x + { start: 0, middle: 50, end: 100 }[anchor] / days.length}%`, y: "13", textAnchor: anchor } as const;
          const words = t("dayTitle", { day: dayText(one.day), amount: money(one.amount), count: one.count });
          return (
            <a key={one.day} href={`/dashboard/orders?from=${one.day}&to=${one.day}`} aria-label={words} className="group/bar outline-none">
              <rect
                x={`${x}%`}
                width={`${100 / days.length}%`}
                y={HEAD}
                height={HEIGHT}
                className="fill-transparent group-hover/bar:fill-raised group-focus-visible/bar:fill-raised"
              />
              <rect
                x={`${x + 0.45}%`}
                width={`${100 / days.length - 0.9}%`}
                y={HEAD + HEIGHT - height}
                height={height}
                className={`group-focus-visible/bar:fill-jade-strong ${index === days.length - 1 ? "fill-jade" : "fill-jade opacity-60 group-hover/bar:opacity-100"}`}
              />
              {index === best && most > 0n ? (
                <text
                  {...label}
                  className="pointer-events-none fill-ink text-[11px] tabular-nums group-focus-within/chart:hidden group-hover/chart:hidden"
                >
                  {words}
                </text>
              ) : null}
              <text
                {...label}
                className="pointer-events-none hidden fill-ink text-[11px] tabular-nums group-hover/bar:block group-focus-visible/bar:block"
              >
                {words}
              </text>
            </a>
          );
        })}
        <text x="0" y={HEAD + HEIGHT + 16} className="fill-ink-soft text-[11px]">
          {dayText(days[0]?.day ?? figures.today)}
        </text>
        <text x="100%" y={HEAD + HEIGHT + 16} textAnchor="end" className="fill-ink-soft text-[11px]">
          {t("today")}
        </text>
      </svg>
      <ChartTable
        title={t("asTable")}
        label={t("daysLabel", { currency })}
        heads={[t("date"), t("amount"), t("orders")]}
        rows={[...days].reverse().map((one) => [one.day, money(one.amount), String(one.count)])}
      />
    </section>
  );
}
