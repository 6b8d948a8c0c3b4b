import type { Reading } from "#components/dashboard/moment.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { CARD } from "#components/ui/card.ts";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Taken {
  currency: string;
  paid: bigint;
  refunded: bigint;
}

interface Props {
  t: Translator<"links">;
  link: { reusable: boolean; stock: number | null; takenOrders: number; takenPieces: number };
  figures: {
    opened: number;
    orders: number;
    paid: number;
    taken: Taken[];
    days: { day: string; opened: number; orders: number; paid: number; taken: Taken[] }[];
  };
  reading: Reading;
}

/** What a link brought: opened, ordered, paid; how many of those who came paid; the money; and all of it by day. */
export function LinkFigures({ t, link, figures, reading }: Props) {
  const { locale } = reading;
  const sum = (taken: readonly Taken[]) =>
    taken.length === 0 ? t("list.nothing") : taken.map(({ currency, paid }) => moneyText({ amount: paid, currency }, locale)).join(" · ");
  const refunded = figures.taken.filter((one) => one.refunded > 0n);
  const back = refunded.map((one) => moneyText({ amount: one.refunded, currency: one.currency }, locale)).join(" · ");
  const places =
    link.stock !== null ? { taken: link.takenPieces, all: link.stock } : link.reusable ? null : { taken: link.takenOrders, all: 1 };
  return (
    <section aria-labelledby="figures" className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <h2 id="figures" className="sr-only">
        {t("one.figures")}
      </h2>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-card border border-line bg-line sm:grid-cols-3 xl:grid-cols-6">
        <Figure label={t("one.opened")} value={String(figures.opened)} hint={t("one.opened_hint")} />
        <Figure label={t("one.orders")} value={String(figures.orders)} />
        <Figure label={t("one.paid")} value={String(figures.paid)} />
        <Figure label={t("one.conversion")} value={shareText(figures, t("list.nothing"), locale)} hint={t("one.conversion_hint")} />
        <Figure label={t("one.taken")} value={sum(figures.taken)} hint={back ? t("one.refunded", { amount: back }) : undefined} />
        <Figure label={t("one.places")} value={places ? t("one.places_of", places) : t("list.nothing")} />
      </dl>
      <div className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-3`}>
        <div>
          <h3 className="font-semibold">{t("one.by_day")}</h3>
          <p className="text-xs text-ink-soft">{t("one.by_day_hint", { zone: reading.timeZone })}</p>
        </div>
        {figures.days.length === 0 ? (
          <p className="text-sm text-ink-soft">{t("one.no_days")}</p>
        ) : (
          <Days t={t} days={figures.days} sum={sum} />
        )}
      </div>
    </section>
  );
}

function Days({ t, days, sum }: { t: Props["t"]; days: Props["figures"]["days"]; sum: (taken: readonly Taken[]) => string }) {
  const most = Math.max(1, ...days.map((one) => Math.max(one.opened, one.orders)));
  return (
    <Scroll label={t("one.by_day")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            <th scope="col" className={TABLE.th}>
              {t("one.day")}
            </th>
            {(["opened", "orders", "paid", "taken"] as const).map((name) => (
              <th key={name} scope="col" className={TABLE.thNumber}>
                {t(`one.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((one) => (
            <tr key={one.day} className={TABLE.row}>
              <td className={`${TABLE.td} whitespace-nowrap tabular-nums`}>
                {one.day}
                <svg viewBox="0 0 100 6" preserveAspectRatio="none" className="mt-0.5 block h-1.5 w-full sm:min-w-24" aria-hidden="true">
                  <rect width={(100 * one.opened) / most} height="6" className="fill-line" />
                  <rect width={(100 * one.paid) / most} height="6" className="fill-jade" />
                </svg>
              </td>
              <td className={TABLE.tdNumber}>{one.opened}</td>
              <td className={TABLE.tdNumber}>{one.orders}</td>
              <td className={TABLE.tdNumber}>{one.paid}</td>
              <td className={TABLE.tdNumber}>{sum(one.taken)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Figure({ label, value, hint }: { label: string; value: string; hint?: string | undefined }) {
  return (
    <div className="bg-surface px-4 py-3">
      <dt className="text-xs text-ink-soft">{label}</dt>
      <dd className="mt-0.5 text-lg font-medium tabular-nums">
        {value}
        {hint ? <span className="block text-xs font-normal text-ink-soft">{hint}</span> : null}
      </dd>
    </div>
  );
}

/** In tenths of a percent; nothing while nobody has come, and never above all: an address may be paid from without being counted. */
function shareText({ opened, paid }: { opened: number; paid: number }, nothing: string, locale: string): string {
  if (opened === 0) return nothing;
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(Math.min(1, paid / opened));
}
