import { Moment, type Reading, ShortMoment, ZoneHead } from "#components/dashboard/moment.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { methodText, OrderMarks, OrderStateDot } from "#components/dashboard/states.tsx";
import { Code } from "#components/ui/code.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { OrderState } from "#lib/domain/order.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Row {
  id: string;
  reference: string;
  title: string;
  state: OrderState;
  paidLate: boolean;
  needsReview: boolean;
  live: boolean;
  currency: string;
  amount: bigint;
  refundedAmount: bigint;
  createdAt: Date;
  method: Method | null;
}

interface Props {
  t: Translator<"dashboard">;
  rows: readonly Row[];
  reading: Reading;
}

/** The orders: a table where there is room, cards on a phone. */
export function OrdersTable(props: Props) {
  return (
    <>
      <Cards {...props} />
      <Table {...props} />
    </>
  );
}

function Table({ t, rows, reading }: Props) {
  const copy = { label: t("common.copy", { what: t("orders.order") }), done: t("common.copied") };
  return (
    <div className="hidden rounded-card border border-line bg-surface md:block">
      <table className={TABLE.table}>
        <caption className="sr-only">{t("orders.caption")}</caption>
        <thead className={TABLE.head}>
          <tr>
            <th scope="col" className={`${TABLE.th} rounded-tl-card`}>
              {t("orders.order")}
            </th>
            <th scope="col" className={TABLE.th}>
              {t("orders.state")}
            </th>
            <th scope="col" className={TABLE.thNumber}>
              {t("orders.amount")}
            </th>
            <th scope="col" className={`${TABLE.th} hidden 2xl:table-cell`}>
              {t("orders.method")}
            </th>
            <th scope="col" className={`${TABLE.th} hidden xl:table-cell`}>
              {t("orders.subject")}
            </th>
            <th scope="col" className={`${TABLE.th} rounded-tr-card`}>
              <ZoneHead word={t("orders.created")} reading={reading} />
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={TABLE.row}>
              <td className={TABLE.td}>
                <Code text={row.reference} copy={copy} keep={8} href={`/dashboard/orders/${row.id}`} />
              </td>
              <td className={TABLE.td}>
                <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <OrderStateDot t={t} state={row.state} />
                  <OrderMarks t={t} order={row} />
                </span>
              </td>
              <td className={TABLE.tdNumber}>{moneyText(row, reading.locale)}</td>
              <td className={`${TABLE.td} hidden whitespace-nowrap text-ink-soft 2xl:table-cell`}>
                {row.method ? methodText(t, row.method) : t("common.unavailable")}
              </td>
              <td className={`${TABLE.td} hidden max-w-48 truncate xl:table-cell`} title={row.title}>
                {row.title}
              </td>
              <td className={`${TABLE.td} text-ink-soft`}>
                <ShortMoment at={row.createdAt} reading={reading} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards({ t, rows, reading }: Props) {
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] gap-2 md:hidden" aria-label={t("orders.caption")}>
      {rows.map((row) => (
        <li key={row.id} className="relative grid grid-cols-[minmax(0,1fr)] gap-1 rounded-card border border-line bg-surface p-3">
          <div className="flex items-baseline justify-between gap-3">
            <a href={`/dashboard/orders/${row.id}`} className="min-w-0 truncate font-medium after:absolute after:inset-0">
              {row.title}
            </a>
            <span className="font-semibold whitespace-nowrap tabular-nums">{moneyText(row, reading.locale)}</span>
          </div>
          <div className="truncate font-mono text-xs text-ink-soft">{row.reference}</div>
          <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-xs">
            <span className="flex flex-wrap items-center gap-1.5">
              <OrderStateDot t={t} state={row.state} />
              <OrderMarks t={t} order={row} />
            </span>
            <span className="text-ink-soft">
              <Moment at={row.createdAt} reading={reading} />
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}
