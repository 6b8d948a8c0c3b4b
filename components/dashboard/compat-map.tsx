import { type Column, ListTable } from "#components/ui/list-table.tsx";
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

/** What maps to what, gateway by gateway. */
export function CompatMap({ t, rows }: { t: Translator<"compat">; rows: readonly MapRow[] }) {
  const yes = (value: boolean) => t(value ? "map.yes" : "map.no");
  const columns: Column<MapRow>[] = [
    {
      head: t("map.gateway"),
      names: true,
      phone: "lead",
      look: "md:whitespace-nowrap",
      cell: (row) => (
        <>
          {row.title} <span className="block font-mono text-xs font-normal text-ink-soft">{row.id}</span>
        </>
      ),
    },
    { head: t("map.numbers"), look: "font-mono text-xs", cell: (row) => row.numbers },
    { head: t("map.signs"), look: "md:whitespace-nowrap", cell: (row) => t(`map.${row.signs}`) },
    { head: t("map.close"), look: "md:whitespace-nowrap", cell: (row) => t(`map.${row.close}`) },
    { head: t("map.refund"), look: "md:whitespace-nowrap", cell: (row) => yes(row.refund) },
    { head: t("map.refundQuery"), look: "md:whitespace-nowrap", cell: (row) => yes(row.refundQuery) },
    { head: t("map.word"), look: "font-mono text-xs", cell: (row) => row.word },
    { head: t("map.tries"), look: "md:max-w-56 text-xs tabular-nums", cell: (row) => row.retrySeconds.map(wait).join(" · ") },
  ];
  return <ListTable label={t("map.title")} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

/** Seconds as tables write them: 10 s, 3 min, 2 h. */
function wait(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
