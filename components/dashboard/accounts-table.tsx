import { Badge, Dot } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Row {
  id: string;
  title: string;
  gateway: string;
  gatewayTitle: string;
  baseUrl: string;
  live: boolean;
  active: boolean;
  position: number;
  weight: number;
  /** The amounts it takes, in words. */
  windows: string[];
  insecure: boolean;
}

/** Gateway accounts in the order they are tried. */
export function AccountsTable({ t, rows }: { t: Translator<"dashboard">; rows: readonly Row[] }) {
  return (
    <Scroll label={t("accounts.title")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            {(["position", "name", "gateway", "state", "weight", "windows", "baseUrl"] as const).map((name) => (
              <th key={name} scope="col" className={name === "position" || name === "weight" ? TABLE.thNumber : TABLE.th}>
                {t(`accounts.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={TABLE.row}>
              <td className={`${TABLE.tdNumber} w-16`}>{row.position}</td>
              <td className={`${TABLE.td} whitespace-nowrap`}>
                <a href={`/dashboard/accounts/${row.id}`} className="text-jade underline underline-offset-4">
                  {row.title}
                </a>
              </td>
              <td className={`${TABLE.td} whitespace-nowrap`}>
                {row.gatewayTitle} <span className="font-mono text-xs text-ink-soft">{row.gateway}</span>
              </td>
              <td className={TABLE.td}>
                <span className="flex items-center gap-2">
                  <Dot tone={row.active ? "good" : "quiet"}>{t(row.active ? "accounts.active" : "accounts.inactive")}</Dot>
                  <Badge tone={row.live ? "good" : "wait"}>{t(row.live ? "common.live" : "common.test")}</Badge>
                </span>
              </td>
              <td className={TABLE.tdNumber}>{row.weight}</td>
              <td className={`${TABLE.td} whitespace-nowrap tabular-nums`}>
                {row.windows.length === 0 ? <span className="text-ink-soft">{t("accounts.anyAmount")}</span> : null}
                {row.windows.map((window) => (
                  <span key={window} className="block">
                    {window}
                  </span>
                ))}
              </td>
              <td className={`${TABLE.td} font-mono text-xs whitespace-nowrap`}>
                {row.baseUrl}
                {row.insecure ? (
                  <span className="ml-2 font-sans">
                    <Badge tone="bad">{t("accounts.insecure")}</Badge>
                  </span>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
