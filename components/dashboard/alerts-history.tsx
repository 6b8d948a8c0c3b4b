import { type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { Badge } from "#components/ui/dot.tsx";
import { LINK } from "#components/ui/link.ts";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
import type { AlertRow } from "#db/queries/alerts.ts";
import { alertHref } from "#lib/domain/alert.ts";
import { alertLine } from "#lib/i18n/alert-words.ts";
import type { Translator } from "#lib/i18n/translator.ts";

/** What is over: what it was, from when to when, and who ended it. */
export function AlertHistory({ t, rows, reading }: { t: Translator<"alerts">; rows: readonly AlertRow[]; reading: Reading }) {
  const columns: Column<AlertRow>[] = [
    {
      head: t("screen.what"),
      phone: "lead",
      look: "md:whitespace-nowrap",
      cell: (row) => (
        <>
          {t(`kinds.${row.kind}.name`)} {row.live === false ? <Badge tone="quiet">{t("screen.test")}</Badge> : null}
        </>
      ),
    },
    {
      head: t("screen.about"),
      phone: "plain",
      look: "md:max-w-80 md:min-w-44",
      cell: (row) => (
        <a href={alertHref(row.kind, row.facts)} className={`block truncate ${LINK}`}>
          {alertLine(t, row, reading.locale) || t(`kinds.${row.kind}.name`)}
        </a>
      ),
    },
    {
      head: zoneText(t("screen.since"), reading),
      look: "text-ink-soft",
      cell: (row) => <ShortMoment at={row.openedAt} reading={reading} />,
    },
    {
      head: zoneText(t("screen.ended"), reading),
      look: "text-ink-soft",
      cell: (row) => (row.resolvedAt ? <ShortMoment at={row.resolvedAt} reading={reading} /> : null),
    },
    {
      head: t("screen.endedBy"),
      look: "md:whitespace-nowrap text-ink-soft",
      cell: (row) => (row.resolvedBy === "itself" ? t("screen.itself") : t("screen.person", { name: row.resolvedBy ?? "" })),
    },
  ];
  return <ListTable label={t("screen.history")} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}
