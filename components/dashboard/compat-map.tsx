import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { Translator } from "#lib/i18n/translator.ts";

/** What a shop written for one gateway has here. */
export interface MapRow {
  id: string;
  title: string;
  numbers: string;
  signs: "rsa" | "md5" | "both";
  close: "yes" | "no" | "reversal";
  refund: boolean;
  refundQuery: boolean;
  /** The acknowledgement the document prints. */
  word: string;
  retrySeconds: readonly number[];
}

const COLUMNS = ["gateway", "numbers", "signs", "close", "refund", "refundQuery", "word", "tries"] as const;

/** What maps to what, gateway by gateway. */
export function CompatMap({ t, rows }: { t: Translator<"compat">; rows: readonly MapRow[] }) {
  const yes = (value: boolean) => t(value ? "map.yes" : "map.no");
  return (
    <Scroll label={t("map.title")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className={TABLE.th}>
                {t(`map.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={TABLE.row}>
              <th scope="row" className={`${TABLE.td} text-left font-normal whitespace-nowrap`}>
                {row.title} <span className="font-mono text-xs text-ink-soft">{row.id}</span>
              </th>
              <td className={`${TABLE.td} font-mono text-xs whitespace-nowrap`}>{row.numbers}</td>
              <td className={`${TABLE.td} whitespace-nowrap`}>{t(`map.${row.signs}`)}</td>
              <td className={`${TABLE.td} whitespace-nowrap`}>{t(`map.${row.close}`)}</td>
              <td className={`${TABLE.td} whitespace-nowrap`}>{yes(row.refund)}</td>
              <td className={`${TABLE.td} whitespace-nowrap`}>{yes(row.refundQuery)}</td>
              <td className={`${TABLE.td} font-mono text-xs`}>{row.word}</td>
              <td className={`${TABLE.td} text-xs whitespace-nowrap tabular-nums`}>{row.retrySeconds.map(wait).join(" · ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Seconds as tables write them: 10 s, 3 min, 2 h. */
function wait(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
