import { type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { Badge } from "#components/ui/dot.tsx";
import { LINK } from "#components/ui/link.ts";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
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

/** What programs asked, newest first; each one's page has both bodies. */
export function RequestsTable({ t, rows, reading }: { t: Translator<"api">; rows: readonly RequestLine[]; reading: Reading }) {
  const columns: Column<RequestLine>[] = [
    { head: zoneText(t("requests.at"), reading), look: "text-ink-soft", cell: (row) => <ShortMoment at={row.at} reading={reading} /> },
    {
      head: t("requests.request"),
      phone: "lead",
      look: "md:max-w-80 whitespace-nowrap",
      cell: (row) => (
        <a href={`/dashboard/developers/requests/${row.id}`} title={row.path} className={`block truncate font-mono text-xs ${LINK}`}>
          {row.method} {shortPath(row.path)}
        </a>
      ),
    },
    { head: t("requests.status"), phone: "aside", cell: (row) => <StatusBadge status={row.status} /> },
    {
      head: t("requests.problem"),
      look: "md:max-w-56 truncate",
      cell: (row) => <span title={row.code ?? undefined}>{row.problem ?? t("requests.none")}</span>,
    },
    {
      head: t("requests.key"),
      look: "md:max-w-44 truncate whitespace-nowrap",
      cell: (row) => (
        <>
          {row.keyName ?? t("requests.none")} {row.live ? null : <Badge tone="wait">{t("keys.test")}</Badge>}
        </>
      ),
    },
    { head: t("requests.duration"), number: true, look: "text-ink-soft", cell: (row) => t("requests.ms", { ms: row.durationMs }) },
  ];
  return <ListTable label={t("requests.list")} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

export function StatusBadge({ status }: { status: number }) {
  return <Badge tone={status < 400 ? "good" : status < 500 ? "wait" : "bad"}>{status}</Badge>;
}

/** Every path begins with the same eight signs. */
function shortPath(path: string): string {
  return path.replace(/^\/api\/v1/, "");
}
