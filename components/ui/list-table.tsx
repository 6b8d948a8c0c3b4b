import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";

/** Where a value stands on a phone, where each row is a card: `lead` and `aside` share the first line, `plain` has a line to itself. */
const PLACES = {
  lead: "max-md:-order-3 max-md:font-medium",
  aside: "max-md:-order-2 max-md:text-right max-md:font-semibold",
  plain: "max-md:-order-1 max-md:col-span-2",
  /** A line with its head before it. */
  line: "max-md:col-span-2 max-md:flex max-md:items-baseline max-md:justify-between max-md:gap-4 max-md:before:shrink-0 max-md:before:text-xs max-md:before:text-ink-soft max-md:before:content-[attr(data-head)] max-md:has-[>div:empty]:hidden",
  foot: "max-md:order-1 max-md:col-span-2",
  gone: "max-md:hidden",
} as const;

export interface Column<Row> {
  /** Names the column, and the value on a phone; no two alike in one list. Of a time it names the zone (`zoneText`). */
  head: string;
  cell: (row: Row) => React.ReactNode;
  /** Right-aligned, equal digits. */
  number?: boolean;
  phone?: keyof typeof PLACES;
  /** Its head is for screen readers only: the cells say it. */
  quiet?: boolean;
  /** The row is named by it. */
  names?: boolean;
  /** How the value itself looks; what is for the table only begins with `md:`. */
  look?: string;
}

interface Props<Row> {
  /** Names the list for who cannot see it. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Rows of several lines: their values begin at the same height. */
  top?: boolean;
}

/** A list of rows: a table where there is room, on phones a card for each row with nothing cut off. */
export function ListTable<Row>({ label, columns, rows, rowKey, top }: Props<Row>) {
  return (
    <Scroll label={label}>
      <table className={`${TABLE.table} max-md:block`}>
        <thead className={`${TABLE.head} max-md:sr-only`}>
          <tr>
            {columns.map(({ head, number, quiet }) => (
              <th key={head} scope="col" className={number ? TABLE.thNumber : TABLE.th}>
                {quiet ? <span className="sr-only">{head}</span> : head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-md:block">
          {rows.map((row) => (
            <tr key={rowKey(row)} className={`${TABLE.row} ${CARD_ROW} ${top ? "align-top" : ""}`}>
              {columns.map((column) => (
                <Cell key={column.head} column={column} row={row} top={top ?? false} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const CARD_ROW =
  "max-md:grid max-md:h-auto max-md:grid-cols-[minmax(0,1fr)_auto] max-md:items-baseline max-md:gap-x-3 max-md:gap-y-1.5 max-md:px-4 max-md:py-3 max-md:first:border-t-0";

function Cell<Row>({ column, row, top }: { column: Column<Row>; row: Row; top: boolean }) {
  const { head, cell, number, phone = "line", names, look = "" } = column;
  const base = number ? TABLE.tdNumber : TABLE.td;
  const className = `${base} ${top ? "md:py-2" : ""} max-md:block max-md:min-w-0 max-md:p-0 ${PLACES[phone]}`;
  const value = <div className={`max-md:min-w-0 ${phone === "line" ? "max-md:text-right" : ""} ${look}`}>{cell(row)}</div>;
  return names ? (
    <th scope="row" data-head={head} className={`${className} text-left font-normal`}>
      {value}
    </th>
  ) : (
    <td data-head={head} className={className}>
      {value}
    </td>
  );
}
