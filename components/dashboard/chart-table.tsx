import { Fold } from "#components/dashboard/fold.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";

/** A chart's figures for whoever reads rather than looks: the first column says what the row is, the others are numbers. */
export function ChartTable(props: { title: string; label: string; heads: readonly string[]; rows: readonly (readonly string[])[] }) {
  const { title, label, heads, rows } = props;
  return (
    <Fold title={title}>
      <Scroll label={label}>
        <table className={TABLE.table}>
          <thead className={TABLE.head}>
            <tr>
              {heads.map((head, column) => (
                <th key={head} scope="col" className={column === 0 ? TABLE.th : TABLE.thNumber}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells]) => (
              <tr key={name} className="h-8 border-t border-line">
                <th scope="row" className="px-2 text-left sm:px-3 font-normal whitespace-nowrap tabular-nums">
                  {name}
                </th>
                {cells.map((cell, column) => (
                  <td key={heads[column + 1]} className={TABLE.tdNumber}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Fold>
  );
}
