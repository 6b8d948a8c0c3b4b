import { ChartTable } from "#components/dashboard/chart-table.tsx";
import { changeOf, hourlyOf, type Takings, thousandths } from "#components/dashboard/home-shape.ts";
import type { HomeLook } from "#components/dashboard/home-view.tsx";
import { LargeMoney, moneyText } from "#components/dashboard/money.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { Badge } from "#components/ui/dot.tsx";
import { LINK } from "#components/ui/link.ts";

interface Props {
  look: HomeLook;
  takings: readonly Takings[];
  shown: Takings | null;
  /** No gateway account yet, and this person may make one. */
  unready: boolean;
}

/** What came in today, a currency at a time, held against the same hours of yesterday and of this day a week ago. */
export function HomeTakings({ look, takings, shown, unready }: Props) {
  const { t, choice } = look;
  return (
    <section className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-4`} aria-labelledby="takings">
      <h2 id="takings" className="flex items-center gap-2 text-sm font-medium text-ink-soft">
        {t("takings")}
        {choice.mode === "test" ? <Badge tone="wait">{look.d("common.testHint")}</Badge> : null}
      </h2>
      {shown ? (
        <>
          <Tiles look={look} takings={takings} shown={shown} />
          <Hours look={look} shown={shown} />
        </>
      ) : (
        <Nothing look={look} unready={unready} />
      )}
    </section>
  );
}

function Nothing({ look: { t, d }, unready }: { look: HomeLook; unready: boolean }) {
  return (
    <div className="grid gap-3 py-4">
      <p className="text-lg font-medium">{t("nothing")}</p>
      <p className="text-ink-soft">{unready ? d("accounts.emptyText") : t("nothingNext")}</p>
      <p className="flex flex-wrap gap-2">
        {unready ? (
          <a href="/dashboard/accounts" className={BUTTON.primary}>
            {d("counter.toAccounts")}
          </a>
        ) : null}
        <a href="/dashboard/links" className={unready ? BUTTON.secondary : BUTTON.primary}>
          {t("toLinks")}
        </a>
        <a href="/dashboard/orders" className={BUTTON.secondary}>
          {d("missing.back")}
        </a>
      </p>
    </div>
  );
}

function Tiles({ look, takings, shown }: { look: HomeLook; takings: readonly Takings[]; shown: Takings }) {
  const { t, reading, now, figures, address } = look;
  // Without its zone, which stands at the top of the screen.
  const format = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: reading.timeZone });
  const clock = format.format(now);
  const weekday = new Intl.DateTimeFormat(reading.locale, { weekday: "long", timeZone: "UTC" }).format(
    new Date(`${figures.today}T00:00:00Z`),
  );
  const large = takings.filter((one) => one === shown || one.today.count > 0);
  const still = takings.filter((one) => !large.includes(one));
  return (
    <div className="grid gap-4">
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-x-8 gap-y-5">
        {large.map((one) => (
          <li key={one.currency} className="grid content-start gap-1.5">
            <a
              href={address({ currency: one.currency })}
              aria-current={takings.length > 1 && one === shown ? "true" : undefined}
              className="grid justify-items-start gap-1 border-b-2 border-transparent pb-1 hover:border-line aria-[current]:border-jade"
            >
              <LargeMoney
                row={{ amount: one.today.amount, currency: one.currency }}
                locale={reading.locale}
                size="text-[32px] leading-[36px]"
              />
              <span className="text-ink-soft">{t("paid", { count: one.today.count })}</span>
            </a>
            <Against look={look} takings={one} back="yesterday" words={t("yesterday", { clock })} none={t("noneYesterday", { clock })} />
            <Against
              look={look}
              takings={one}
              back="weekAgo"
              words={t("weekAgo", { weekday, clock })}
              none={t("noneWeekAgo", { weekday, clock })}
            />
          </li>
        ))}
      </ul>
      {still.length > 0 ? (
        <p className="flex flex-wrap items-center gap-x-3 text-xs text-ink-soft">
          {t("noneYet")}
          {still.map(({ currency }) => (
            <a key={currency} href={address({ currency })} className={`inline-flex min-h-11 items-center sm:min-h-6 ${LINK}`}>
              {currency}
            </a>
          ))}
        </p>
      ) : null}
    </div>
  );
}

function Against(props: { look: HomeLook; takings: Takings; back: "yesterday" | "weekAgo"; words: string; none: string }) {
  const { look, takings, back, words, none } = props;
  const { reading } = look;
  const before = takings[back].amount;
  const change = changeOf(takings.today.amount, before);
  if (change === null) return <p className="text-xs text-ink-soft">{none}</p>;
  const percent = new Intl.NumberFormat(reading.locale, { style: "percent", maximumFractionDigits: 1, signDisplay: "exceptZero" });
  return (
    <p className="text-xs text-ink-soft">
      <span className={`font-medium tabular-nums ${change > 0 ? "text-jade" : "text-ink"}`}>{percent.format(change / 1000)}</span> {words}{" "}
      <span className="tabular-nums">({moneyText({ amount: before, currency: takings.currency }, reading.locale)})</span>
    </p>
  );
}

const HEIGHT = 120;

/** Today's hours as bars, yesterday's as a stroke each; both in the table beneath. */
function Hours({ look, shown: { currency } }: { look: HomeLook; shown: Takings }) {
  const { t, reading, figures } = look;
  const hours = hourlyOf(figures, currency);
  const most = hours.reduce((max, { today, yesterday }) => [max, today, yesterday].reduce((a, b) => (a > b ? a : b)), 0n);
  const money = (amount: bigint) => moneyText({ amount, currency }, reading.locale);
  const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`;
  const rise = (amount: bigint) => (thousandths(amount, most) * HEIGHT) / 1000;
  return (
    <figure className="grid gap-1">
      <figcaption className="text-xs text-ink-soft">{t("hoursCaption", { most: money(most) })}</figcaption>
      <svg width="100%" height={HEIGHT + 20} role="img" aria-label={t("hoursLabel", { currency })} className="overflow-visible">
        <line x1="0" x2="100%" y1={HEIGHT} y2={HEIGHT} className="stroke-line" />
        {hours.map(({ hour, today, yesterday }) => (
          <g key={hour}>
            <title>{t("hourTitle", { hour: clock(hour), today: money(today), yesterday: money(yesterday) })}</title>
            <rect x={`${(hour * 100) / 24}%`} width={`${100 / 24}%`} y="0" height={HEIGHT} className="fill-transparent hover:fill-raised" />
            <rect
              x={`${(hour * 100) / 24 + 0.5}%`}
              width={`${100 / 24 - 1}%`}
              y={HEIGHT - rise(today)}
              height={rise(today)}
              className="pointer-events-none fill-jade"
            />
            {yesterday > 0n ? (
              <line
                x1={`${(hour * 100) / 24 + 0.2}%`}
                x2={`${((hour + 1) * 100) / 24 - 0.2}%`}
                y1={HEIGHT - rise(yesterday)}
                y2={HEIGHT - rise(yesterday)}
                className="pointer-events-none stroke-ink-soft"
                strokeWidth="2"
              />
            ) : null}
            {hour % 6 === 0 ? (
              <text x={`${(hour * 100) / 24}%`} y={HEIGHT + 16} className="fill-ink-soft text-[11px] tabular-nums">
                {clock(hour)}
              </text>
            ) : null}
          </g>
        ))}
      </svg>
      <ChartTable
        title={t("asTable")}
        label={t("hoursLabel", { currency })}
        heads={[t("hour"), t("today"), t("dayBefore"), t("weekBefore")]}
        rows={hours.map(({ hour, today, yesterday, weekAgo }) => [clock(hour), money(today), money(yesterday), money(weekAgo)])}
      />
    </figure>
  );
}
