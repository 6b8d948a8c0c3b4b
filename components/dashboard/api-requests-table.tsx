import { type Reading, ShortMoment, ZoneHead } from "#components/dashboard/moment.tsx";
import { Badge } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { Translator } from "#lib/i18n/translator.ts";

export interface RequestLine {
  id: string;
  method: string;
  path: string;
  operation: string;
  status: number;
  /** The problem's code and its name in the reader's language. */
  code: string | null;
  problem: string | null;
  durationMs: number;
  keyName: string | null;
  live: boolean;
  at: Date;
}

const COLUMNS = ["at", "request", "status", "problem", "key", "duration"] as const;

/** What programs asked, newest first; each one's page has both bodies. */
export function RequestsTable({ t, rows, reading }: { t: Translator<"api">; rows: readonly RequestLine[]; reading: Reading }) {
  return (
    <Scroll label={t("requests.list")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className={name === "duration" ? TABLE.thNumber : TABLE.th}>
                {name === "at" ? <ZoneHead word={t("requests.at")} reading={reading} /> : t(`requests.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={TABLE.row}>
              <td className={`${TABLE.td} text-ink-soft`}>
                <ShortMoment at={row.at} reading={reading} />
              </td>
              <td className={`${TABLE.td} max-w-80 whitespace-nowrap`}>
                <a
                  href={`/dashboard/developers/requests/${row.id}`}
                  title={row.path}
                  className="block truncate font-mono text-xs text-jade underline underline-offset-4"
                >
                  {row.method} {shortPath(row.path)}
                </a>
              </td>
              <td className={TABLE.td}>
                <StatusBadge status={row.status} />
              </td>
              <td className={`${TABLE.td} max-w-56 truncate`} title={row.code ?? undefined}>
                {row.problem ?? t("requests.none")}
              </td>
              <td className={`${TABLE.td} max-w-44 truncate whitespace-nowrap`}>
                {row.keyName ?? t("requests.none")} {row.live ? null : <Badge tone="wait">{t("keys.test")}</Badge>}
              </td>
              <td className={`${TABLE.tdNumber} text-ink-soft`}>{t("requests.ms", { ms: row.durationMs })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

export function StatusBadge({ status }: { status: number }) {
  return <Badge tone={status < 400 ? "good" : status < 500 ? "wait" : "bad"}>{status}</Badge>;
}

/** Every path begins with the same eight signs. */
function shortPath(path: string): string {
  return path.replace(/^\/api\/v1/, "");
}
