import { Moment, type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { methodText, OrderMarks, OrderStateDot } from "#components/dashboard/states.tsx";
import { Code, type CopyWords } from "#components/ui/code.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { OrderState } from "#lib/domain/order.ts";
import type { Column } from "#lib/domain/order-columns.ts";
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
  paidAt: Date | null;
  method: Method | null;
  accountId: string | null;
  gatewayOrderNo: string | null;
  gatewayRef: string | null;
  walletRef: string | null;
}

interface Props {
  t: Translator<"dashboard">;
  words: Translator<"ledger">;
  rows: readonly Row[];
  columns: readonly Column[];
  /** Accounts' names by id. */
  accounts: Readonly<Record<string, string>>;
  reading: Reading;
  /** The list the other way round, and which way it stands now. */
  turn: { href: string; sort: "newest" | "oldest" };
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

/** Columns that give way where there is little room; the table scrolls sideways for the rest. */
const ROOM: Partial<Record<Column, string>> = { subject: "hidden xl:table-cell" };

function Table(props: Props) {
  const { t, words, rows, columns, reading } = props;
  const copy = { label: t("common.copy", { what: t("orders.order") }), done: t("common.copied") };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse must be able to scroll it (WCAG 2.1.1).
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for inputs; this only names what scrolls.
    <div className={`hidden md:block ${TABLE.frame}`} tabIndex={0} role="group" aria-label={t("orders.caption")}>
      <table className={TABLE.table}>
        <caption className="sr-only">{words(props.turn.sort === "newest" ? "captionNewest" : "captionOldest")}</caption>
        <thead className={TABLE.head}>
          <tr>
            <th scope="col" className={TABLE.th}>
              {t("orders.order")}
            </th>
            <th scope="col" className={TABLE.th}>
              {t("orders.state")}
            </th>
            <th scope="col" className={TABLE.thNumber}>
              {t("orders.amount")}
            </th>
            {columns.map((column) => (
              <Head key={column} {...props} column={column} />
            ))}
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
              {columns.map((column) => (
                <td key={column} className={`${column === "refunded" ? TABLE.tdNumber : TABLE.td} ${ROOM[column] ?? ""}`}>
                  {CELLS[column](row, props, copy)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ words, reading, turn, column }: Props & { column: Column }) {
  const word = words(`column.${column}`);
  const look = `${column === "refunded" ? TABLE.thNumber : TABLE.th} ${ROOM[column] ?? ""}`;
  if (column === "paid") {
    return (
      <th scope="col" className={look}>
        {zoneText(word, reading)}
      </th>
    );
  }
  if (column !== "created") {
    return (
      <th scope="col" className={look}>
        {word}
      </th>
    );
  }
  const newest = turn.sort === "newest";
  return (
    <th scope="col" className={look} aria-sort={newest ? "descending" : "ascending"}>
      <a href={turn.href} className="inline-flex min-h-9 items-center gap-1 hover:text-ink" title={words(newest ? "toOldest" : "toNewest")}>
        {zoneText(word, reading)}
        <span aria-hidden="true">{newest ? "↓" : "↑"}</span>
      </a>
    </th>
  );
}

type Cell = (row: Row, props: Props, copy: CopyWords) => React.ReactNode;

const CELLS = {
  method: ({ method }, { t }) => <Soft>{method ? methodText(t, method) : t("common.unavailable")}</Soft>,
  account: ({ accountId }, { t, accounts }) => <Soft>{(accountId && accounts[accountId]) || t("common.unavailable")}</Soft>,
  subject: ({ title }) => (
    <span className="block max-w-48 truncate" title={title}>
      {title}
    </span>
  ),
  gatewayOrderNo: ({ gatewayOrderNo }, { t }, copy) => number(gatewayOrderNo, t, copy),
  gatewayRef: ({ gatewayRef }, { t }, copy) => number(gatewayRef, t, copy),
  walletRef: ({ walletRef }, { t }, copy) => number(walletRef, t, copy),
  refunded: (row, { t, reading }) =>
    row.refundedAmount > 0n ? moneyText({ amount: row.refundedAmount, currency: row.currency }, reading.locale) : t("common.unavailable"),
  created: ({ createdAt }, { reading }) => <Time at={createdAt} reading={reading} />,
  paid: ({ paidAt }, { t, reading }) => (paidAt ? <Time at={paidAt} reading={reading} /> : t("common.unavailable")),
} as const satisfies Record<Column, Cell>;

function number(text: string | null, t: Props["t"], copy: CopyWords): React.ReactNode {
  return text ? <Code text={text} copy={copy} keep={6} /> : t("common.unavailable");
}

function Soft({ children }: { children: React.ReactNode }) {
  return <span className="whitespace-nowrap text-ink-soft">{children}</span>;
}

function Time({ at, reading }: { at: Date; reading: Reading }) {
  return (
    <span className="text-ink-soft">
      <ShortMoment at={at} reading={reading} />
    </span>
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
