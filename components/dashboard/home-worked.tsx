import { ChartTable } from "#components/dashboard/chart-table.tsx";
import { byGateway, byMethod, type Figures, type Rate, thousandths } from "#components/dashboard/home-shape.ts";
import { Choices, type HomeLook } from "#components/dashboard/home-view.tsx";
import { methodText } from "#components/dashboard/states.tsx";
import { CARD } from "#components/ui/card.ts";
import { type Column, ListTable } from "#components/ui/list-table.tsx";

/** A gateway account as its rates name it. */
export interface RatedAccount {
  id: string;
  title: string;
  gateway: string;
  gatewayTitle: string;
}

interface Props {
  look: HomeLook;
  accounts: readonly RatedAccount[];
}

const STEPS = ["opened", "chosen", "shown", "paid"] as const;

/** How the orders and tries of a period went: the steps of a payment, and how often each method and gateway worked. */
export function HomeWorked({ look, accounts }: Props) {
  const { t, d, address, choice, figures } = look;
  const periods = ([1, 7, 30] as const).map((days) => ({
    word: t(`period_${days}`),
    href: `${address({ days })}#worked`,
    current: days === choice.days,
  }));
  return (
    <section aria-labelledby="worked" className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="worked" className="scroll-mt-4 text-base font-semibold">
          {t("worked")}
        </h2>
        <Choices label={t("period")} choices={periods} />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Funnel look={look} steps={figures.steps} />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <Rates
            look={look}
            title={t("byMethod")}
            rates={byMethod(figures.channels).map((rate) => ({ ...rate, name: methodText(d, rate.key), under: null, inner: false }))}
          />
          <Rates look={look} title={t("byGateway")} rates={gatewayRates(look, accounts)} />
          <p className="text-xs text-ink-soft">{t("ratesMeaning")}</p>
        </div>
      </div>
    </section>
  );
}

interface NamedRate extends Rate {
  name: string;
  /** Said beneath the name. */
  under: string | null;
  /** A part of the row above it. */
  inner: boolean;
}

/** A row for each gateway; beneath one of several accounts, a row for each of them. */
function gatewayRates({ t, figures }: HomeLook, accounts: readonly RatedAccount[]): NamedRate[] {
  const known = new Map(accounts.map((account) => [account.id, account]));
  const titles = new Map(accounts.map(({ gateway, gatewayTitle }) => [gateway, gatewayTitle]));
  const titleOf = (accountId: string) => known.get(accountId)?.title ?? accountId;
  const gatewayOf = new Map(accounts.map(({ id, gateway }) => [id, gateway]));
  return byGateway(figures.channels, gatewayOf).flatMap(({ accounts: its, ...sum }) => {
    const [only, ...more] = its;
    const several = more.length > 0 || !only;
    const under = several ? t("accounts", { count: its.length }) : titles.has(sum.key) ? titleOf(only.key) : null;
    const gateway = { ...sum, name: titles.get(sum.key) ?? sum.key, under, inner: false };
    if (!several) return [gateway];
    // Keyed apart from gateways, whose ids an account could have.
    return [gateway, ...its.map((rate) => ({ ...rate, key: `${sum.key}/${rate.key}`, name: titleOf(rate.key), under: null, inner: true }))];
  });
}

/** Bars drawn on a scale of thousandths, their figures beside them: nothing is told by length alone. */
function Bar({ part, height }: { part: number; height: number }) {
  return (
    <svg width="100%" height={height} aria-hidden="true">
      <rect width="100%" height={height} rx="3" className="fill-raised" />
      <rect width={`${part / 10}%`} height={height} rx="3" className="fill-jade" />
    </svg>
  );
}

function percentOf(locale: string): (part: number, whole: number) => string {
  const format = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  return (part, whole) => format.format(whole === 0 ? 0 : part / whole);
}

/** How many of the step before did not come to this one. */
function lostBefore(steps: Figures["steps"], index: number): number {
  const [before, here] = [STEPS[index - 1], STEPS[index]];
  return before && here ? Math.max(0, steps[before] - steps[here]) : 0;
}

