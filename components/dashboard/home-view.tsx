import type { Reading } from "#components/dashboard/moment.tsx";
import { LargeMoney, moneyText } from "#components/dashboard/money.tsx";
import { OrderStateDot } from "#components/dashboard/states.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { Badge } from "#components/ui/dot.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { OrderState } from "#lib/domain/order.ts";
import { formatDay } from "#lib/i18n/format.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Home {
  takings: { live: boolean; currency: string; count: number; amount: bigint }[];
  ended: { live: boolean; total: number; paid: number }[];
  review: { id: string; reference: string; title: string; state: OrderState; currency: string; amount: bigint }[];
  counts: { unknownAttempts: number; openRefunds: number; orphans: number; deadDeliveries: number; stoppedEndpoints: number };
}

interface Props {
  t: Translator<"dashboard">;
  home: Home;
  merchantId: string;
  reading: Reading;
}

/** Figures first, then what needs a person. Test money never stands in a sum with real money. */
export function HomeView(props: Props & { now: Date }) {
  const { t, reading, now } = props;
  return (
    <>
      <header>
        <h1 className="text-xl font-semibold">{t("home.title")}</h1>
        <p className="text-sm text-ink-soft">
          {t("home.day", { day: formatDay(now, reading.locale, reading.timeZone), zone: reading.timeZone })}
        </p>
      </header>
      <div className="grid gap-4 lg:grid-cols-[2fr_1fr]">
        <TakingsCard {...props} />
        <SuccessCard {...props} />
      </div>
      <AttentionCard {...props} />
    </>
  );
}

function TakingsCard({ t, home, reading }: Props) {
  return (
    <section className={CARD} aria-labelledby="takings">
      <h2 id="takings" className="text-sm font-medium text-ink-soft">
        {t("home.takings")}
      </h2>
      {home.takings.length === 0 ? (
        <div className="grid gap-3 py-4">
          <p className="text-lg font-medium">{t("home.nothing")}</p>
          <p className="text-ink-soft">{t("home.nothingNext")}</p>
          <p className="flex flex-wrap gap-2">
            <a href="/dashboard/links" className={BUTTON.primary}>
              {t("home.toLinks")}
            </a>
            <a href="/dashboard/orders" className={BUTTON.secondary}>
              {t("home.toOrders")}
            </a>
          </p>
        </div>
      ) : (
        <ul className="flex flex-wrap gap-x-10 gap-y-5 pt-3">
          {home.takings.map((one) => (
            <li key={`${one.live} ${one.currency}`} className="grid gap-1">
              <LargeMoney row={one} locale={reading.locale} size="text-[32px] leading-[36px]" />
              <span className="flex items-center gap-2 text-ink-soft">
                {t("home.paid", { count: one.count })}
                {one.live ? null : <Badge tone="wait">{t("common.testHint")}</Badge>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function SuccessCard({ t, home, reading }: Props) {
  const percent = new Intl.NumberFormat(reading.locale, { style: "percent", maximumFractionDigits: 1 });
  return (
    <section className={CARD} aria-labelledby="success">
      <h2 id="success" className="text-sm font-medium text-ink-soft">
        {t("home.success")}
      </h2>
      {home.ended.length === 0 ? <p className="pt-3 text-ink-soft">{t("home.noneEnded")}</p> : null}
      <ul className="grid gap-4 pt-3">
        {home.ended.map((one) => (
          <li key={String(one.live)} className="grid gap-1">
            <span className="text-[32px] leading-[36px] font-semibold tabular-nums">{percent.format(one.paid / one.total)}</span>
            <span className="text-ink-soft">
              {t("home.successOf", { paid: one.paid, total: one.total })} {one.live ? null : <Badge tone="wait">{t("common.test")}</Badge>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function AttentionCard({ t, home, merchantId, reading }: Props) {
  const { counts, review } = home;
  const matters = [
    {
      count: counts.unknownAttempts,
      text: t("home.unknownAttempts", { count: counts.unknownAttempts }),
      href: `/dashboard/orders?merchant=${merchantId}&needs=unclear`,
    },
    {
      count: counts.openRefunds,
      text: t("home.openRefunds", { count: counts.openRefunds }),
      href: `/dashboard/orders?merchant=${merchantId}&needs=refunding`,
    },
    { count: counts.orphans, text: t("home.orphans", { count: counts.orphans }), href: "/dashboard/notifications?verdict=orphan" },
    {
      count: counts.deadDeliveries,
      text: t("home.deadDeliveries", { count: counts.deadDeliveries }),
      href: "/dashboard/deliveries?state=dead",
    },
    {
      count: counts.stoppedEndpoints,
      text: t("home.stoppedEndpoints", { count: counts.stoppedEndpoints }),
      href: "/dashboard/developers/endpoints",
    },
  ].filter(({ count }) => count > 0);
  const row = "flex min-h-11 items-center justify-between gap-3 px-4 py-2 hover:bg-raised sm:px-5";
  return (
    <section className="overflow-hidden rounded-card border border-line bg-surface" aria-labelledby="attention">
      <h2 id="attention" className="px-4 py-3 font-semibold sm:px-5">
        {t("home.attention")}
      </h2>
      {review.length + matters.length === 0 ? (
        <p className="flex items-center gap-2 border-t border-line px-4 py-6 text-ink-soft sm:px-5">
          <Icon name="check" className="size-5 text-jade" />
          {t("home.calm")}
        </p>
      ) : null}
      <ul className="divide-y divide-line border-line [&:not(:empty)]:border-t">
        {review.map((order) => (
          <li key={order.id}>
            <a href={`/dashboard/orders/${order.id}`} className={row}>
              <span className="grid min-w-0 gap-0.5 sm:flex sm:items-center sm:gap-3">
                <span>
                  <Badge tone="bad">{t("mark.review")}</Badge>
                </span>
                <span className="min-w-0 truncate">{order.title}</span>
                <span className="truncate font-mono text-xs text-ink-soft">{order.reference}</span>
              </span>
              <span className="flex shrink-0 items-center gap-4">
                <span className="hidden sm:inline">
                  <OrderStateDot t={t} state={order.state} />
                </span>
                <span className="tabular-nums">{moneyText(order, reading.locale)}</span>
              </span>
            </a>
          </li>
        ))}
        {matters.map(({ text, href }) => (
          <li key={href}>
            <a href={href} className={row}>
              {text}
              <Icon name="chevron" className="size-4 text-ink-soft" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
