import { type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { deliveredPart, endpointStatus } from "#components/dashboard/webhook-words.ts";
import { Badge, Dot } from "#components/ui/dot.tsx";
import { LINK } from "#components/ui/link.ts";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

export interface EndpointTableRow {
  id: string;
  url: string;
  description: string;
  live: boolean | null;
  eventTypes: string[] | null;
  formatName: string | null;
  active: boolean;
  failingSince: Date | null;
  acknowledged: number;
  dead: number;
  pending: number;
  lastAcknowledgedAt: Date | null;
}

/** Where a merchant's events go, and how well they arrive. */
export function EndpointsTable(props: { t: Translator<"webhooks">; label: string; rows: readonly EndpointTableRow[]; reading: Reading }) {
  const { t, label, rows, reading } = props;
  const columns: Column<EndpointTableRow>[] = [
    {
      head: t("endpoints.url"),
      phone: "lead",
      look: "md:max-w-72 md:min-w-44",
      cell: (row) => (
        <>
          <a href={`/dashboard/developers/endpoints/${row.id}`} className={`block truncate ${LINK}`} title={row.url}>
            {row.url.replace(/^https:\/\//, "")}
          </a>
          {row.description ? <span className="block truncate text-xs font-normal text-ink-soft">{row.description}</span> : null}
        </>
      ),
    },
    {
      head: t("endpoints.status"),
      phone: "plain",
      cell: (row) => (
        <>
          <Dot {...dotOf(t, row)} /> {row.live === false ? <Badge tone="quiet">{t("endpoints.test")}</Badge> : null}
        </>
      ),
    },
    {
      head: t("endpoints.types"),
      look: "md:whitespace-nowrap",
      cell: (row) =>
        row.formatName ?? (row.eventTypes ? t("endpoints.typesCount", { count: row.eventTypes.length }) : t("endpoints.typesAll")),
    },
    { head: t("endpoints.delivered"), number: true, cell: (row) => deliveredPart(row, reading.locale) ?? "–" },
    { head: t("endpoints.waiting"), number: true, cell: (row) => row.pending },
    {
      head: zoneText(t("endpoints.lastAck"), reading),
      look: "text-ink-soft",
      cell: (row) => (row.lastAcknowledgedAt ? <ShortMoment at={row.lastAcknowledgedAt} reading={reading} /> : t("endpoints.never")),
    },
  ];
  return <ListTable label={label} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

function dotOf(t: Translator<"webhooks">, row: EndpointTableRow) {
  const { tone, word } = endpointStatus(t, row);
  return { tone, children: word };
}