function Funnel({ look: { t, reading }, steps }: { look: HomeLook; steps: Figures["steps"] }) {
  const percent = percentOf(reading.locale);
  const digits = new Intl.NumberFormat(reading.locale);
  return (
    <section className={`${CARD} grid gap-4`} aria-labelledby="steps">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 id="steps" className="font-medium">
          {t("steps")}
        </h3>
        {steps.ended > 0 ? (
          <p className="text-sm text-ink-soft tabular-nums">
            {t("success", { percent: percent(Math.min(steps.paid, steps.ended), steps.ended), paid: steps.paid, ended: steps.ended })}
          </p>
        ) : null}
      </div>
      {steps.opened === 0 ? <p className="text-ink-soft">{t("noneOpened")}</p> : null}
      <ol className="grid gap-3">
        {STEPS.map((step, index) => {
          const lost = lostBefore(steps, index);
          return (
            <li key={step} className="grid gap-1">
              <div className="flex items-baseline justify-between gap-3">
                <span>{t(`step_${step}`)}</span>
                <span className="tabular-nums">
                  <b className="font-semibold">{digits.format(steps[step])}</b>{" "}
                  <span className="text-xs text-ink-soft">{index > 0 && steps.opened > 0 ? percent(steps[step], steps.opened) : ""}</span>
                </span>
              </div>
              <Bar part={thousandths(BigInt(steps[step]), BigInt(steps.opened))} height={10} />
              <p className="flex justify-between gap-3 text-xs text-ink-soft">
                <span>{t(`step_${step}_means`)}</span>
                {lost > 0 ? <span className="whitespace-nowrap tabular-nums">{t("lost", { count: lost })}</span> : null}
              </p>
            </li>
          );
        })}
      </ol>
      <ChartTable
        title={t("asTable")}
        label={t("steps")}
        heads={[t("step"), t("orders"), t("ofOpened"), t("lostThere")]}
        rows={STEPS.map((step, index) => [
          t(`step_${step}`),
          digits.format(steps[step]),
          steps.opened > 0 ? percent(steps[step], steps.opened) : "–",
          digits.format(lostBefore(steps, index)),
        ])}
      />
    </section>
  );
}

function Rates({ look: { t, reading }, title, rates }: { look: HomeLook; title: string; rates: readonly NamedRate[] }) {
  const percent = percentOf(reading.locale);
  if (rates.length === 0) {
    return (
      <section className={CARD}>
        <h3 className="font-medium">{title}</h3>
        <p className="pt-2 text-ink-soft">{t("noneTried")}</p>
      </section>
    );
  }
  const columns: Column<NamedRate>[] = [
    {
      head: title,
      names: true,
      phone: "lead",
      look: "md:min-w-40 md:py-1.5",
      cell: ({ name, under, inner, paid, ended }) => (
        <div className={`grid gap-1 ${inner ? "border-l-2 border-line pl-3 font-normal text-ink-soft" : ""}`}>
          <span>
            {name}
            {under ? <span className="block text-xs font-normal text-ink-soft">{under}</span> : null}
          </span>
          <Bar part={thousandths(BigInt(paid), BigInt(ended))} height={inner ? 4 : 6} />
        </div>
      ),
    },
    { head: t("tried"), number: true, cell: ({ tried }) => tried },
    { head: t("paidOfEnded"), number: true, cell: ({ paid, ended }) => t("of", { paid, ended }) },
    {
      head: t("rate"),
      number: true,
      phone: "aside",
      look: "font-medium",
      cell: ({ paid, ended }) => (ended === 0 ? "–" : percent(paid, ended)),
    },
  ];
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-2">
      {/* Where there is a table its head says it. */}
      <h3 className="font-medium md:sr-only">{title}</h3>
      <ListTable label={title} columns={columns} rows={rates} rowKey={({ key }) => key} />
    </section>
  );
}
